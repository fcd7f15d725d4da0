import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { Exclusion, ExclusionReason } from './decision.ts'
import type { CommonPolicy, Policy } from './policy.ts'
import { activeOrders, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerDriver, PlannerOrder } from './types.ts'

/** Drivers who are looking at an offer, and of which order; grows while a tick hands out offers. */
export type Offered = Map<DriverId, OrderId>

/** Drivers with an offer still running at `nowMs`. */
export function offeredDrivers(orders: readonly PlannerOrder[], nowMs: number): Offered {
  const offered: Offered = new Map()
  for (const order of orders) {
    for (const offer of order.offers) if (offer.expiresMs > nowMs) offered.set(offer.driverId, order.id)
  }
  return offered
}

function because(
  driver: PlannerDriver,
  reason: ExclusionReason,
  value: number | null = null,
  limit: number | null = null,
): Exclusion {
  return { driverId: driver.id, reason, value, limit }
}

/** How many orders a driver may hold: the lower of the zone's limit and the driver's own. */
export function orderLimit({ maxOrdersPerDriver }: CommonPolicy, { maxOrders }: PlannerDriver): number {
  return maxOrdersPerDriver === null ? maxOrders : Math.min(maxOrders, maxOrdersPerDriver)
}

/** The first rule that keeps this driver from this order, or null. Distance does not bind a pinned driver. */
export function exclusionOf(
  index: SnapshotIndex,
  policy: Policy,
  offered: Offered,
  order: PlannerOrder,
  driver: PlannerDriver,
): Exclusion | null {
  if (order.pinnedDriverId !== null && order.pinnedDriverId !== driver.id) return because(driver, 'pinned_elsewhere')
  const unfit = driverExclusion(index, policy, driver)
  if (unfit) return unfit
  for (const { driverId, why } of order.excluded) if (driverId === driver.id) return because(driver, why)
  const offeredOrder = offered.get(driver.id)
  if (offeredOrder !== undefined && offeredOrder !== order.id) return because(driver, 'has_offer')
  const active = activeOrders(driver)
  const limit = orderLimit(policy, driver)
  if (active >= limit) return because(driver, 'too_many_orders', active, limit)
  return orderExclusion(index, policy, order, driver)
}

/** The first of the rules about size and distance. Under `joint` a driver may also be near where the stops end. */
export function orderExclusion(
  index: SnapshotIndex,
  policy: Policy,
  order: PlannerOrder,
  driver: PlannerDriver,
): Exclusion | null {
  if (order.size > driver.capacity) return because(driver, 'capacity', order.size, driver.capacity)
  if (order.pinnedDriverId !== null) return null
  let km = index.km(driver.place, order.pickupPlace)
  const last = driver.stops.at(-1)
  if (last && policy.name === 'joint') {
    const carried = index.orders.get(last.orderId)!
    km = Math.min(km, index.km(last.kind === 'drop' ? carried.dropPlace : carried.pickupPlace, order.pickupPlace))
  }
  return km > policy.radiusKm ? because(driver, 'too_far', km, policy.radiusKm) : null
}

/** The first rule that keeps this driver from every order, or null. */
export function driverExclusion(index: SnapshotIndex, policy: CommonPolicy, driver: PlannerDriver): Exclusion | null {
  const { state, fixAgeMs, shiftEndMs } = driver
  if (state !== 'online') return because(driver, state)
  if (fixAgeMs > policy.staleAfterS * 1000) return because(driver, 'stale_position', fixAgeMs / 1000, policy.staleAfterS)
  if (shiftEndMs === null || shiftEndMs >= index.nowMs) return null
  return because(driver, 'shift_ends', (shiftEndMs - index.nowMs) / 1000, 0)
}
