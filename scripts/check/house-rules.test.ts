import { expect, it } from 'vitest'
import { findDocumentProblems } from './documents.ts'
import { findHouseProblems } from './house-rules.ts'

const file = (path: string, text: string): { path: string; text: string } => ({ path, text })
const slash = '/'

it.each([
  ['unfinished work', file('server/src/orders/a.ts', `// TO${'DO'} later`)],
  ['a path of one machine', file('docs/operations.md', `see ${slash}home/someone/doorstep`)],
  ['a registry address', file('.npmrc', 'registry=https://packages.example')],
  ['a registry address', file('package-lock.json', `"resol${'ved'}": "https://packages.example/a.tgz"`)],
  ['the clock of the machine', file('server/src/planner/a.ts', 'const now = new Date()')],
  ['the environment outside config.ts', file('server/src/orders/a.ts', 'process.env.PORT')],
  ['SQL outside a *-sql.ts file', file('server/src/orders/a.ts', 'await sql`select 1`')],
  ['says nothing', file('server/src/orders/order-utils.ts', '')],
  ['says nothing', file('shared/src/common/ids.ts', '')],
  ['more than 400', file('server/src/orders/a.ts', 'a\n'.repeat(401))],
  ['not an exact version', file('server/package.json', '{"dependencies":{"hono":"^4.0.0"}}')],
])('notices %s', (what, offender) => {
  expect(findHouseProblems([offender]).join()).toContain(what)
})

it('lets good code pass', () => {
  const files = [
    file('server/src/planner/a.ts', '// not new Date()\nexport const a = new Date(nowMs)'),
    file('server/src/config.ts', 'process.env'),
    file('server/src/orders/orders-sql.ts', 'sql`select 1`'),
    file('server/src/orders/a.ts', 'a\n'.repeat(400)),
    file('package.json', '{"devDependencies":{"typescript":"npm:@typescript/typescript6@6.0.2","b":"18.4.0-beta.17"}}'),
  ]
  expect(findHouseProblems(files)).toEqual([])
})

it.each([
  ['which is not there', [file('README.md', 'see [this](docs/absent.md#part)')]],
  ['quoted by no test', [file('docs/spec/live.md', '- [LP7] a rule'), file('server/src/a.test.ts', "it('[LP70] x')")]],
  ['again', [file('docs/spec/live.md', '- [LP7] a rule\n- [LP7] another'), file('server/src/a.test.ts', "it('[LP7] x')")]],
  ['DATABASE_URL', [file('server/src/config.ts', 'env.DATABASE_URL'), file('docs/operations.md', '`REDIS_URL`')]],
  ['HOST', [file('server/src/config.ts', "env['HOST']"), file('docs/operations.md', '`HOSTS`')]],
  ['outside_zone', [file('shared/src/contract/errors.ts', '  outside_zone: { status: 422 }'), file('docs/errors.md', '# none')]],
])('notices in the documents: %s', (what, files) => {
  expect(findDocumentProblems(files).join()).toContain(what)
})

it('takes links that resolve, rules with tests, settings and codes with entries', () => {
  const files = [
    file(
      'docs/spec/live.md',
      '- [LP7] a rule, see [the rules](README.md)\n```\n[x](nowhere.md)\n```\n[web](https://example.org)',
    ),
    file('server/src/a.test.ts', "it('[LP7] x')"),
    file('server/src/config.ts', "env['DATABASE_URL']"),
    file('docs/operations.md', '`DATABASE_URL` the database'),
    file('shared/src/contract/errors.ts', '  outside_zone: { status: 422 }'),
    file('docs/errors.md', '## outside_zone'),
  ]
  expect(findDocumentProblems(files)).toEqual([])
})
