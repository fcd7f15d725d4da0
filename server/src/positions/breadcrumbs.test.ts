import type { DriverId } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { memoryBus } from '../bus/index.ts'
import { createFleet, setShift } from '../fleet/index.ts'
import { connectPostgres, createMetrics, type Database, ensurePartition, manualClock, silentLog } from '../platform/index.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts'
import { breadcrumbsOf } from './breadcrumbs-sql.ts'
import { createPositions } from './positions.ts'

const NOON = Date.UTC(2026, 5, 1, 12)
const DAY = 86_400_000
const SECOND = 1_000
const ZONE = '00000000-0000-4000-8000-0000000000aa'
let drivers = 1
const newDriver = () => `00000000-0000-4000-8000-${(drivers++).toString(16).padStart(12, '0')}` as DriverId
const fixAt = (atMs: number, seq: number) => ({ lat: 41 + seq / 1e5, lon: -8, atMs, seq, courseDeg: 90, speedMps: 5 })

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

/** A node with one driver, on a bus of its own: it hears of nothing that another takes. */
function node(driverId: DriverId, startMs: number, db: Database = database.sql) {
  const clock = manualClock(startMs)
  const fleet = createFleet({ aroundLat: 41 })
  setShift(fleet, { driverId, zoneId: ZONE, vehicle: 'car', maxOrders: 3, shift: 'online' })
  const bus = memoryBus({ nowMs: clock.nowMs, onError: (error) => expect.fail(String(error)) })
  const positions = createPositions({
    ...{ bus, fleet, clock, db },
    log: silentLog(),
    metrics: createMetrics(),
    retentionDays: 30,
  })
  return { clock, positions }
}
/** Time passes in steps in which what the clock starts also ends. */
async function pass(clock: ReturnType<typeof manualClock>, ms: number, each: () => void = () => {}): Promise<void> {
  for (let passed = 0; passed < ms; passed += SECOND) {
    each()
    clock.advance(SECOND)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
/** Lets up to so many seconds pass until something that the database takes part in has happened. */
async function passUntil(clock: ReturnType<typeof manualClock>, seconds: number, isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < seconds; tries++) {
    if (await isDone()) return
    await pass(clock, SECOND)
    await database.sql`select pg_sleep(0.02)`
  }
  expect(await isDone()).toBe(true)
}
const secondsOf = async (driverId: DriverId, fromMs: number) =>
  (await breadcrumbsOf(database.sql, driverId, 0, fromMs + DAY)).map((crumb) => (crumb.atMs - fromMs) / SECOND)
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

it('a way over midnight is whole, and the next day’s partition is there before it begins', async () => {
  const driverId = newDriver()
  const lateMs = Date.UTC(2026, 5, 1, 23, 58)
  const { clock, positions } = node(driverId, lateMs)
  const tomorrow = () => database.sql<{ there: boolean }[]>`select to_regclass('breadcrumbs_20260602') is not null as there`
  await expect.poll(async () => (await tomorrow())[0]?.there).toBe(true)
  let seq = 0
  await pass(clock, 240 * SECOND, () => positions.take(driverId, fixAt(clock.nowMs(), seq++)))
  await positions.stop()
  expect(await secondsOf(driverId, lateMs)).toEqual(range(0, 240))
  const days = await database.sql<{ name: string }[]>`
    select distinct tableoid::regclass::text as name from breadcrumbs where driver_id = ${driverId} order by 1`
  expect(days.map(({ name }) => name)).toEqual(['breadcrumbs_20260601', 'breadcrumbs_20260602'])
})

it('any number of nodes may make the same day at the same time', async () => {
  const others = [1, 2, 3].map(() => connectPostgres({ url: database.url, poolSize: 2 }))
  const days = range(0, 6).map((n) => Date.UTC(2027, 0, 1) + n * DAY)
  await Promise.all(days.flatMap((dayMs) => [...others, database.sql].map((db) => ensurePartition(db, 'breadcrumbs', dayMs))))
  await Promise.all(others.map((db) => db.end({ timeout: 5 })))
})

it('a node that is killed costs the minute it was packing, and nothing after it comes twice or out of order', async () => {
  const driverId = newDriver()
  const killed = node(driverId, NOON)
  let seq = 0
  const ride = ({ clock, positions }: ReturnType<typeof node>) => positions.take(driverId, fixAt(clock.nowMs(), seq++))
  await pass(killed.clock, 150 * SECOND, () => ride(killed))
  await passUntil(killed.clock, 20, async () => (await secondsOf(driverId, NOON)).length === 120)
  const backS = (killed.clock.nowMs() - NOON) / SECOND
  const next = node(driverId, killed.clock.nowMs())
  await next.positions.loadLast()
  await pass(next.clock, 100 * SECOND, () => ride(next))
  await next.positions.stop()
  const seconds = await secondsOf(driverId, NOON)
  expect(seconds).toEqual([...range(0, 120), ...range(backS, backS + 100)])
})

it('a batch whose answer was lost is there once', async () => {
  const driverId = newDriver()
  let isAnswerLost = false
  const begin = async (work: never) => {
    const answer = await database.sql.begin(work)
    const [row] = await database.sql`select 1 from breadcrumbs where driver_id = ${driverId} limit 1`
    if (!row || isAnswerLost) return answer
    isAnswerLost = true
    throw new Error('the connection was lost')
  }
  const flaky = new Proxy(database.sql, { get: (sql, key) => (key === 'begin' ? begin : Reflect.get(sql, key)) })
  const { clock, positions } = node(driverId, NOON, flaky)
  let seq = 0
  await pass(clock, 200 * SECOND, () => positions.take(driverId, fixAt(clock.nowMs(), seq++)))
  await passUntil(clock, 200, async () => isAnswerLost)
  await positions.stop()
  const [row] = await database.sql<{ fixes: number }[]>`
    select sum(fix_count)::int as fixes from breadcrumbs where driver_id = ${driverId}`
  expect(row?.fixes).toBe(200)
  expect(await secondsOf(driverId, NOON)).toEqual(range(0, 200))
})

it('a driver who changes nodes as the wind blows has one way, each moment once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'both'), { minLength: 5, maxLength: 180 }), async (sentTo) => {
      const driverId = newDriver()
      const nodes = { a: node(driverId, NOON), b: node(driverId, NOON) }
      for (const [second, to] of sentTo.entries()) {
        for (const name of ['a', 'b'] as const)
          if (to === name || to === 'both') nodes[name].positions.take(driverId, fixAt(NOON + second * SECOND, second))
        for (const each of [nodes.a, nodes.b]) each.clock.advance(SECOND)
      }
      await Promise.all([nodes.a.positions.stop(), nodes.b.positions.stop()])
      expect(await secondsOf(driverId, NOON)).toEqual(range(0, sentTo.length))
    }),
    { numRuns: 8, seed: 11 },
  )
})
