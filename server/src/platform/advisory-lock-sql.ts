import type { Sql } from './postgres.ts'

/** Apart from the numbers that other locks are made of. */
const SEED = 4_701

/** Waits until nobody else holds the lock of this name, however long that takes; it is held by the connection. */
export async function takeLock(sql: Sql, name: string): Promise<void> {
  await sql`select set_config('statement_timeout', '0', false)`
  await sql`select pg_advisory_lock(hashtextextended(${name}, ${SEED}))`
}

/** Gives the lock up; the connection's limits are again what they were when it was opened. */
export async function giveLock(sql: Sql, name: string): Promise<void> {
  await sql`select pg_advisory_unlock(hashtextextended(${name}, ${SEED}))`
  await sql`reset statement_timeout`
}
