import type { Database } from './postgres.ts'

/** Tables that are partitioned by UTC day of a timestamp; a partition is named after its day. */
export type TableByDay = 'breadcrumbs' | 'decision_snapshots'

/** A day of UTC, in milliseconds. */
export const DAY_MS = 86_400_000
/** Whoever makes or drops partitions holds this advisory lock. */
const PARTITION_LOCK = 7_105_001

const partitionOf = (table: TableByDay, dayMs: number) =>
  `${table}_${new Date(dayMs).toISOString().slice(0, 10).replaceAll('-', '')}`

/** The start of the UTC day of a moment. */
export const dayOf = (atMs: number) => Math.floor(atMs / DAY_MS) * DAY_MS

/** Makes the partition of a day if there is none; the parent is locked for that moment. */
export async function ensurePartition(db: Database, table: TableByDay, dayMs: number): Promise<void> {
  await db.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`
    const [from, to] = [dayMs, dayMs + DAY_MS].map((ms) => new Date(ms).toISOString())
    await sql.unsafe(
      `create table if not exists ${partitionOf(table, dayMs)} partition of ${table} for values from ('${from}') to ('${to}')`,
    )
  })
}

/** Drops the partitions of days before `beforeMs`; answers how many. */
export async function dropPartitionsBefore(db: Database, table: TableByDay, beforeMs: number): Promise<number> {
  return db.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`
    const rows = await sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = ${table}::regclass`
    const isOld = (name: string) => name.length === table.length + 9 && name < partitionOf(table, dayOf(beforeMs))
    const old = rows.filter(({ name }) => name.startsWith(`${table}_`) && isOld(name))
    for (const { name } of old) await sql.unsafe(`drop table ${name}`)
    return old.length
  })
}
