import type { Role } from '@doorstep/shared/contract'
import type { DriverId, MerchantId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A session that has not ended, with whose it is. */
export interface SessionRow {
  userId: UserId
  expiresAt: number
  role: Role
  name: string
  merchantId: MerchantId | null
  driverId: DriverId | null
  zoneIds: ZoneId[] | null
}

/** Writes a session; the token itself is never stored. */
export async function insertSession(
  sql: Sql,
  session: { tokenHash: Buffer; userId: UserId; createdAt: number; expiresAt: number },
): Promise<void> {
  await sql`
    insert into sessions (token_hash, user_id, created_at, expires_at)
    values (${session.tokenHash}, ${session.userId}, ${session.createdAt}, ${session.expiresAt})`
}

/** The sessions of tokens, in their order; none for those that are unknown or have expired. */
export async function findSessions(sql: Sql, tokenHashes: readonly Buffer[], nowMs: number): Promise<(SessionRow | undefined)[]> {
  const hashes = tokenHashes.map((hash) => hash.toString('hex'))
  const rows = await sql<(SessionRow & { place: number })[]>`
    select w.place, s.user_id, s.expires_at, u.role, u.name, u.merchant_id, u.driver_id, u.zone_ids
    from unnest(${hashes}::text[]) with ordinality as w (hash, place)
    join sessions s on s.token_hash = decode(w.hash, 'hex')
    join users u on u.id = s.user_id
    where s.expires_at > ${nowMs}`
  const byPlace = new Map(rows.map(({ place, ...row }) => [place, row]))
  return hashes.map((_, i) => byPlace.get(i + 1))
}

/** Moves the ends of sessions on. */
export async function extendSessions(sql: Sql, tokenHashes: readonly Buffer[], expiresAt: number): Promise<void> {
  const hashes = tokenHashes.map((hash) => hash.toString('hex'))
  await sql`
    update sessions set expires_at = ${expiresAt}
    where token_hash in (select decode(hash, 'hex') from unnest(${hashes}::text[]) as w (hash))`
}

/** Told to every node when a session ends before its time; the payload is the user's id. */
export const REVOKED = 'doorstep_session_revoked'

/** Ends a session and tells every node. */
export async function deleteSession(sql: Sql, tokenHash: Buffer): Promise<void> {
  await sql`
    with ended as (delete from sessions where token_hash = ${tokenHash} returning user_id)
    select pg_notify(${REVOKED}, user_id::text) from ended`
}

/** Ends all sessions of a user and tells every node. */
export async function deleteSessionsOfUser(sql: Sql, userId: UserId): Promise<void> {
  await sql`
    with ended as (delete from sessions where user_id = ${userId} returning user_id)
    select pg_notify(${REVOKED}, user_id::text) from (select distinct user_id from ended) one`
}

/** Forgets sessions that expired before a moment. */
export async function deleteExpiredSessions(sql: Sql, beforeMs: number): Promise<number> {
  return (await sql`delete from sessions where expires_at < ${beforeMs}`).count
}
