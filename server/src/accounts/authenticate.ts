import type { UserId } from '@doorstep/shared/domain'
import type { Clock, Database, Log, Principal } from '../platform/index.ts'
import { gatherLookups } from './gather-lookups.ts'
import { SESSION_MS } from './open-session.ts'
import { hashToken } from './session-token.ts'
import { extendSessions, findSessions, REVOKED, type SessionRow } from './sessions-sql.ts'

/** A session's end is moved on at most this often, so that not every request writes. */
const EXTEND_EVERY_MS = 5 * 60 * 1000
/** How long a session is believed without asking again; ends are told at once, this bounds what a lost notice costs. */
const BELIEVE_MS = 15_000
const REMEMBERED = 50_000

/** Turns tokens into principals. */
export interface Authenticator {
  /** Who holds this token; null for nobody, for instance after the session has ended. */
  authenticate(token: string): Promise<Principal | null>
  /** Forgets what is believed of a user's sessions, at once on this node. */
  forget(userId: UserId): void
  /** Calls back whenever sessions of a user were ended, on whichever node; the answer stops it. */
  onRevoked(listener: (userId: UserId) => void): () => void
  stop(): Promise<void>
}

interface Believed {
  principal: Principal
  expiresAt: number
  untilMs: number
}

function toPrincipal(row: SessionRow): Principal {
  return {
    userId: row.userId,
    role: row.role,
    name: row.name,
    ...(row.merchantId ? { merchantId: row.merchantId } : {}),
    ...(row.driverId ? { driverId: row.driverId } : {}),
    ...(row.zoneIds ? { zoneIds: row.zoneIds } : {}),
  }
}

/** Reads sessions, and moves the ends of those that are in use on. */
async function useSessions(db: Database, tokenHashes: readonly Buffer[], nowMs: number): Promise<(SessionRow | undefined)[]> {
  const rows = await findSessions(db, tokenHashes, nowMs)
  const isDue = (row: SessionRow | undefined) => row !== undefined && nowMs + SESSION_MS - row.expiresAt >= EXTEND_EVERY_MS
  const due = tokenHashes.filter((_, i) => isDue(rows[i]))
  if (due.length === 0) return rows
  const expiresAt = nowMs + SESSION_MS
  await extendSessions(db, due, expiresAt)
  return rows.map((row) => (row && isDue(row) ? { ...row, expiresAt } : row))
}

/**
 * Makes the authenticator of a node. It remembers sessions for seconds and listens to PostgreSQL for the end of any,
 * so that signing out holds on every node at once; a notice lost with its connection costs those seconds.
 */
export async function createAuthenticator(deps: { db: Database; clock: Clock; log: Log }): Promise<Authenticator> {
  const { db, clock, log } = deps
  const believed = new Map<string, Believed>()
  const listeners = new Set<(userId: UserId) => void>()
  const lookUp = gatherLookups((hashes: Buffer[]) => useSessions(db, hashes, clock.nowMs()))
  let revocations = 0
  const forget = (userId: UserId) => {
    revocations++
    for (const [key, entry] of believed) if (entry.principal.userId === userId) believed.delete(key)
  }
  const subscription = await db.listen(
    REVOKED,
    (payload) => {
      forget(payload as UserId)
      for (const listener of listeners) listener(payload as UserId)
    },
    // Called again after a lost connection: what was said meanwhile was not heard.
    () => believed.clear(),
  )
  const remember = (key: string, entry: Believed) => {
    if (believed.size >= REMEMBERED) believed.delete(believed.keys().next().value!)
    believed.set(key, entry)
  }
  return {
    async authenticate(token) {
      const tokenHash = hashToken(token)
      const key = tokenHash.toString('base64')
      const nowMs = clock.nowMs()
      const known = believed.get(key)
      if (known && known.untilMs > nowMs && known.expiresAt > nowMs) return known.principal
      believed.delete(key)
      const revocationsBefore = revocations
      const row = await lookUp(tokenHash)
      if (!row) return null
      const { expiresAt } = row
      const principal = toPrincipal(row)
      // A session read before somebody's end of it must not be believed after.
      if (revocations === revocationsBefore) remember(key, { principal, expiresAt, untilMs: nowMs + BELIEVE_MS * clock.speed })
      return principal
    },
    forget,
    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      await subscription.unlisten().catch((err: unknown) => log.debug({ err }, 'the end of listening could not be said'))
    },
  }
}
