import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPostgres, type Database, migrate, startEmbeddedPostgres, systemClock } from '../../server/src/platform/index.ts'
import { readProjectFiles } from './project-files.ts'
import { findQueries, type SqlQuery } from './sql-queries.ts'
import type { Step } from './step.ts'

/** What server/src/platform/postgres.ts makes of PostgreSQL's types, by their numbers in pg_type. */
const kinds: ReadonlyMap<number, string> = new Map([
  ...[20, 21, 23, 26, 700, 701, 1700, 1114, 1184].map((oid) => [oid, 'number'] as const),
  ...[18, 19, 25, 1042, 1043, 1082, 2950].map((oid) => [oid, 'string'] as const),
  [16, 'boolean'],
])

/**
 * Every query of the `*-sql.ts` files is prepared by a PostgreSQL that the migrations have just filled, without being
 * run: it knows every table, column, function and value type, and the columns it answers are those of the row type.
 */
export const sql: Step = {
  name: 'sql',
  run: async () => {
    const files = (await readProjectFiles()).map(({ path }) => path).filter((path) => /^server\/src\/.*-sql\.ts$/.test(path))
    if (files.length === 0) return { ok: true, output: '', note: 'there is no *-sql.ts file yet' }
    const folder = mkdtempSync(join(tmpdir(), 'doorstep-sql-'))
    const postgres = await startEmbeddedPostgres({ folder, unsafeForTests: true })
    const database = connectPostgres({ url: postgres.url, poolSize: 1 })
    try {
      await migrate(database, 'migrations', systemClock())
      const { queries, unreadable } = findQueries(files)
      const problems: string[] = []
      for (const query of queries) problems.push(...(await check(database, query)))
      const note = `${queries.length} queries in ${files.length} files${unreadable.length > 0 ? `, ${unreadable.length} only known at run time` : ''}`
      return { ok: problems.length === 0, output: problems.join('\n'), note }
    } finally {
      await database.end({ timeout: 5 })
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function check(database: Database, { place, text, row }: SqlQuery): Promise<string[]> {
  try {
    const { columns } = await database.unsafe(text).describe()
    if (!row || columns.length === 0) return []
    const answered = new Map(columns.map(({ name, type }) => [name, kinds.get(type)]))
    const absent = [...row.keys()].filter((name) => !answered.has(name))
    const extra = [...answered.keys()].filter((name) => !row.has(name))
    const wrong = [...row].filter(([name, kind]) => kind !== 'other' && answered.get(name) && answered.get(name) !== kind)
    return [
      ...absent.map((name) => `${place} the row type has ${name}, which the query does not answer`),
      ...extra.map((name) => `${place} the query answers ${name}, which the row type lacks`),
      ...wrong.map(([name, kind]) => `${place} ${name} is a ${answered.get(name)} in the database and a ${kind} in the row type`),
    ]
  } catch (error) {
    return [`${place} ${error instanceof Error ? error.message : String(error)}`]
  }
}
