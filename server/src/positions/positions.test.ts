import type { DriverId } from '@doorstep/shared/domain'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { memoryBus } from '../bus/index.ts'
import { createFleet, type Fleet, setOrderDriver, setShift } from '../fleet/index.ts'
import { createMetrics, dayOf, dropPartitionsBefore, ensurePartition, manualClock, silentLog } from '../platform/index.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts'
import { breadcrumbsOf, copyChunks } from './breadcrumbs-sql.ts'
import { createPositions, type Positions } from './positions.ts'

const START = Date.UTC(2026, 5, 1, 12)
const DAY = 86_400_000
const ZONE = '00000000-0000-4000-8000-0000000000aa'
const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId
const fixAt = (atMs: number, seq: number, lat = 41, lon = -8) => ({ lat, lon, atMs, seq, courseDeg: 90, speedMps: 5 })

let database: TestDatabase
const running: Positions[] = []
beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((positions) => positions.stop()))
})
afterAll(() => database?.drop())

async function node(drivers: number, startMs = START) {
  const clock = manualClock(startMs)
  const fleet: Fleet = createFleet({ aroundLat: 41 })
  for (let n = 0; n < drivers; n++) {
    setShift(fleet, { driverId: id(n), zoneId: ZONE, vehicle: 'car', maxOrders: 3, shift: 'online' })
  }
  const bus = memoryBus({ nowMs: clock.nowMs, onError: (error) => expect.fail(String(error)) })
  const metrics = createMetrics()
  const positions = createPositions({ bus, fleet, clock, db: database.sql, log: silentLog(), metrics, retentionDays: 30 })
  running.push(positions)
  await positions.serveZone(ZONE)
  return { clock, fleet, positions, metrics }
}

