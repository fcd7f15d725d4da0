import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { redisConnector } from '../platform/index.ts'
import { busContract, eventually } from './bus.contract.ts'
import type { Bus } from './bus.ts'
import { redisBus } from './redis-bus.ts'
import { redisServerPath, startTestRedis, type TestRedis } from './testing.ts'

const serverPath = redisServerPath()
const event = (id: string) => ({ id, type: 'order.placed', atMs: 1, subjects: {}, data: {} })

describe.skipIf(!serverPath)('over Redis', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startTestRedis(serverPath!)
  })
  afterAll(() => redis?.remove())

  busContract('a bus over Redis', () => ({
    open: ({ keptEvents, errors }) =>
      redisBus(
        redisConnector(redis.url, () => undefined),
        { keptEvents, onError: (error) => errors.push(error) },
      ),
  }))

  describe('when Redis is lost and comes back empty', () => {
    let bus: Bus | undefined
    afterEach(() => bus?.close())

    it('appending is refused meanwhile, followers are told of the gap and then hear everything new', async () => {
      bus = await redisBus(
        redisConnector(redis.url, () => undefined),
        { onError: () => undefined },
      )
      const got: string[] = []
      let gaps = 0
      await bus.follow('lost', { onEvent: (e) => got.push(e.id), onGap: () => gaps++ })
      await bus.append('lost', [event('before')])
      await eventually(() => got.length === 1, 'the first event')
      const place = await bus.position('lost')
      await redis.stop()
      await eventually(() => !bus!.isConnected(), 'the loss is noticed')
      await expect(bus.append('lost', [event('refused')])).rejects.toThrow()
      bus.send('lost', 'positions', Uint8Array.of(1))
      await redis.start()
      await eventually(() => bus!.isConnected() && gaps > 0, 'the gap is told')
      await bus.append('lost', [event('after')])
      await eventually(() => got.includes('after'), 'the event after')
      expect(got).toEqual(['before', 'after'])
      expect((await bus.read('lost', place)).complete).toBe(false)
      expect(await bus.position('lost')).toBeGreaterThan(place)
    })
  })
})
