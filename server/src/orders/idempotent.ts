import { createHash } from 'node:crypto'
import type { UserId } from '@doorstep/shared/domain'
import { AppError, type Database, inTransaction, type Sql } from '../platform/index.ts'
import { findIdempotent, type IdempotencyRow, insertIdempotent, lockIdempotencyKey } from './idempotency-sql.ts'

/** A creating request, with the key its sender chose for it. */
export interface IdempotentRequest {
  userId: UserId
  key: string | null
  /** The route as the contract names it; a key belongs to one. */
  route: string
  body: unknown
  status: number
  nowMs: number
}

/** A reply, and whether it was stored by an earlier request with the same key. */
export interface IdempotentReply<T> {
  reply: T
  replayed: boolean
}

/**
 * Prepares, then runs `work` and stores its reply under the request's key in one transaction; a repeat gets the stored reply, the same
 * key with another body is refused. Without a key it only runs `work`. A refusal stores nothing, so it can be tried again.
 * What `work` needs from elsewhere is for `prepare`: a transaction that waits for a second connection of the pool waits for
 * ever when all the others do the same.
 */
export async function oncePerKey<T, Prepared>(
  db: Database,
  request: IdempotentRequest,
  prepare: () => Promise<Prepared>,
  work: (sql: Sql, prepared: Prepared) => Promise<T>,
): Promise<IdempotentReply<T>> {
  const { userId, key } = request
  if (!key) {
    const prepared = await prepare()
    return { reply: await inTransaction(db, (sql) => work(sql, prepared)), replayed: false }
  }
  const requestHash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('base64url')
  const seen = await findIdempotent(db, userId, key)
  if (seen) return replay(seen, request.route, requestHash)
  const prepared = await prepare()
  return inTransaction(db, async (sql) => {
    await lockIdempotencyKey(sql, userId, key)
    const meanwhile = await findIdempotent(sql, userId, key)
    if (meanwhile) return replay<T>(meanwhile, request.route, requestHash)
    const reply = await work(sql, prepared)
    await insertIdempotent(sql, userId, key, { route: request.route, requestHash, status: request.status, reply }, request.nowMs)
    return { reply, replayed: false }
  })
}

function replay<T>(stored: IdempotencyRow, route: string, requestHash: string): IdempotentReply<T> {
  if (stored.route !== route || stored.requestHash !== requestHash) {
    throw new AppError('idempotency_mismatch', 'This idempotency key was used for another request; use a new key.')
  }
  return { reply: stored.reply as T, replayed: true }
}
