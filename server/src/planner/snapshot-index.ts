import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { greatCircleKm } from './great-circle.ts'
import type { Place, PlannerDriver, PlannerOrder, Snapshot } from './types.ts'

/** A snapshot with its look-ups made once per tick. */
export interface SnapshotIndex {
  snapshot: Snapshot
  nowMs: number
  orders: ReadonlyMap<OrderId, PlannerOrder>
  drivers: ReadonlyMap<DriverId, PlannerDriver>
  km: (from: Place, to: Place) => number
}

/** Indexes a snapshot; throws on a stop whose order is missing, since that is a bug of whoever built it. */
export function indexSnapshot(snapshot: Snapshot, nowMs: number): SnapshotIndex {
  const orders = new Map(snapshot.orders.map((order) => [order.id, order]))
  const drivers = new Map(snapshot.drivers.map((driver) => [driver.id, driver]))
  for (const driver of snapshot.drivers) {
    for (const stop of driver.stops) {
      if (!orders.has(stop.orderId))
        throw new Error(`driver ${driver.id} has a stop of ${stop.orderId}, which is not in the snapshot`)
    }
  }
  return { snapshot, nowMs, orders, drivers, km: snapshot.km ?? greatCircleKm(snapshot.places) }
}

/** How many orders a driver has now. */
export function activeOrders(driver: PlannerDriver): number {
  if (driver.stops.length <= 1) return driver.stops.length
  return new Set(driver.stops.map((stop) => stop.orderId)).size
}

/** A fixed order of ids, the same on every machine. */
export function byId<T extends string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The queue: higher priority first, then the longest waiting. */
export function byUrgency(a: PlannerOrder, b: PlannerOrder): number {
  return b.priority - a.priority || a.placedMs - b.placedMs || byId(a.id, b.id)
}

/** When the last of an order's offers ends, in milliseconds; -Infinity when it has none. */
export function offeredUntilMs({ offers }: PlannerOrder): number {
  let untilMs = -Infinity
  for (const { expiresMs } of offers) if (expiresMs > untilMs) untilMs = expiresMs
  return untilMs
}

/** Whether nobody has the order and staff do not hold it back. */
export function isOpen(order: PlannerOrder): boolean {
  return order.assignedDriverId === null
}
