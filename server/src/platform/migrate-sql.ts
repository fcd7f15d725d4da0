import type { Sql } from './postgres.ts'

/** Any number, as long as it is ours alone in the database. */
const ADVISORY_LOCK = 4_701_001

/** Waits until no other node migrates; the end of the transaction releases it. */
export async function lockMigrations(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`
}

/** The one table that no migration can make. */
export async function createMigrationTable(sql: Sql): Promise<void> {
  await sql`
    create table if not exists migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null
    )`
}

/** A migration as it was applied, if it was. */
export async function appliedMigration(sql: Sql, name: string): Promise<{ checksum: string } | undefined> {
  const [row] = await sql<{ checksum: string }[]>`select checksum from migrations where name = ${name}`
  return row
}

/** Remembers that a migration was applied, and what it said. */
export async function recordMigration(sql: Sql, row: { name: string; checksum: string; appliedAt: number }): Promise<void> {
  await sql`
    insert into migrations (name, checksum, applied_at)
    values (${row.name}, ${row.checksum}, ${row.appliedAt})`
}
