import { type DriverId, distanceM, seededRng } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFleet, type Fleet, forgetDriver, slotOf } from './fleet.ts'
import { moveDriver } from './move-driver.ts'
import { createNearestAnswer, isOfferable, nearestInto } from './nearest.ts'
import { setOrderDriver, setShift } from './shifts.ts'

const NOW_MS = 50_000
const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId

const wrapLon = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180
const fixAt = (lat: number, lon: number, seq: number, atMs = NOW_MS - 1_000) => ({
  ...{ lat, lon, atMs: atMs + seq, seq, courseDeg: 90, speedMps: 3 },
})

interface Question {
  lat: number
  lon: number
  k: number
  radiusM: number
  zones?: ReadonlySet<number>
}

/** Drivers who came, moved, took and brought orders, fell silent, went home and were forgotten, in any order. */
function scattered(around: { lat: number; lon: number }, spreadDeg: number, count: number, seed: number): Fleet {
  const fleet = createFleet({ capacity: 16, aroundLat: 40 })
  const rng = seededRng(seed)
  const online = (n: number, shift: 'online' | 'offline' | 'on_break') =>
    setShift(fleet, { driverId: id(n), zoneId: n % 3 ? 'a' : 'b', vehicle: 'car', maxOrders: 3, shift })
  for (let n = 0; n < count; n++) online(n, 'online')
  for (let step = 1; step <= count * 8; step++) {
    const n = Math.floor(rng() * count)
    const chance = rng()
    const order = `${n}/${Math.floor(rng() * 3)}`
    if (chance < 0.06) online(n, 'offline')
    else if (chance < 0.1) online(n, 'on_break')
    else if (chance < 0.3) online(n, 'online')
    else if (chance < 0.4) setOrderDriver(fleet, order, id(n), rng() < 0.5)
    else if (chance < 0.5) setOrderDriver(fleet, order, null, false)
    else if (chance < 0.53) forgetDriver(fleet, id(n))
    else if (slotOf(fleet, id(n)) >= 0) {
      const lat = Math.max(-90, Math.min(90, around.lat + (rng() - 0.5) * spreadDeg))
      const lon = wrapLon(around.lon + (rng() - 0.5) * spreadDeg * 2)
      moveDriver(fleet, slotOf(fleet, id(n)), fixAt(lat, lon, step, rng() < 0.1 ? NOW_MS - 40_000 : undefined))
    }
  }
  return fleet
}

function ask(fleet: Fleet, { lat, lon, k, radiusM, zones }: Question): [slot: number, m: number][] {
  const answer = createNearestAnswer(k)
  const count = nearestInto(fleet, { place: { lat, lon }, k, radiusM, nowMs: NOW_MS, zones }, answer)
  return Array.from({ length: count }, (_, i) => [answer.slots[i]!, answer.distanceM[i]!])
}

function lookAtEveryone(fleet: Fleet, { lat, lon, k, radiusM, zones }: Question): [slot: number, m: number][] {
  const found: [number, number][] = []
  for (let slot = 0; slot < fleet.count; slot++) {
    const away = distanceM({ lat, lon }, { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! })
    if (fleet.fixAtMs[slot] === 0 || away > radiusM || !isOfferable(fleet, slot, NOW_MS)) continue
    if (!zones || zones.has(fleet.zone[slot]!)) found.push([slot, away])
  }
  return found.sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, k)
}

/** The same drivers in the same order, but for those whom less than a millimetre sets apart. */
function expectSame(fleet: Fleet, asked: Question): void {
  const got = ask(fleet, asked)
  const want = lookAtEveryone(fleet, asked)
  expect(got.length).toBe(want.length)
  expect(new Set(got.map(([slot]) => slot)).size).toBe(got.length)
  got.forEach(([slot, away], i) => {
    const reallyAway = distanceM(asked, { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! })
    expect(Math.abs(away - want[i]![1])).toBeLessThan(0.01)
    expect(Math.abs(reallyAway - want[i]![1])).toBeLessThan(0.001)
    expect(isOfferable(fleet, slot, NOW_MS) && (asked.zones?.has(fleet.zone[slot]!) ?? true)).toBe(true)
  })
}

