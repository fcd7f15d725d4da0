import type { Clock, Database, Log } from '../platform/index.ts'
import type { RateLimiter, RateLimiterFactory } from './rate-limits.ts'

/** How often somebody may try; each within the window named. */
export interface AccountLimits {
  /** Per account and 15 minutes; a success starts over. */
  loginsPerAccount: number
  /** Per network address and 15 minutes. */
  loginsPerAddress: number
  /** Per network address and hour. */
  registrationsPerAddress: number
}

/** What the room needs. */
export interface AccountsDeps {
  db: Database
  clock: Clock
  log: Log
  rateLimiter: RateLimiterFactory
  limits: AccountLimits
  /** Demo accounts exist and can be signed in to without a password. */
  isDemo: boolean
}

/** The limiters of this room. */
export interface Limiters {
  register: RateLimiter
  loginByAccount: RateLimiter
  loginByAddress: RateLimiter
}
