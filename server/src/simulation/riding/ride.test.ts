import { distanceM } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureLine, nearestAlong, placeAlong } from './line.ts'
import { hasArrived, leftMs, placeOfRide, type Ride, rideOn } from './ride.ts'
import { wayBack, wayToStop } from './way-to-stop.ts'

const north = measureLine([
  [-8.6, 41.14],
  [-8.6, 41.15],
  [-8.6, 41.16],
])
const corner: [number, number][] = [
  [-8.6, 41.14],
  [-8.6, 41.145],
  [-8.59, 41.145],
]
const end = (line: { points: readonly (readonly [number, number])[] }) => {
  const [lon, lat] = line.points.at(-1)!
  return { lat, lon }
}

describe('riding along a line', () => {
  it('covers the same distance in the same time, wherever on the line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 60 }), (startS, forS) => {
        const before = rideOn({ line: north, metres: 0, speedMps: 4 }, startS * 1000)
        const after = rideOn(before, forS * 1000)
        const rodeM = distanceM(placeOfRide(before).place, placeOfRide(after).place)
        expect(Math.abs(rodeM - Math.min(4 * forS, north.lengthM - before.metres))).toBeLessThan(0.05)
      }),
    )
  })

  it('ends at the end and stays there', () => {
    let ride: Ride = { line: north, metres: 0, speedMps: 10 }
    ride = rideOn(ride, leftMs(ride) + 1)
    expect(hasArrived(ride)).toBe(true)
    expect(distanceM(placeOfRide(rideOn(ride, 60_000)).place, end(north))).toBeLessThan(0.01)
  })

  it('looks the way it goes', () => {
    const line = measureLine(corner)
    expect(placeAlong(line, 100).courseDeg).toBeCloseTo(0, 0)
    expect(placeAlong(line, 700).courseDeg).toBeCloseTo(90, 0)
  })
})

describe('the way to the first stop', () => {
  it('goes on to a new route at its nearest point, without a jump, and off it at the stop', () => {
    const from = { lat: 41.1421, lon: -8.6001 }
    const stop = { lat: 41.1451, lon: -8.595 }
    const way = wayToStop(corner, from, stop)!
    expect(placeAlong(way, 0).place).toEqual(from)
    expect(distanceM(end(way), stop)).toBeLessThan(15)
    expect(way.lengthM).toBeLessThan(760)
  })

  it('never jumps: each second is as long as the one before, from any place near the route', () => {
    const near = fc.record({
      lat: fc.double({ min: 41.138, max: 41.147, noNaN: true }),
      lon: fc.double({ min: -8.602, max: -8.598, noNaN: true }),
    })
    fc.assert(
      fc.property(near, (from) => {
        const way = wayToStop(corner, from, { lat: 41.145, lon: -8.591 })
        if (!way) return
        let ride: Ride = { line: way, metres: 0, speedMps: 5 }
        let last = from
        while (!hasArrived(ride)) {
          ride = rideOn(ride, 1_000)
          const { place } = placeOfRide(ride)
          expect(distanceM(last, place)).toBeLessThan(5.01)
          last = place
        }
      }),
      { numRuns: 40 },
    )
  })

  it('takes the first of two passes by the same place', () => {
    const thereAndBack = measureLine([...north.points, ...[...north.points].reverse()])
    expect(nearestAlong(thereAndBack, { lat: 41.145, lon: -8.6 }).metres).toBeLessThan(north.lengthM)
  })

  it('is not known while the route leads somewhere else', () => {
    expect(wayToStop(corner, { lat: 41.14, lon: -8.6 }, { lat: 41.2, lon: -8.6 })).toBeNull()
    expect(wayToStop(corner, { lat: 41.2, lon: -8.6 }, { lat: 41.145, lon: -8.59 })).toBeNull()
    expect(wayToStop([], { lat: 41.14, lon: -8.6 }, { lat: 41.14, lon: -8.6 })).toBeNull()
  })

  it('leads back the way one came', () => {
    const back = wayBack(north, 0.5)
    expect(distanceM(placeAlong(back, 0).place, end(north))).toBeLessThan(0.01)
    expect(back.lengthM).toBeCloseTo(north.lengthM / 2, 0)
  })
})