describe('positions', () => {
  it('reach the fleet at the next tick, the latest of each driver', async () => {
    const { clock, fleet, positions } = await node(2)
    const moved: string[] = []
    positions.onMoved((zoneId) => moved.push(zoneId))
    for (let n = 0; n < 3; n++) expect(positions.take(id(0), fixAt(START - 600 + n * 200, n, 41 + n / 10_000))).toBe(undefined)
    expect(fleet.fixAtMs[0]).toBe(0)
    clock.advance(250)
    expect([fleet.lat[0], fleet.fixSeq[0], fleet.fixAtMs[1]]).toEqual([41.0002, 2, 0])
    expect(moved).toEqual([ZONE])
    clock.advance(1_000)
    expect(moved).toEqual([ZONE])
  })

  it('one that came late, twice, or from the future never moves a driver, and is counted by its rule', async () => {
    const { clock, fleet, positions, metrics } = await node(1)
    const take = (atMs: number, seq: number, lat = 41) => positions.take(id(0), fixAt(atMs, seq, lat))
    expect(take(START - 5_000, 5)).toBe(undefined)
    expect(take(START - 9_000, 4, 41.001)).toBe('late')
    expect(take(START - 5_000, 5)).toBe('repeated')
    clock.advance(250)
    expect(take(START - 6_000, 9, 41.001)).toBe('late')
    expect(take(START + 60_000, 10)).toBe('clock_ahead')
    expect(take(START - 2 * DAY, 1)).toBe('too_old')
    expect(take(START - 4_990, 6)).toBe('too_often')
    expect(take(Number.NaN, 6)).toBe('out_of_range')
    expect(positions.take(id(0), fixAt(START, 7, 91))).toBe('out_of_range')
    expect(positions.take(id(99), fixAt(START, 7))).toBe('off_shift')
    clock.advance(250)
    expect([fleet.lat[0], fleet.fixSeq[0]]).toEqual([41, 5])
    expect((await metrics.exposition()).body).toContain('doorstep_positions_total{outcome="late"} 2')
  })

  it('a clock a little ahead counts as now, so it can never lock its driver in the future', async () => {
    const { clock, fleet, positions } = await node(1)
    expect(positions.take(id(0), fixAt(START + 20_000, 1))).toBe(undefined)
    clock.advance(1_000)
    expect(fleet.fixAtMs[0]).toBe(START)
    expect(positions.take(id(0), fixAt(START + 900, 2))).toBe(undefined)
  })

  it('a jump faster than any vehicle is refused, until it has proven to be where the driver is', async () => {
    const { clock, fleet, positions } = await node(1)
    positions.take(id(0), fixAt(START, 1))
    const outcomes: (string | undefined)[] = []
    for (let n = 1; n <= 5; n++) {
      clock.advance(1_000)
      outcomes.push(positions.take(id(0), fixAt(clock.nowMs(), 1 + n, 41.1)))
    }
    clock.advance(250)
    expect(outcomes).toEqual(['too_fast', 'too_fast', 'too_fast', 'too_fast', undefined])
    expect(fleet.lat[0]).toBe(41.1)
  })

  it('are recorded fix by fix, packed by minute, and come out as they went in', async () => {
    const { clock, positions } = await node(23)
    for (let n = 0; n < 150; n++) {
      positions.take(id(21), fixAt(clock.nowMs(), n, 41 + n / 100_000, -8 - n / 100_000))
      if (n < 3) positions.take(id(22), fixAt(clock.nowMs(), n))
      clock.advance(1_000)
    }
    await positions.stop()
    running.pop()
    const crumbs = await breadcrumbsOf(database.sql, id(21), START, START + 200_000)
    expect(crumbs.map((crumb) => crumb.atMs - START)).toEqual(Array.from({ length: 150 }, (_, n) => n * 1_000))
    expect(crumbs[77]).toEqual({ atMs: START + 77_000, lat: 41.00077, lon: -8.00077, speedMps: 5, courseDeg: 90 })
    expect((await breadcrumbsOf(database.sql, id(21), START + 10_000, START + 12_000)).length).toBe(3)
    const [row] = await database.sql<{ chunks: number; fixes: number }[]>`
      select count(*)::int as chunks, sum(fix_count)::int as fixes
      from breadcrumbs where driver_id in (${id(21)}, ${id(22)})`
    expect(row).toEqual({ chunks: 4, fixes: 153 })
  })

  it('survive a restart, and a demo whose clock ran ahead does not hold later ones back', async () => {
    const ahead = await node(3, START + 50 * DAY)
    ahead.positions.take(id(2), fixAt(START + 50 * DAY, 9, 41.5))
    ahead.clock.advance(250)
    await ahead.positions.stop()
    running.pop()
    const before = await node(3)
    before.positions.take(id(0), fixAt(START, 7, 41.2))
    before.positions.take(id(2), fixAt(START, 8, 41.3))
    before.clock.advance(250)
    await before.positions.stop()
    running.pop()
    const after = await node(3, START + 60_000)
    expect(await after.positions.loadLast()).toBeGreaterThanOrEqual(2)
    expect([after.fleet.lat[0], after.fleet.fixAtMs[0], after.fleet.lat[2]]).toEqual([41.2, START, 41.3])
    expect(after.positions.take(id(0), fixAt(START + 60_000, 0, 41.2))).toBe(undefined)
  })

  it('days past retention are dropped whole, others stay', async () => {
    const days = [40, 31, 2].map((ago) => dayOf(START - ago * DAY))
    const chunk = { driverId: id(7), zoneId: ZONE, count: 1, bytes: new Uint8Array(14) }
    for (const dayMs of days) {
      await ensurePartition(database.sql, 'breadcrumbs', dayMs)
      await ensurePartition(database.sql, 'breadcrumbs', dayMs)
    }
    await copyChunks(
      database.sql,
      days.map((dayMs) => ({ ...chunk, startedMs: dayMs + 5 })),
    )
    expect(await dropPartitionsBefore(database.sql, 'breadcrumbs', START - 30 * DAY)).toBe(2)
    const left = await database.sql<{ startedAt: number }[]>`select started_at from breadcrumbs where driver_id = ${id(7)}`
    expect(left.map((row) => row.startedAt)).toEqual([days[2]! + 5])
  })

  it('a COPY that the database refuses fails instead of hanging, and nothing of it is kept', async () => {
    const chunk = { driverId: id(8), zoneId: ZONE, startedMs: START - 900 * DAY, count: 1, bytes: new Uint8Array(14) }
    await expect(copyChunks(database.sql, [chunk])).rejects.toThrow()
    await ensurePartition(database.sql, 'breadcrumbs', dayOf(chunk.startedMs))
    await expect(copyChunks(database.sql, [chunk, { ...chunk, count: 0 }])).rejects.toThrow()
    expect(await breadcrumbsOf(database.sql, id(8), 0, START)).toEqual([])
    await copyChunks(database.sql, [chunk])
    expect((await breadcrumbsOf(database.sql, id(8), 0, START)).length).toBe(1)
  })

  it('nearby are the available: on shift, heard of lately, fewer than two orders, of one’s own zones', async () => {
    const { clock, fleet, positions } = await node(6)
    for (let n = 0; n < 5; n++) positions.take(id(n), fixAt(START, 1, 41 + n / 1_000))
    clock.advance(250)
    setShift(fleet, { driverId: id(0), zoneId: ZONE, vehicle: 'car', maxOrders: 3, shift: 'on_break' })
    for (const order of ['a', 'b']) setOrderDriver(fleet, order, id(1), false)
    setOrderDriver(fleet, 'c', id(2), true)
    setShift(fleet, { driverId: id(4), zoneId: id(500), vehicle: 'van', maxOrders: 3, shift: 'online' })
    const query = { place: { lat: 41, lon: -8 }, radiusM: 5_000, limit: 20 }
    const near = positions.nearby({ ...query, zoneIds: undefined })
    expect(near.map((driver) => driver.driverId)).toEqual([id(2), id(3), id(4)])
    expect(near[0]).toMatchObject({ activeOrders: 1, fixAgeMs: 250, vehicle: 2 })
    expect(positions.nearby({ ...query, zoneIds: [ZONE] }).length).toBe(2)
    clock.advance(30_000)
    expect(positions.nearby({ ...query, zoneIds: undefined })).toEqual([])
  })
})
