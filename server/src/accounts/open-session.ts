import type { Me, SignedIn } from '@doorstep/shared/contract'
import type { Sql } from '../platform/index.ts'
import { hashToken, newToken } from './session-token.ts'
import { insertSession } from './sessions-sql.ts'
import type { UserRow } from './users-sql.ts'

/** A session ends this long after its last use. */
export const SESSION_MS = 24 * 3600 * 1000

/** A user as they see themselves. */
export function toMe(user: UserRow): Me {
  const { id, email, name, role, merchantId, driverId, zoneIds } = user
  return { id, email, name, role, merchantId, driverId, zoneIds }
}

/** Opens a session for somebody who has shown who they are. */
export async function openSession(sql: Sql, user: UserRow, nowMs: number): Promise<SignedIn> {
  const token = newToken()
  const expiresAt = nowMs + SESSION_MS
  await insertSession(sql, { tokenHash: hashToken(token), userId: user.id, createdAt: nowMs, expiresAt })
  return { token, expiresAtMs: expiresAt, user: toMe(user) }
}
