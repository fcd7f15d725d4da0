import { once } from 'node:events'
import { Redis } from 'ioredis'

/**
 * Nearby as most teams write it: drivers who can be offered orders in a Redis GEO set, and GEOSEARCH for each question.
 * Questions and updates are pipelined, which is the best that can be had of it.
 */
export interface RedisNearby {
  load(drivers: Iterable<{ id: string; lat: number; lon: number }>): Promise<void>
  /** Asks about many places in one pipeline. */
  nearest(places: readonly { lat: number; lon: number }[], radiusM: number, limit: number): Promise<RedisNear[][]>
  /** Moves many drivers in one pipeline. */
  move(drivers: readonly { id: string; lat: number; lon: number }[]): Promise<void>
}

/** An answer of Redis: driver and metres. */
export interface RedisNear {
  id: string
  distanceM: number
}

const KEY = 'textbook:available'
const PIPELINE = 1_000

/** A connection with the package's own settings: production's gives up a server that is silent for long, as one with a queue is. */
export async function openTextbookRedis(url: string): Promise<Redis> {
  const redis = new Redis(url)
  await once(redis, 'ready')
  return redis
}

/** The textbook over one connection. */
export function redisNearby(redis: Redis): RedisNearby {
  const move: RedisNearby['move'] = async (drivers) => {
    const pipeline = redis.pipeline()
    for (const { id, lat, lon } of drivers) pipeline.geoadd(KEY, lon, lat, id)
    await pipeline.exec()
  }
  return {
    move,
    async load(drivers) {
      await redis.del(KEY)
      const all = [...drivers]
      for (let from = 0; from < all.length; from += PIPELINE) await move(all.slice(from, from + PIPELINE))
    },
    async nearest(places, radiusM, limit) {
      const pipeline = redis.pipeline()
      for (const { lat, lon } of places) {
        pipeline.geosearch(KEY, 'FROMLONLAT', lon, lat, 'BYRADIUS', radiusM, 'm', 'ASC', 'COUNT', limit, 'WITHDIST')
      }
      const answers = (await pipeline.exec()) ?? []
      return answers.map(([error, found]) => {
        if (error) throw error
        return (found as [string, string][]).map(([id, away]) => ({ id, distanceM: Number(away) }))
      })
    },
  }
}
