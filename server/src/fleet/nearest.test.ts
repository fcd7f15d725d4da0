import { type DriverId, distanceM, seededRng } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFleet, type Fleet } from './fleet.ts'
import { moveDriver } from './move-driver.ts'
import { isOfferable, nearest } from './nearest.ts'
import { setOrderDriver, setShift } from './shifts.ts'

const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId

const wrapLon = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180
const fixAt = (lat: number, lon: number, seq: number) => ({ lat, lon, atMs: 1_000 + seq, seq, courseDeg: 90, speedMps: 3 })

function scattered(around: { lat: number; lon: number }, spreadDeg: number, count: number, seed: number): Fleet {
  const fleet = createFleet({ aroundLat: 40 })
  const rng = seededRng(seed)
  for (let n = 0; n < count; n++) {
    setShift(fleet, { driverId: id(n), zoneId: 'z', vehicle: 'car', maxOrders: 3, shift: rng() < 0.9 ? 'online' : 'offline' })
    for (let seq = 1; seq <= 3; seq++) {
      const lat = Math.max(-90, Math.min(90, around.lat + (rng() - 0.5) * spreadDeg))
      moveDriver(fleet, n, fixAt(lat, wrapLon(around.lon + (rng() - 0.5) * spreadDeg * 2), seq))
    }
    for (let order = 0; order < Math.floor(rng() * 3); order++) setOrderDriver(fleet, `${n}/${order}`, id(n), order === 0)
  }
  return fleet
}

function bruteForce(fleet: Fleet, place: { lat: number; lon: number }, k: number, radiusM: number): [slot: number, m: number][] {
  const found: [number, number][] = []
  for (let slot = 0; slot < fleet.count; slot++) {
    const away = distanceM(place, { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! })
    if (away <= radiusM && isOfferable(fleet, slot, 2_000, 2)) found.push([slot, away])
  }
  return found.sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, k)
}

describe('the nearest drivers', () => {
  it('are exactly those that looking at everyone finds, anywhere on earth', () => {
    const anywhere = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 179.999, 180)),
      spreadDeg: fc.constantFrom(0.001, 0.02, 0.2, 3),
      radiusM: fc.constantFrom(1, 300, 2_000, 5_000, 60_000, 30_000_000),
      k: fc.integer({ min: 1, max: 25 }),
      count: fc.integer({ min: 0, max: 300 }),
      seed: fc.integer(),
    })
    fc.assert(
      fc.property(anywhere, ({ lat, lon, spreadDeg, radiusM, k, count, seed }) => {
        const fleet = scattered({ lat, lon }, spreadDeg, count, seed)
        const got = nearest(fleet, { lat, lon }, k, radiusM, (slot) => isOfferable(fleet, slot, 2_000, 2))
        const want = bruteForce(fleet, { lat, lon }, k, radiusM)
        expect(got.length).toBe(want.length)
        got.forEach((near, i) => {
          expect(Math.abs(near.distanceM - want[i]![1])).toBeLessThan(0.01)
        })
      }),
      { numRuns: 400 },
    )
  })

  it('keep their slots in order when several stand on one spot', () => {
    const fleet = createFleet({ aroundLat: 0 })
    for (let n = 0; n < 9; n++) {
      setShift(fleet, { driverId: id(n), zoneId: 'z', vehicle: 'car', maxOrders: 3, shift: 'online' })
      moveDriver(fleet, n, fixAt(1, 1, 1))
    }
    expect(nearest(fleet, { lat: 1, lon: 1 }, 4, 100, () => true).map((near) => near.slot)).toEqual([0, 1, 2, 3])
  })
})
