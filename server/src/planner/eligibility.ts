import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { Exclusion, ExclusionReason } from './decision.ts'
import type { CommonPolicy } from './policy.ts'
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

/** The first rule that keeps this driver from this order, or null. Distance does not bind a pinned driver. */
export function exclusionOf(
  index: SnapshotIndex,
  policy: CommonPolicy,
  offered: Offered,
  order: PlannerOrder,
  driver: PlannerDriver,
): Exclusion | null {
  const because = (reason: ExclusionReason, value: number | null = null, limit: number | null = null): Exclusion => ({
    driverId: driver.id,
    reason,
    value,
    limit,
  })
  if (order.pinnedDriverId !== null && order.pinnedDriverId !== driver.id) return because('pinned_elsewhere')
  const unfit = driverExclusion(index, policy, driver)
  if (unfit) return unfit
  const answered = order.excluded.find((exclusion) => exclusion.driverId === driver.id)
  if (answered) return because(answered.why)
  const offeredOrder = offered.get(driver.id)
  if (offeredOrder !== undefined && offeredOrder !== order.id) return because('has_offer')
  const active = activeOrders(driver)
  if (active >= driver.maxOrders) return because('too_many_orders', active, driver.maxOrders)
  if (order.size > driver.capacity) return because('capacity', order.size, driver.capacity)
  const km = index.km(driver.place, order.pickupPlace)
  if (km > policy.radiusKm && order.pinnedDriverId === null) return because('too_far', km, policy.radiusKm)
  return null
}

/** The first rule that keeps this driver from every order, or null. */
export function driverExclusion(index: SnapshotIndex, policy: CommonPolicy, driver: PlannerDriver): Exclusion | null {
  const because = (reason: ExclusionReason, value: number | null, limit: number | null) => ({
    driverId: driver.id,
    reason,
    value,
    limit,
  })
  if (driver.state !== 'online') return because(driver.state, null, null)
  if (driver.fixAgeMs > policy.staleAfterS * 1000) return because('stale_position', driver.fixAgeMs / 1000, policy.staleAfterS)
  if (driver.shiftEndMs !== null && driver.shiftEndMs < index.nowMs)
    return because('shift_ends', (driver.shiftEndMs - index.nowMs) / 1000, 0)
  return null
}
