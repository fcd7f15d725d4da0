import type { Principal } from '../platform/index.ts'
import type { RateLimiterFactory } from './rate-limits.ts'

/** How many requests a minute are taken. */
export interface RequestLimits {
  perAccount: number
  /** Of one network address, by nobody signed in. */
  perAddress: number
}

/** Counts requests: of an account wherever it asks from, else of the address; throws `rate_limited`. */
export function requestTurns(
  rateLimiter: RateLimiterFactory,
  limits: RequestLimits,
): (principal: Principal | null, address: string) => Promise<void> {
  const accounts = rateLimiter({ name: 'requests-account', turns: limits.perAccount, perSeconds: 60 })
  const addresses = rateLimiter({ name: 'requests-address', turns: limits.perAddress, perSeconds: 60 })
  return (principal, address) => (principal ? accounts.take(principal.userId) : addresses.take(address))
}
