import { distanceM } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthM, metresAt, placeAt, rideLine, rideStep, ridingSpeedMps } from './ride-along.ts'

/** East along a street of about 850 m, back along the next one. */
const there: [number, number][] = [
  [-8.61, 41.15],
  [-8.6, 41.15],
  [-8.6, 41.152],
  [-8.61, 41.152],
]
const line = rideLine(there)

test('a place on the line is found where it is, for every distance', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const metres = share * lengthM(line)
      const at = placeAt(line, metres)!
      expect(Math.abs(metresAt(line, at.place) - metres)).toBeLessThan(1)
    }),
  )
})

test('a street that is ridden twice is not skipped: the first passage counts', () => {
  const back = rideLine([...there.slice(0, 2), there[0]!])
  const quarter = { lat: 41.15, lon: -8.6075 }
  expect(metresAt(back, quarter)).toBeLessThan(lengthM(back) / 2)
})

test('a ride goes as far as its speed allows and never back', () => {
  const stop = { lat: 41.152, lon: -8.61 }
  let at = { lat: 41.15, lon: -8.61 }
  for (let i = 0; i < 30; i++) {
    const step = rideStep(line, at, stop, 6, 1)!
    expect(distanceM(at, step.place)).toBeLessThanOrEqual(6.01)
    expect(metresAt(line, step.place)).toBeGreaterThan(metresAt(line, at))
    at = step.place
  }
  expect(metresAt(line, at)).toBeCloseTo(180, -1)
})

test('a ride waits at the next stop instead of going on to the one after it', () => {
  const stop = { lat: 41.1501, lon: -8.605 }
  const step = rideStep(line, { lat: 41.15, lon: -8.61 }, stop, 10, 3_600)!
  expect(step.isThere).toBe(true)
  expect(step.speedMps).toBe(0)
  expect(distanceM(step.place, stop)).toBeLessThan(20)
})

test('speeds are those of a street', () => {
  expect(ridingSpeedMps({ distanceM: 3_000, durationS: 600 })).toBe(5)
  expect(ridingSpeedMps({ distanceM: 90_000, durationS: 60 })).toBe(16)
  expect(ridingSpeedMps({ distanceM: 0, durationS: 0 })).toBe(3.5)
})

test('without a line there is no ride', () => {
  expect(rideStep(rideLine([]), { lat: 0, lon: 0 }, { lat: 0, lon: 0 }, 5, 1)).toBeUndefined()
})
