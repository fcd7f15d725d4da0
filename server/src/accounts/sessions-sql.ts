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

/** The session of a token, unless it has expired. */
export async function findSession(sql: Sql, tokenHash: Buffer, nowMs: number): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow[]>`
    select s.user_id, s.expires_at, u.role, u.name, u.merchant_id, u.driver_id, u.zone_ids
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${nowMs}`
  return row
}

/** Moves a session's end on. */
export async function extendSession(sql: Sql, tokenHash: Buffer, expiresAt: number): Promise<void> {
  await sql`update sessions set expires_at = ${expiresAt} where token_hash = ${tokenHash}`
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