const anywhere = {
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 179.999, 180)),
  k: fc.integer({ min: 1, max: 25 }),
  seed: fc.integer(),
}

describe('the nearest drivers', () => {
  it('are exactly those that looking at everyone finds, anywhere on earth, whatever happened before', () => {
    const question = fc.record({
      ...anywhere,
      spreadDeg: fc.constantFrom(0.001, 0.02, 0.2, 3),
      radiusM: fc.constantFrom(1, 300, 2_000, 5_000, 60_000, 30_000_000),
      count: fc.integer({ min: 0, max: 300 }),
      ofZone: fc.constantFrom(undefined, 0, 1),
    })
    fc.assert(
      fc.property(question, ({ lat, lon, spreadDeg, count, seed, ofZone, ...rest }) => {
        const fleet = scattered({ lat, lon }, spreadDeg, count, seed)
        const asked = { lat, lon, ...rest, ...(ofZone === undefined ? {} : { zones: new Set([ofZone]) }) }
        expectSame(fleet, asked)
      }),
      { numRuns: 300 },
    )
  })

  it('are found on the borders of cells and on the rim of the radius', () => {
    const rows = Math.round((Math.PI * 6_371_008.8) / 200)
    const question = fc.record({
      ...anywhere,
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
      rim: fc.integer({ min: 0, max: 120 }),
    })
    fc.assert(
      fc.property(question, ({ lat, lon, k, seed, rim }) => {
        const fleet = createFleet({ aroundLat: lat })
        const rng = seededRng(seed)
        const { columns } = fleet.grid
        const onRow = (steps: number) => (Math.floor(((lat + 90) / 180) * rows + steps) / rows) * 180 - 90
        const onColumn = (steps: number) => (Math.floor(((lon + 180) / 360) * columns + steps) / columns) * 360 - 180
        for (let n = 0; n < 120; n++) {
          setShift(fleet, { driverId: id(n), zoneId: 'z', vehicle: 'car', maxOrders: 3, shift: 'online' })
          moveDriver(fleet, n, fixAt(onRow(rng() * 12 - 6), wrapLon(onColumn(rng() * 12 - 6)), 1))
        }
        const place = { lat: onRow(1), lon: wrapLon(onColumn(1)) }
        const everyone = lookAtEveryone(fleet, { ...place, k: 120, radiusM: 1e6 })
        const radiusM = (everyone[rim]?.[1] ?? 500) + 0.001
        const asked = { ...place, k: rim % 2 ? k : 120, radiusM }
        expectSame(fleet, asked)
      }),
      { numRuns: 200 },
    )
  })

  it('keep their slots in order when several stand on one spot', () => {
    const fleet = createFleet({ aroundLat: 0 })
    for (let n = 0; n < 20; n++) {
      setShift(fleet, { driverId: id(n), zoneId: 'z', vehicle: 'car', maxOrders: 3, shift: 'online' })
      moveDriver(fleet, n, fixAt(1, 1, 1))
    }
    moveDriver(fleet, 0, fixAt(2, 2, 2))
    moveDriver(fleet, 0, fixAt(1, 1, 3))
    expect(ask(fleet, { lat: 1, lon: 1, k: 4, radiusM: 100 }).map(([slot]) => slot)).toEqual([0, 1, 2, 3])
  })

  it('cannot be more than there is room for', () => {
    const query = { place: { lat: 1, lon: 1 }, k: 4, radiusM: 100, nowMs: NOW_MS, zones: undefined }
    expect(() => nearestInto(createFleet({ aroundLat: 0 }), query, createNearestAnswer(3))).toThrow(RangeError)
  })
})
