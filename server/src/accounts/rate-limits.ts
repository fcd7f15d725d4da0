import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../platform/index.ts'

/** A bucket: so many turns in so many seconds for each key. */
export interface RateLimit {
  name: string
  turns: number
  perSeconds: number
}

/** Counts turns; with Redis over all nodes, else in this process. */
export interface RateLimiter {
  /** Takes a turn, or throws `rate_limited` with the seconds to wait. */
  take(key: string): Promise<void>
  /** Gives a key all its turns back. */
  forgive(key: string): Promise<void>
}

/** Makes limiters that share a store. */
export type RateLimiterFactory = (limit: RateLimit) => RateLimiter

/**
 * Limiters in memory, or in Redis when a client is given; while Redis cannot be reached they count in memory, so that
 * a lost Redis neither opens the door nor closes it.
 */
export function rateLimiters(redis?: unknown): RateLimiterFactory {
  return ({ name, turns, perSeconds }) => {
    const options: IRateLimiterOptions = { keyPrefix: `limit:${name}`, points: turns, duration: perSeconds }
    const memory = new RateLimiterMemory(options)
    const limiter = redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory }) : memory
    return {
      async take(key) {
        try {
          await limiter.consume(key)
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal
          const retryAfterS = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
          throw new AppError('rate_limited', `Try again in ${retryAfterS} s.`, { extras: { retryAfterS } })
        }
      },
      async forgive(key) {
        await limiter.delete(key)
      },
    }
  }
}
