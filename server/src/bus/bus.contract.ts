import { afterEach, describe, expect, it } from 'vitest'
import type { Bus, BusEvent, LoggedEvent } from './bus.ts'

/** A bus under test: `open` gives another node's view of the same bus (the same object for one in memory). */
export interface BusUnderTest {
  open(options: { keptEvents: number; errors: unknown[] }): Promise<Bus>
}

const event = (n: number): BusEvent => ({
  id: `event-${n}`,
  type: 'order.placed',
  atMs: n,
  subjects: { orderId: `order-${n % 3}` },
  data: { n, text: 'ação ☂' },
})
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => event(from + i))

/** Waits for something that arrives by itself, without a fixed sleep. */
export async function eventually(check: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    if (check()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`never happened: ${what}`)
}

/** Each test has a zone of its own, also where several suites share a Redis. */
let zones = 0

/** What every bus guarantees. */
export function busContract(name: string, make: () => BusUnderTest): void {
  describe(name, () => {
    const opened: Bus[] = []
    const errors: unknown[] = []
    const setup = async (keptEvents = 1_000) => {
      const under = make()
      const open = async () => {
        const bus = await under.open({ keptEvents, errors })
        if (!opened.includes(bus)) opened.push(bus)
        return bus
      }
      return { a: await open(), b: await open(), zoneId: `zone-${process.pid}-${zones++}` }
    }
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((bus) => bus.close()))
      errors.length = 0
    })

    it('every follower on every node gets every event once and in order', async () => {
      const { a, b, zoneId } = await setup(5_000)
      const [onA, onB]: [LoggedEvent[], LoggedEvent[]] = [[], []]
      await a.follow(zoneId, { onEvent: (e) => onA.push(e) })
      await b.follow(zoneId, { onEvent: (e) => onB.push(e) })
      for (let from = 1; from <= 2_400; from += 800) await a.append(zoneId, range(from, from + 799))
      await b.append(zoneId, range(2_401, 2_410))
      await eventually(() => onA.length >= 2_410 && onB.length >= 2_410, 'all events at both')
      for (const got of [onA, onB]) {
        expect(got.map((e) => e.id)).toEqual(range(1, 2_410).map((e) => e.id))
        expect(got.every((e, i) => i === 0 || e.sequence > got[i - 1]!.sequence)).toBe(true)
        expect(got[0]).toEqual({ ...event(1), sequence: got[0]!.sequence })
      }
    })

    it('an event appended again under its id is delivered once', async () => {
      const { a, b, zoneId } = await setup()
      const got: string[] = []
      await b.follow(zoneId, { onEvent: (e) => got.push(e.id) })
      await a.append(zoneId, range(1, 3))
      await a.append(zoneId, range(2, 4))
      await b.append(zoneId, range(4, 5))
      await eventually(() => got.includes('event-5'), 'the last event')
      expect(got).toEqual(range(1, 5).map((e) => e.id))
      expect((await a.read(zoneId, 0)).complete).toBe(false)
    })

    it('reading after a sequence gives exactly what came later', async () => {
      const { a, b, zoneId } = await setup()
      const start = await a.position(zoneId)
      await a.append(zoneId, range(1, 10))
      const all = await b.read(zoneId, start)
      expect(all.complete).toBe(true)
      expect(all.events.map((e) => e.id)).toEqual(range(1, 10).map((e) => e.id))
      const tail = await b.read(zoneId, all.events[6]!.sequence)
      expect(tail.events.map((e) => e.id)).toEqual(range(8, 10).map((e) => e.id))
      expect(await b.position(zoneId)).toBe(all.events[9]!.sequence)
      expect(await b.read(zoneId, all.events[9]!.sequence)).toEqual({ events: [], complete: true })
    })

    it('a reader whose place is gone, or was never in this log, is told so', async () => {
      const { a, zoneId } = await setup(10)
      const start = await a.position(zoneId)
      for (let from = 1; from <= 2_000; from += 100) await a.append(zoneId, range(from, from + 99))
      expect((await a.read(zoneId, start)).complete).toBe(false)
      expect((await a.read(zoneId, (await a.position(zoneId)) + 1)).complete).toBe(false)
    })

    it('zones do not hear each other', async () => {
      const { a, b, zoneId } = await setup()
      const got: string[] = []
      await b.follow(zoneId, { onEvent: (e) => got.push(e.id) })
      await b.listen(zoneId, 'presence', (bytes) => got.push(`signal ${bytes[0]}`))
      await a.append(`${zoneId}-other`, range(1, 3))
      a.send(`${zoneId}-other`, 'presence', Uint8Array.of(1))
      a.send(zoneId, 'positions', Uint8Array.of(2))
      a.send(zoneId, 'presence', Uint8Array.of(3))
      await a.append(zoneId, [event(9)])
      await eventually(() => got.length >= 2, 'one event and one signal')
      expect(got.sort()).toEqual(['event-9', 'signal 3'])
    })

    it('signals carry bytes unchanged to every node, and the sender may use its buffer again', async () => {
      const { a, b, zoneId } = await setup()
      const got: number[][] = []
      await a.listen(zoneId, 'positions', (bytes) => got.push([...bytes]))
      await b.listen(zoneId, 'positions', (bytes) => got.push([...bytes]))
      const buffer = Uint8Array.of(0, 255, 10, 13)
      a.send(zoneId, 'positions', buffer)
      buffer.fill(7)
      await eventually(() => got.length >= 2, 'both nodes')
      expect(got).toEqual([
        [0, 255, 10, 13],
        [0, 255, 10, 13],
      ])
    })

    it('who has ended following or listening hears nothing more', async () => {
      const { a, b, zoneId } = await setup()
      const got: string[] = []
      const stay: string[] = []
      const unfollow = await b.follow(zoneId, { onEvent: (e) => got.push(e.id) })
      const unlisten = await b.listen(zoneId, 'presence', () => got.push('signal'))
      await b.follow(zoneId, { onEvent: (e) => stay.push(e.id) })
      unfollow()
      unlisten()
      a.send(zoneId, 'presence', Uint8Array.of(1))
      await a.append(zoneId, [event(1)])
      await eventually(() => stay.length === 1, 'the one who stayed')
      expect(got).toEqual([])
    })

    it('a follower that throws does not keep others from their events', async () => {
      const { a, zoneId } = await setup()
      const got: string[] = []
      await a.follow(zoneId, {
        onEvent: () => {
          throw new Error('broken follower')
        },
      })
      await a.follow(zoneId, { onEvent: (e) => got.push(e.id) })
      await a.append(zoneId, range(1, 2))
      await eventually(() => got.length === 2, 'both events')
      expect(errors.length).toBe(2)
    })

    it('a follower that appends while it is told keeps the order for all', async () => {
      const { a, zoneId } = await setup()
      const got: string[] = []
      await a.follow(zoneId, { onEvent: (e) => void (e.id === 'event-1' && a.append(zoneId, [event(100)])) })
      await a.follow(zoneId, { onEvent: (e) => got.push(e.id) })
      await a.append(zoneId, range(1, 2))
      await eventually(() => got.length === 3, 'all three')
      expect(got.indexOf('event-1')).toBeLessThan(got.indexOf('event-100'))
    })
  })
}
