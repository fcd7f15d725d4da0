import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { redisConnector } from '../platform/index.ts'
import { busContract, eventually } from './bus.contract.ts'
import type { Bus } from './bus.ts'
import { fallbackBus } from './fallback-bus.ts'
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

  busContract('a bus over Redis that can do without', () => ({
    async open({ keptEvents, errors }) {
      const options = { keptEvents, nowMs: () => Date.now(), onError: (error: unknown) => errors.push(error) }
      return fallbackBus(
        await redisBus(
          redisConnector(redis.url, () => undefined),
          options,
        ),
        options,
      )
    },
  }))

  describe('when Redis is lost, nodes that can do without it', () => {
    const buses: Bus[] = []
    afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())))

    it('hear what they append themselves, and after it nothing twice, and are told that they missed something', async () => {
      const node = async () => {
        const options = { nowMs: () => Date.now(), onError: () => undefined }
        const bus = fallbackBus(
          await redisBus(
            redisConnector(redis.url, () => undefined),
            options,
          ),
          options,
        )
        buses.push(bus)
        const seen = { events: [] as string[], gaps: 0, signals: 0 }
        await bus.follow('alone', { onEvent: (e) => seen.events.push(e.id), onGap: () => seen.gaps++ })
        await bus.listen('alone', 'positions', () => seen.signals++)
        return { bus, seen }
      }
      const [a, b] = [await node(), await node()]
      await a.bus.append('alone', [event('1')])
      await eventually(() => b.seen.events.length === 1, 'the first event at both')
      await redis.stop()
      await eventually(() => !a.bus.isConnected() && !b.bus.isConnected(), 'the loss is noticed')
      // Both follow the log of the database, so both append the same events.
      for (const { bus } of [a, b]) await bus.append('alone', [event('2'), event('3')])
      await a.bus.append('alone', [event('only a knows')])
      a.bus.send('alone', 'positions', Uint8Array.of(1))
      expect(a.seen).toEqual({ events: ['1', '2', '3', 'only a knows'], gaps: 0, signals: 1 })
      expect(b.seen.events).toEqual(['1', '2', '3'])
      await redis.start()
      await eventually(() => a.seen.gaps > 0 && b.seen.gaps > 0, 'both are told of the gap')
      await b.bus.append('alone', [event('4')])
      await eventually(() => a.seen.events.includes('4') && b.seen.events.includes('4'), 'the event after')
      expect(a.seen.events).toEqual(['1', '2', '3', 'only a knows', '4'])
      expect(new Set(b.seen.events).size).toBe(b.seen.events.length)
    })
  })

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
