import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { findQueries } from './sql-queries.ts'

// Inside the project, so that the types of postgres.js are found.
mkdirSync('.doorstep', { recursive: true })
const folder = mkdtempSync(join('.doorstep', 'sql-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = join(folder, 'orders-sql.ts')
writeFileSync(
  file,
  `import type postgres from 'postgres'
type Sql = postgres.ISql<Record<never, never>>
type OrderId = string & { readonly brand: 'OrderId' }
const columns = (sql: Sql) => sql\`id, state, placed_at\`
export const one = (sql: Sql, id: OrderId) =>
  sql<{ id: OrderId; state: 'open' | 'done' | null; placedAt: number }[]>\`select \${columns(sql)} from orders where id = \${id}\`
export const some = (sql: Sql, open: boolean) => sql\`select 1 from orders \${open ? sql\`where state = \${'open'}\` : sql\`\`} limit \${5}\`
export const unknown = (sql: Sql, row: { id: string }) => sql\`insert into orders \${sql(row)}\`
`,
)

it('puts fragments in, numbers the values, and reads brands and unions of words as what the database sends', () => {
  const { queries, unreadable } = findQueries([file])
  expect(queries.map(({ text }) => text)).toEqual([
    'select id, state, placed_at from orders where id = $1',
    'select 1 from orders where state = $1 limit $2',
  ])
  expect([...(queries[0]?.row ?? [])]).toEqual([
    ['id', 'string'],
    ['state', 'string'],
    ['placedAt', 'number'],
  ])
  expect(unreadable).toHaveLength(1)
})
