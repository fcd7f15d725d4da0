import { expect, it } from 'vitest'
import type { Bus } from '../bus/index.ts'
import { manualClock, silentLog } from '../platform/index.ts'
import { testBus, uuid, ZONE } from './gateway.fixture.ts'
import { createPresence, type Present } from './presence.ts'

const someone = (n: number) => ({ client: 'driver-app', userId: uuid(n), name: `Driver ${n}`, orderId: null }) as Present

it('nodes tell each other who is on thousands of topics, a part at a time, and forget those of a node that is silent', async () => {
  const clock = manualClock(1_800_000_000_000)
  const bus = testBus(clock)
  const sent: number[] = []
  const counting: Bus = {
    ...bus,
    send(zoneId, signal, bytes) {
      sent.push(bytes.byteLength)
      bus.send(zoneId, signal, bytes)
    },
  }
  const deps = { bus: counting, clock, log: silentLog() }
  const one = createPresence({ ...deps, nodeId: 'one' }, () => {})
  for (let n = 0; n < 3_000; n++) one.set(ZONE, `driver:${uuid(n)}`, `connection ${n}`, someone(n))
  const changes: string[] = []
  const two = createPresence({ ...deps, nodeId: 'two' }, (topic, present) => changes.push(`${topic} ${present.length}`))
  await two.serveZone(ZONE)
  sent.length = 0
  clock.advance(15_000)
  expect(sent.length).toBe(60)
  expect(Math.max(...sent)).toBeLessThan(16_000)
  expect(changes.length).toBe(3_000)
  expect(two.of(`driver:${uuid(7)}`)).toEqual([someone(7)])
  one.remove(`driver:${uuid(7)}`, 'connection 7')
  expect(two.of(`driver:${uuid(7)}`)).toEqual([])
  clock.advance(60_000)
  expect(changes.length).toBe(3_001)
  one.stop()
  clock.advance(60_000)
  expect(two.of(`driver:${uuid(8)}`)).toEqual([])
  expect(changes.length).toBe(6_000)
  two.stop()
})
