import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { redisServerPath, startTestRedis, startTestRedisCluster, type TestRedis } from '../bus/testing.ts'
import { type RedisConnection, redisConnector, redisReady } from '../platform/index.ts'
import { type RateLimiter, rateLimiters } from './rate-limits.ts'

const serverPath = redisServerPath()
const opened: RedisConnection[] = []
afterEach(() => {
  for (const connection of opened.splice(0)) connection.disconnect()
})

async function connectionTo(url: string): Promise<RedisConnection> {
  const connection = redisConnector(url, () => undefined)('limits')
  opened.push(connection)
  await redisReady(connection)
  return connection
}

/** A node's limiter of three turns. */
const limiterOf = (connection: unknown, name: string) => rateLimiters(connection)({ name, turns: 3, perSeconds: 600 })

/** What became of so many turns, one after the other. */
async function outcomes(limiter: RateLimiter, key: string, turns: number): Promise<string> {
  let text = ''
  for (let n = 0; n < turns; n++)
    text += await limiter.take(key).then(
      () => '+',
      (refusal: Error & { code?: string }) => (refusal.code === 'rate_limited' ? '-' : refusal.message),
    )
  return text
}

describe.skipIf(!serverPath)('limits over Redis', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startTestRedis(serverPath!)
  })
  afterAll(() => redis?.remove())

  it('count over all nodes, each key by itself, and are forgiven on all', async () => {
    const [a, b] = [limiterOf(await connectionTo(redis.url), 'shared'), limiterOf(await connectionTo(redis.url), 'shared')]
    expect(await outcomes(a, 'ana', 2)).toBe('++')
    expect(await outcomes(b, 'ana', 2)).toBe('+-')
    expect(await outcomes(b, 'rui', 1)).toBe('+')
    await a.forgive('ana')
    expect(await outcomes(b, 'ana', 1)).toBe('+')
  })

  it('while Redis is lost each node counts by itself: nobody is refused who has turns, and nobody has more than that', async () => {
    const [a, b] = [limiterOf(await connectionTo(redis.url), 'lost'), limiterOf(await connectionTo(redis.url), 'lost')]
    expect(await outcomes(a, 'ana', 3)).toBe('+++')
    await redis.stop()
    expect(await outcomes(a, 'ana', 4)).toBe('+++-')
    expect(await outcomes(b, 'ana', 4)).toBe('+++-')
    await b.forgive('ana')
    expect(await outcomes(b, 'ana', 1)).toBe('+')
    await redis.start()
    await Promise.all(opened.map((connection) => redisReady(connection)))
    expect(await outcomes(a, 'ana', 4)).toBe('+++-')
  })

  it('while Redis hangs a turn waits for seconds once, and then no longer', async () => {
    const limiter = limiterOf(await connectionTo(redis.url), 'hangs')
    redis.freeze()
    try {
      expect(await outcomes(limiter, 'ana', 4)).toBe('+++-')
    } finally {
      redis.thaw()
    }
  })

  it('without a Redis from the start count in memory', async () => {
    const connection = redisConnector('redis://127.0.0.1:1', () => undefined)('limits')
    opened.push(connection)
    expect(await outcomes(limiterOf(connection, 'none'), 'ana', 4)).toBe('+++-')
  })

  it('count over the shards of a cluster', async () => {
    const cluster = await startTestRedisCluster(serverPath!)
    try {
      const [a, b] = [limiterOf(await connectionTo(cluster.url), 'shards'), limiterOf(await connectionTo(cluster.url), 'shards')]
      for (const key of ['ana', 'rui', 'carla', 'hugo']) {
        expect(await outcomes(a, key, 2)).toBe('++')
        expect(await outcomes(b, key, 2)).toBe('+-')
      }
    } finally {
      for (const connection of opened.splice(0)) connection.disconnect()
      await cluster.remove()
    }
  })
})
