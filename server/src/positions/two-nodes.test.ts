import type { DriverId } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisBus } from '../bus/index.ts'
import { redisServerPath, startTestRedis, type TestRedis } from '../bus/testing.ts'
import { createFleet, setShift, slotOf } from '../fleet/index.ts'
import { createMetrics, manualClock, redisConnector, silentLog } from '../platform/index.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts'
import { createPositions } from './positions.ts'

const serverPath = redisServerPath()
const START = Date.UTC(2026, 5, 1, 12)
const DRIVERS = 3
const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId
let zones = 0
const newZone = () => `00000000-0000-4000-9000-${(zones++).toString(16).padStart(12, '0')}`
const fixAt = (atMs: number, seq: number) => ({ lat: 41 + seq / 1e4, lon: -8, atMs, seq, courseDeg: 90, speedMps: 5 })

describe.skipIf(!serverPath)('positions on two nodes', () => {
  let redis: TestRedis
  let database: TestDatabase
  beforeAll(async () => {
    redis = await startTestRedis(serverPath!)
    database = await createTestDatabase()
  })
  afterAll(async () => {
    await redis?.remove()
    await database?.drop()
  })

  /** A node that serves zones; its drivers are in the first. `backwards` counts when one was moved to an earlier fix. */
  async function node(clock: ReturnType<typeof manualClock>, zoneIds: readonly string[]) {
    const fleet = createFleet({ aroundLat: 41 })
    const connect = redisConnector(redis.url, () => undefined)
    const bus = await redisBus(connect, { onError: (error) => expect.fail(String(error)) })
    const deps = { db: database.sql, log: silentLog(), metrics: createMetrics(), retentionDays: 30 }
    const positions = createPositions({ ...deps, bus, fleet, clock, redis: connect })
    const putIn = (n: number, zoneId: string) =>
      setShift(fleet, { driverId: id(n), zoneId, vehicle: 'car', maxOrders: 3, shift: 'online' })
    for (let n = 0; n < DRIVERS; n++) putIn(n, zoneIds[0]!)
    const seen = { lastMs: new Float64Array(DRIVERS), backwards: 0 }
    positions.onMoved(() => {
      for (let n = 0; n < DRIVERS; n++) {
        const atMs = fleet.fixAtMs[slotOf(fleet, id(n))]!
        if (atMs < seen.lastMs[n]!) seen.backwards++
        seen.lastMs[n] = atMs
      }
    })
    for (const zoneId of zoneIds) await positions.serveZone(zoneId)
    return {
      ...{ fleet, positions, seen, putIn },
      at: (n: number) => [fleet.fixAtMs[slotOf(fleet, id(n))], fleet.fixSeq[slotOf(fleet, id(n))]],
      stop: async () => {
        await positions.stop()
        await bus.close()
      },
    }
  }

  it('a position taken on one moves the driver on both, also after the driver has changed zones', async () => {
    const clock = manualClock(START)
    const [here, there] = [newZone(), newZone()]
    const nodes = [await node(clock, [here, there]), await node(clock, [here, there])] as const
    nodes[0].positions.take(id(0), fixAt(START, 1))
    clock.advance(250)
    for (const each of nodes) await expect.poll(() => each.at(0)).toEqual([START, 1])
    clock.advance(5_000)
    // The one that takes the next position has heard of the change, the other not yet.
    nodes[1].putIn(0, there)
    nodes[1].positions.take(id(0), fixAt(START + 5_000, 2))
    clock.advance(250)
    for (const each of nodes) await expect.poll(() => each.at(0)).toEqual([START + 5_000, 2])
    nodes[0].putIn(0, there)
    clock.advance(5_000)
    nodes[0].positions.take(id(0), fixAt(START + 10_000, 3))
    clock.advance(250)
    for (const each of nodes) await expect.poll(() => each.at(0)).toEqual([START + 10_000, 3])
    for (const each of nodes) expect(each.fleet.zones[each.fleet.zone[slotOf(each.fleet, id(0))]!]).toBe(there)
    await Promise.all(nodes.map((each) => each.stop()))
  })

  it('a node that starts has what was taken before it, from Redis where that is newer than the database', async () => {
    const clock = manualClock(START)
    const zoneId = newZone()
    const first = await node(clock, [zoneId])
    first.positions.take(id(1), fixAt(START, 4))
    clock.advance(250)
    await expect.poll(() => first.at(1)).toEqual([START, 4])
    await first.stop()
    await database.sql`update last_positions set fix_at = ${START - 60_000}::timestamptz where driver_id = ${id(1)}`
    const second = await node(clock, [zoneId])
    await second.positions.loadLast()
    expect(second.at(1)).toEqual([START, 4])
    await second.stop()
    await database.sql`
      update last_positions set fix_at = ${START + 60_000}::timestamptz, lat = 41.5 where driver_id = ${id(1)}`
    clock.advance(120_000)
    const third = await node(clock, [zoneId])
    await third.positions.loadLast()
    expect([third.at(1)[0], third.fleet.lat[slotOf(third.fleet, id(1))]]).toEqual([START + 60_000, 41.5])
    await third.stop()
    await database.sql`delete from last_positions`
  })

  it('whatever comes where, late, twice or out of order: nobody moves back, and both end at the latest that was taken', async () => {
    const sending = fc.record({
      driver: fc.integer({ min: 0, max: DRIVERS - 1 }),
      node: fc.integer({ min: 0, max: 1 }),
      /** How many fixes ago the one that arrives was made; 0 for the newest. */
      ago: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 0, max: 4 }) }),
      waitMs: fc.constantFrom(0, 50, 250, 1_000),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(sending, { minLength: 10, maxLength: 120 }), async (sendings) => {
        const clock = manualClock(START)
        const zoneId = newZone()
        const nodes = [await node(clock, [zoneId]), await node(clock, [zoneId])] as const
        const made = Array.from({ length: DRIVERS }, () => [] as number[])
        const latest = Array.from({ length: DRIVERS }, () => [0, 0])
        for (const { driver, node: n, ago, waitMs } of sendings) {
          const times = made[driver]!
          if (ago === 0 || times.length === 0) times.push(clock.nowMs())
          const seq = Math.max(0, times.length - 1 - ago)
          const refused = nodes[n]!.positions.take(id(driver), fixAt(times[seq]!, seq))
          const [atMs, lastSeq] = latest[driver] as [number, number]
          if (!refused && (times[seq]! > atMs || (times[seq] === atMs && seq > lastSeq))) latest[driver] = [times[seq]!, seq]
          clock.advance(waitMs)
          if (waitMs > 50) await new Promise((resolve) => setImmediate(resolve))
        }
        clock.advance(250)
        for (const each of nodes)
          await expect.poll(() => latest.map((_, n) => each.at(n)), { timeout: 20_000, interval: 5 }).toEqual(latest)
        expect(nodes.map(({ seen }) => seen.backwards)).toEqual([0, 0])
        await Promise.all(nodes.map((each) => each.stop()))
      }),
      { numRuns: 12, seed: 5 },
    )
  })
})
