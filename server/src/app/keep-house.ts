import type { Accounts } from '../accounts/index.ts'
import { forgetIdempotencyKeys } from '../orders/index.ts'
import type { Clock, Database, Log } from '../platform/index.ts'

/** How often what has expired is forgotten, in ms of the wall. */
const EVERY_MS = 3_600_000
/** How long a repeated request is recognised by its key. */
const KEYS_KEPT_MS = 24 * 3_600_000

/** Forgets expired sessions and old idempotency keys once an hour. */
export function keepHouse(deps: { db: Database; clock: Clock; log: Log; accounts: Accounts }): { stop(): void } {
  const { db, clock, log, accounts } = deps
  const round = async () => {
    const sessions = await accounts.forgetExpired()
    const keys = await forgetIdempotencyKeys(db, clock.nowMs() - KEYS_KEPT_MS)
    log.debug({ sessions, keys }, 'what had expired is forgotten')
  }
  const timer = setInterval(() => {
    round().catch((error: unknown) => log.warn({ err: error }, 'what has expired could not be forgotten'))
  }, EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
