import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { redisConnector } from '../platform/index.ts'
import { eventually } from './bus.contract.ts'
import type { Bus, LoggedEvent } from './bus.ts'
import { fallbackBus } from './fallback-bus.ts'
import { redisBus } from './redis-bus.ts'
import { redisServerPath, startTestRedis, type TestRedis } from './testing.ts'

const serverPath = redisServerPath()
const event = (id: string) => ({ id, type: 'order.placed', atMs: 1, subjects: {}, data: {} })

describe.skipIf(!serverPath)('a node whose Redis is not there', () => {
  let redis: TestRedis
  const buses: Bus[] = []
  const errors: string[] = []
  beforeAll(async () => {
    redis = await startTestRedis(serverPath!)
  })
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())))
  afterAll(() => redis?.remove())

  /** A node that can do without Redis, and what it has heard of a zone. */
  async function node(zoneId: string, nowMs = () => Date.now()) {
    const options = { nowMs, onError: (error: unknown) => errors.push(String(error)) }
    const bus = fallbackBus(
      await redisBus(
        redisConnector(redis.url, () => undefined),
        options,
      ),
      options,
    )
    buses.push(bus)
    const heard = { events: [] as LoggedEvent[], gaps: 0, signals: [] as number[] }
    await bus.follow(zoneId, { onEvent: (e) => heard.events.push(e), onGap: () => heard.gaps++ })
    await bus.listen(zoneId, 'positions', (bytes) => heard.signals.push(bytes[0]!))
    return { bus, heard, ids: () => heard.events.map(({ id }) => id) }
  }

  it('starts, goes on by itself, and joins the others when Redis appears', async () => {
    await redis.stop()
    const early = await node('late')
    expect(early.bus.isConnected()).toBe(false)
    await early.bus.append('late', [event('1'), event('2')])
    early.bus.send('late', 'positions', Uint8Array.of(1))
    expect([early.ids(), early.heard.signals]).toEqual([['1', '2'], [1]])
    await redis.start()
    await eventually(early.bus.isConnected, 'it joins')
    expect(early.heard.gaps).toBeGreaterThan(0)
    const other = await node('late')
    await other.bus.append('late', [event('3')])
    other.bus.send('late', 'positions', Uint8Array.of(2))
    await eventually(() => early.heard.events.length === 3 && early.heard.signals.length === 2, 'what the other said')
    expect([early.ids(), early.heard.signals]).toEqual([
      ['1', '2', '3'],
      [1, 2],
    ])
    expect((await other.bus.read('late', 0)).complete).toBe(false)
  })

  it('whose clock is behind still gives growing sequences while it is alone', async () => {
    const { bus, heard, ids } = await node('slow-clock', () => 1)
    await bus.append('slow-clock', [event('1')])
    await eventually(() => heard.events.length === 1, 'the event over Redis')
    await redis.stop()
    await eventually(() => !bus.isConnected(), 'the loss')
    const before = await bus.position('slow-clock')
    await bus.append('slow-clock', [event('2'), event('3')])
    expect(ids()).toEqual(['1', '2', '3'])
    expect(heard.events.every((e, i) => i === 0 || e.sequence > heard.events[i - 1]!.sequence)).toBe(true)
    expect(before).toBe(heard.events[0]!.sequence)
    expect((await bus.read('slow-clock', before)).events.map((e) => e.id)).toEqual(['2', '3'])
    expect((await bus.read('slow-clock', before - 1)).complete).toBe(false)
    await redis.start()
  })

  it('notices a Redis that hangs with its connections open, and loses and doubles nothing', async () => {
    const { bus, heard, ids } = await node('frozen')
    await bus.append('frozen', [event('1')])
    await eventually(() => heard.events.length === 1, 'the first event')
    redis.freeze()
    const before = heard.events[0]!.sequence
    // Whoever asks while nobody knows yet gets an answer too, from what this node has.
    expect([await bus.position('frozen'), await bus.read('frozen', before)]).toEqual([before, { events: [], complete: true }])
    await bus.append('frozen', [event('2')])
    expect(bus.isConnected()).toBe(false)
    await bus.append('frozen', [event('3')])
    redis.thaw()
    await eventually(bus.isConnected, 'it joins again')
    await bus.append('frozen', [event('4')])
    await eventually(() => ids().includes('4'), 'the event after')
    expect(ids()).toEqual(['1', '2', '3', '4'])
  })

  it('a subscription that is lost alone is noticed and made again', async () => {
    const { bus, heard } = await node('cut')
    const admin = redisConnector(redis.url, () => undefined)('admin')
    await eventually(() => admin.status === 'ready', 'a connection')
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    admin.disconnect()
    await eventually(() => {
      bus.send('cut', 'positions', Uint8Array.of(1))
      return bus.isConnected() && heard.signals.length > 0
    }, 'a signal after the loss')
  })

  it('whatever is lost when: nobody hears an event twice or late, and every node ends with what the database has', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 5 }) },
      { weight: 3, arbitrary: fc.constantFrom('lose' as const, 'return' as const) },
    )
    let zones = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const zoneId = `any-${zones++}`
        /** The log of the database: as many events, which every node follows and puts on its bus. */
        let written = 0
        const nodes = await Promise.all([foldingNode(zoneId, () => written), foldingNode(zoneId, () => written)])
        const write = (count: number) => {
          const fresh = Array.from({ length: count }, (_, i) => event(String(written + i)))
          written += count
          return Promise.all(nodes.map(({ bus }) => bus.append(zoneId, fresh)))
        }
        let isThere = true
        for (const now of steps) {
          if (typeof now === 'number') await write(now)
          else if ((now === 'lose') === isThere) {
            isThere = !isThere
            await (isThere ? redis.start() : redis.stop())
          }
        }
        if (!isThere) await redis.start()
        await eventually(() => nodes.every(({ bus }) => bus.isConnected()), 'both are together')
        await write(1)
        await eventually(() => nodes.every(({ known }) => known.size === written), 'both know everything')
        expect(errors.filter((error) => error.includes('after'))).toEqual([])
        await Promise.all(nodes.map(({ bus }) => bus.close()))
      }),
      { numRuns: 6, seed: 7 },
    )
  }, 90_000)

  /** A node that folds events into what it knows, and at a gap reads the database anew. */
  async function foldingNode(zoneId: string, written: () => number) {
    const { bus } = await node(zoneId)
    const known = new Set<number>()
    let last = -1
    await bus.follow(zoneId, {
      onEvent({ id }) {
        if (Number(id) <= last) throw new Error(`event ${id} after ${last}`)
        last = Number(id)
        known.add(last)
      },
      onGap() {
        for (let n = 0; n < written(); n++) known.add(n)
      },
    })
    return { bus, known }
  }
})
