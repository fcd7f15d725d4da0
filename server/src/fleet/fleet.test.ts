import type { DriverId } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fleetCells } from './aggregate.ts'
import { drainChanges } from './changes.ts'
import { createFleet, driverAt, type Fleet, forgetDriver, STALE_AFTER_MS, slotOf, slotOfBytes } from './fleet.ts'
import { foldEvent } from './fold-event.ts'
import { forEachInView } from './in-view.ts'
import { moveDriver } from './move-driver.ts'
import { createNearestAnswer, isOfferable, nearestInto } from './nearest.ts'
import { carrierOf, setOrderDriver, setShift } from './shifts.ts'
import { bytesOfUuid, uuidOfBytes } from './uuid-table.ts'

const id = (n: number) =>
  `0${(n * 7_919).toString(16).padStart(7, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId
const online = (fleet: Fleet, n: number, shift: 'online' | 'on_break' | 'offline' = 'online') =>
  setShift(fleet, { driverId: id(n), zoneId: 'z', vehicle: 'bicycle', maxOrders: 2, shift })
const fix = (atMs: number, seq: number, lat = 41, lon = -8) => ({ lat, lon, atMs, seq, courseDeg: Number.NaN, speedMps: 4 })
const nearCount = (fleet: Fleet, k: number, radiusM: number) =>
  nearestInto(fleet, { place: { lat: 41, lon: -8 }, k, radiusM, nowMs: 1_000, zones: undefined }, createNearestAnswer(k))
const changes = (fleet: Fleet) => {
  const slots: number[] = []
  drainChanges(fleet, (slot) => slots.push(slot))
  return slots
}

describe('the fleet', () => {
  it('whatever the order in which fixes arrive, a driver ends at the latest one', () => {
    const fixes = fc.uniqueArray(fc.record({ atMs: fc.integer({ min: 1, max: 9 }), seq: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 20,
      selector: ({ atMs, seq }) => atMs * 100 + seq,
    })
    fc.assert(
      fc.property(fixes, (list) => {
        const fleet = createFleet({ aroundLat: 41 })
        online(fleet, 1)
        for (const { atMs, seq } of list) moveDriver(fleet, 0, fix(atMs, seq, atMs, seq))
        const last = [...list].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq).at(-1)!
        expect([fleet.lat[0], fleet.lon[0]]).toEqual([last.atMs, last.seq])
      }),
    )
  })

  it('says why a fix moved nobody', () => {
    const fleet = createFleet({ aroundLat: 41 })
    online(fleet, 1)
    expect(moveDriver(fleet, 0, fix(10, 5))).toBe('moved')
    expect(moveDriver(fleet, 0, fix(10, 5))).toBe('repeated')
    expect(moveDriver(fleet, 0, fix(9, 6))).toBe('late')
    expect(changes(fleet)).toEqual([0])
    expect(changes(fleet)).toEqual([])
  })

  it('a driver silent for 30 s, on a break, offline or loaded is not offered orders', () => {
    const fleet = createFleet({ aroundLat: 41 })
    online(fleet, 1)
    expect(isOfferable(fleet, 0, 100)).toBe(true)
    moveDriver(fleet, 0, fix(1_000, 1))
    expect(isOfferable(fleet, 0, 1_000 + STALE_AFTER_MS)).toBe(true)
    expect(isOfferable(fleet, 0, 1_001 + STALE_AFTER_MS)).toBe(false)
    setOrderDriver(fleet, 'a', id(1), false)
    setOrderDriver(fleet, 'b', id(1), false)
    expect(isOfferable(fleet, 0, 1_000)).toBe(false)
    setOrderDriver(fleet, 'b', null, false)
    expect(isOfferable(fleet, 0, 1_000)).toBe(true)
    online(fleet, 1, 'on_break')
    expect(isOfferable(fleet, 0, 1_000)).toBe(false)
  })

  it('off shift a driver is neither near nor in view, back on shift at the last known place', () => {
    const fleet = createFleet({ aroundLat: 41 })
    online(fleet, 1)
    moveDriver(fleet, 0, fix(1_000, 1))
    const near = () => nearCount(fleet, 5, 1_000)
    const inView: number[] = []
    online(fleet, 1, 'offline')
    expect(near()).toBe(0)
    forEachInView(fleet, 'z', [-9, 40, -7, 42], 0, (slot) => inView.push(slot) > 0)
    expect(inView).toEqual([])
    online(fleet, 1)
    expect(near()).toBe(1)
  })

  it('carries an order from its pickup to its end, whatever is said twice', () => {
    const fleet = createFleet({ aroundLat: 41 })
    const tell = (type: string, driver?: number) =>
      foldEvent(fleet, 'z', { type, subjects: { orderId: 'o', ...(driver && { driverId: id(driver) }) }, data: {} })
    for (const type of ['order.assigned', 'order.assigned']) tell(type, 1)
    expect([carrierOf(fleet, 'o'), fleet.activeOrders[0]]).toEqual([-1, 1])
    tell('order.reassigned', 2)
    expect([fleet.activeOrders[0], fleet.activeOrders[1]]).toEqual([0, 1])
    for (const type of ['order.picked_up', 'order.departed', 'order.driver_at_customer']) tell(type, 2)
    expect([carrierOf(fleet, 'o'), fleet.carriedOrders[1], fleet.activeOrders[1]]).toEqual([1, 1, 1])
    for (const type of ['order.delivered', 'order.delivered', 'order.preparing']) tell(type, 2)
    expect([carrierOf(fleet, 'o'), fleet.carriedOrders[1], fleet.activeOrders[1], fleet.orders.size]).toEqual([-1, 0, 0, 0])
  })

  it('takes shifts from the log', () => {
    const fleet = createFleet({ aroundLat: 41 })
    const tell = (type: string) =>
      foldEvent(fleet, 'z', { type, subjects: { driverId: id(1) }, data: { vehicle: 'van', maxOrders: 4 } })
    tell('driver.shift_started')
    expect([fleet.vehicle[0], fleet.maxOrders[0], fleet.shift[0]]).toEqual([3, 4, 2])
    tell('driver.shift_ended')
    expect(fleet.shift[0]).toBe(1)
  })

  it('finds slots by id through growth, forgetting and reuse', () => {
    const fleet = createFleet({ capacity: 16, aroundLat: 41 })
    const bytes = new DataView(new ArrayBuffer(20))
    const slots = new Map<number, number>()
    const operations = fc.sample(fc.integer({ min: 0, max: 399 }), { numRuns: 6_000, seed: 5 })
    for (const n of operations) {
      if (slots.has(n)) {
        forgetDriver(fleet, id(n))
        slots.delete(n)
        expect(slotOf(fleet, id(n))).toBe(-1)
      } else {
        online(fleet, n)
        slots.set(n, slotOf(fleet, id(n)))
        moveDriver(fleet, slotOf(fleet, id(n)), fix(1, 1, 41 + n / 1_000))
      }
    }
    expect(new Set(slots.values()).size).toBe(slots.size)
    for (const [n, slot] of slots) {
      bytesOfUuid(id(n), bytes, 4)
      expect([slotOf(fleet, id(n)), slotOfBytes(fleet, bytes, 4), driverAt(fleet, slot), fleet.lat[slot]]).toEqual([
        slot,
        slot,
        id(n),
        41 + n / 1_000,
      ])
    }
    expect(nearCount(fleet, 1_000, 1e6)).toBe(slots.size)
    expect(slotOf(fleet, 'no id')).toBe(-1)
  })

  it('writes and reads any UUID', () => {
    const bytes = new DataView(new ArrayBuffer(16))
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(bytesOfUuid(uuid, bytes, 0)).toBe(true)
        expect(uuidOfBytes(bytes, 0)).toBe(uuid)
      }),
    )
  })

  it('gives a view in pieces, each driver of the zone once, also across the 180th meridian', () => {
    const fleet = createFleet({ aroundLat: 0 })
    for (let n = 0; n < 40; n++) {
      setShift(fleet, { driverId: id(n), zoneId: n % 4 ? 'z' : 'other', vehicle: 'car', maxOrders: 2, shift: 'online' })
      moveDriver(fleet, n, fix(1, 1, 0, n < 20 ? 179.9 : -179.9))
    }
    const seen: number[] = []
    for (let from = 0; from >= 0; ) {
      let room = 7
      from = forEachInView(fleet, 'z', [179, -1, -179, 1], from, (slot) => seen.push(slot) > 0 && --room > 0)
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => n).filter((n) => n % 4))
  })

  it('far out, counts every driver in view in exactly one cell', () => {
    const fleet = createFleet({ aroundLat: 41 })
    for (let n = 0; n < 200; n++) {
      online(fleet, n)
      moveDriver(fleet, n, fix(1, 1, 41 + (n % 14) / 50, -8 + n / 900))
      if (n % 5 === 0) setOrderDriver(fleet, `o${n}`, id(n), false)
    }
    const cells = fleetCells(fleet, 'z', [-9, 40, -7, 42], 8)
    expect(cells.length).toBeLessThan(20)
    expect(cells.reduce((sum, cell) => sum + cell.busy, 0)).toBe(40)
    expect(cells.reduce((sum, cell) => sum + cell.idle + cell.busy, 0)).toBe(200)
  })
})
