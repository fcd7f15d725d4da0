import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFleetBuffer, drawnAt, encodeDrivers, encodeState, FLEET_STRIDE, pickDriver } from './encode-fleet.ts'
import { createFleetSlots, FLEET_STATE, growFleetSlots } from './fleet-slots.ts'
import { localMercator, mercatorX, mercatorY, metresPerUnit, offsetX, offsetY } from './mercator.ts'

const ORIGIN = { lat: 41.15, lon: -8.61 }
const GLIDE_MS = 1_000

function oneDriver() {
  const slots = createFleetSlots(4)
  slots.count = 1
  slots.lon[0] = ORIGIN.lon
  slots.lat[0] = ORIGIN.lat
  slots.state[0] = FLEET_STATE.moving
  const buffer = createFleetBuffer(4, ORIGIN, 0, 0)
  encodeDrivers(buffer, slots, undefined, 0, GLIDE_MS)
  return { slots, buffer }
}

test('local Mercator equals the exact projection within a centimetre anywhere in a city', () => {
  const local = localMercator(ORIGIN)
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), (dLat, dLon) => {
      const errorX = local.originX + offsetX(local, ORIGIN.lon + dLon) - mercatorX(ORIGIN.lon + dLon)
      const errorY = local.originY + offsetY(local, ORIGIN.lat + dLat) - mercatorY(ORIGIN.lat + dLat)
      expect(Math.hypot(errorX, errorY) * metresPerUnit(ORIGIN.lat)).toBeLessThan(0.01)
    }),
  )
})

test('a driver’s first fix appears in place, without a glide from nowhere', () => {
  const { buffer } = oneDriver()
  expect(drawnAt(buffer, 0, 0, GLIDE_MS)).toEqual({ x: 0, y: 0 })
})

test('a fix in the middle of a glide bends it: the mark never jumps', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ dLat: fc.double({ min: -0.003, max: 0.003, noNaN: true }), afterMs: fc.integer({ min: 1, max: 2_500 }) }),
        {
          maxLength: 12,
        },
      ),
      (fixes) => {
        const { slots, buffer } = oneDriver()
        let wallMs = 0
        for (const { dLat, afterMs } of fixes) {
          wallMs += afterMs
          const before = drawnAt(buffer, 0, wallMs, GLIDE_MS)
          slots.lat[0] = slots.lat[0]! + dLat
          encodeDrivers(buffer, slots, undefined, wallMs, GLIDE_MS)
          const after = drawnAt(buffer, 0, wallMs, GLIDE_MS)
          expect(Math.hypot(after.x - before.x, after.y - before.y) * metresPerUnit(ORIGIN.lat)).toBeLessThan(1)
        }
      },
    ),
  )
})

test('a glide arrives at the fix after its second, and stays', () => {
  const { slots, buffer } = oneDriver()
  slots.lon[0] = ORIGIN.lon + 0.002
  encodeDrivers(buffer, slots, undefined, 5_000, GLIDE_MS)
  expect(drawnAt(buffer, 0, 5_500, GLIDE_MS).x).toBeCloseTo(0.001 / 360, 9)
  expect(drawnAt(buffer, 0, 6_000, GLIDE_MS).x).toBeCloseTo(0.002 / 360, 9)
  expect(drawnAt(buffer, 0, 90_000, GLIDE_MS).x).toBeCloseTo(0.002 / 360, 9)
})

test('a jump across the city is a correction and is not ridden', () => {
  const { slots, buffer } = oneDriver()
  slots.lon[0] = ORIGIN.lon + 0.1
  encodeDrivers(buffer, slots, undefined, 5_000, GLIDE_MS)
  expect(drawnAt(buffer, 0, 5_000, GLIDE_MS).x).toBeCloseTo(0.1 / 360, 9)
})

test('without motion a mark stands at its latest fix at once', () => {
  const { slots, buffer } = oneDriver()
  slots.lon[0] = ORIGIN.lon + 0.002
  encodeDrivers(buffer, slots, undefined, 100, 0)
  expect(drawnAt(buffer, 0, 100, 0).x).toBeCloseTo(0.002 / 360, 9)
})

test('a change of state or dimming leaves the glide alone', () => {
  const { slots, buffer } = oneDriver()
  const before = buffer.data.slice(0, FLEET_STRIDE - 1)
  slots.state[0] = FLEET_STATE.act
  slots.dimmed[0] = 1
  encodeState(buffer, slots, 0)
  expect(buffer.data.slice(0, FLEET_STRIDE - 1)).toEqual(before)
  expect(buffer.data[FLEET_STRIDE - 1]).toBe(FLEET_STATE.act + 16)
})

test('picking finds the nearest drawn driver in reach, and never a freed slot', () => {
  const slots = createFleetSlots(3)
  slots.count = 3
  const buffer = createFleetBuffer(3, ORIGIN, 0, 0)
  for (const [slot, dLon] of [0, 0.001, 0.003].entries()) {
    slots.lon[slot] = ORIGIN.lon + dLon
    slots.lat[slot] = ORIGIN.lat
    slots.state[slot] = slot === 0 ? FLEET_STATE.none : FLEET_STATE.idle
  }
  encodeDrivers(buffer, slots, undefined, 0, GLIDE_MS)
  expect(pickDriver(buffer, 3, 0, 0, 0.002 / 360)).toBe(1)
  expect(pickDriver(buffer, 3, 0, 0, 0.0005 / 360)).toBe(-1)
})

test('slots grow without losing a driver', () => {
  const slots = createFleetSlots(1)
  slots.count = 1
  slots.lat[0] = 41
  slots.state[0] = FLEET_STATE.idle
  growFleetSlots(slots, 10)
  expect([slots.count, slots.lat[0], slots.state[0], slots.lon.length]).toEqual([1, 41, FLEET_STATE.idle, 10])
})
