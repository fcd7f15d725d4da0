import { type DriverId, VEHICLES, type Vehicle } from '@doorstep/shared/domain'
import { type Fleet, markChanged, placeInGrid, SHIFT, takeSlot, zoneIndex } from './fleet.ts'

/** Who a driver is while working, and whether they are. */
export interface DriverOnShift {
  driverId: DriverId
  zoneId: string
  vehicle: Vehicle
  maxOrders: number
  shift: 'online' | 'on_break' | 'offline'
}

const SHIFT_CODE = { online: SHIFT.online, on_break: SHIFT.onBreak, offline: SHIFT.offline } as const

/** Sets a driver's shift; saying the same again changes nothing. Off shift, a driver is found by nobody. */
export function setShift(fleet: Fleet, driver: DriverOnShift): void {
  const slot = takeSlot(fleet, driver.driverId)
  const zone = zoneIndex(fleet, driver.zoneId)
  const vehicle = VEHICLES.indexOf(driver.vehicle)
  const shift = SHIFT_CODE[driver.shift]
  fleet.maxOrders[slot] = Math.min(255, driver.maxOrders)
  if (fleet.zone[slot] === zone && fleet.vehicle[slot] === vehicle && fleet.shift[slot] === shift) return
  fleet.zone[slot] = zone
  fleet.vehicle[slot] = vehicle
  fleet.shift[slot] = shift
  placeInGrid(fleet, slot)
  markChanged(fleet, slot)
}

/** Says which driver has an order (null for nobody, or ended) and whether it is in their bag; repeats change nothing. */
export function setOrderDriver(fleet: Fleet, orderId: string, driverId: DriverId | null, isCarried: boolean): void {
  const before = fleet.orders.get(orderId)
  const slot = driverId === null ? -1 : takeSlot(fleet, driverId)
  if (before?.slot === slot && before.isCarried === isCarried) return
  if (before) {
    fleet.activeOrders[before.slot]!--
    if (before.isCarried) fleet.carriedOrders[before.slot]!--
    fleet.bags.get(before.slot)?.delete(orderId)
    fleet.orders.delete(orderId)
    placeInGrid(fleet, before.slot)
    markChanged(fleet, before.slot)
  }
  if (slot < 0) return
  fleet.activeOrders[slot]!++
  if (isCarried) {
    fleet.carriedOrders[slot]!++
    const bag = fleet.bags.get(slot) ?? new Set()
    fleet.bags.set(slot, bag.add(orderId))
  }
  fleet.orders.set(orderId, { slot, isCarried })
  placeInGrid(fleet, slot)
  markChanged(fleet, slot)
}

/** The slot of the driver in whose bag an order is, or -1. */
export function carrierOf(fleet: Fleet, orderId: string): number {
  const order = fleet.orders.get(orderId)
  return order?.isCarried ? order.slot : -1
}

const NOTHING: ReadonlySet<string> = new Set()

/** The orders in the bag of a slot's driver. */
export function carriedBy(fleet: Fleet, slot: number): ReadonlySet<string> {
  return fleet.bags.get(slot) ?? NOTHING
}
