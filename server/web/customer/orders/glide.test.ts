import { expect, test } from 'vitest'
import { glideAt, nextGlide } from './glide.ts'

const a = { lat: 41.15, lon: -8.61 }
const b = { lat: 41.151, lon: -8.611 }

test('a marker rides from where it is drawn, so a new fix never makes it jump back', () => {
  const first = nextGlide(nextGlide(undefined, a, 0, 0, false), b, 0, 3_000, false)
  expect(glideAt(first, 0)).toEqual(a)
  expect(glideAt(first, 1_500).lat).toBeCloseTo(41.1505)
  const second = nextGlide(first, a, 1_500, 3_000, false)
  expect(glideAt(second, 1_500)).toEqual(glideAt(first, 1_500))
  expect(glideAt(second, 9_000)).toEqual(a)
})

test('a gap in the fixes, or a wish for less motion, is a jump', () => {
  const at = nextGlide(undefined, a, 0, 0, false)
  expect(glideAt(nextGlide(at, { lat: 41.2, lon: -8.6 }, 10, 60_000, false), 10)).toEqual({ lat: 41.2, lon: -8.6 })
  expect(glideAt(nextGlide(at, b, 10, 3_000, true), 10)).toEqual(b)
})

test('a marker is never more than four seconds behind', () => {
  expect(nextGlide(nextGlide(undefined, a, 0, 0, false), b, 0, 20_000, false).durationMs).toBe(4_000)
})
