import type { UserId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A stored reply to a request that carried an idempotency key. */
export interface IdempotencyRow {
  route: string
  requestHash: string
  status: number
  reply: unknown
}

/** Reads the reply stored under a user's key. */
export async function findIdempotent(sql: Sql, userId: UserId, key: string): Promise<IdempotencyRow | undefined> {
  const [row] = await sql<IdempotencyRow[]>`
    select route, request_hash, status, reply from idempotency_keys where user_id = ${userId} and key = ${key}`
  return row
}

/** Lets one request with this key run at a time; released when the transaction ends. */
export async function lockIdempotencyKey(sql: Sql, userId: UserId, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${userId}:${key}`}, 7))`
}

/** Stores a reply in the transaction of what it tells of. */
export async function insertIdempotent(sql: Sql, userId: UserId, key: string, row: IdempotencyRow, nowMs: number): Promise<void> {
  await sql`
    insert into idempotency_keys (user_id, key, route, request_hash, status, reply, created_at)
    values (${userId}, ${key}, ${row.route}, ${row.requestHash}, ${row.status}, ${sql.json(row.reply as never)}, ${nowMs})`
}

/** Forgets keys older than a moment. */
export async function forgetIdempotencyKeys(sql: Sql, beforeMs: number): Promise<number> {
  const rows = await sql`delete from idempotency_keys where created_at < ${beforeMs}`
  return rows.count
}
