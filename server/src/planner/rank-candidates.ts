import { type DriverId, fail, type OrderId, ok, type Result } from '@doorstep/shared/domain'
import type { Exclusion, Explanation, RouteImpact } from './decision.ts'
import { exclusionOf, offeredDrivers } from './eligibility.ts'
import { explainScores } from './explain-scores.ts'
import { insertOrder } from './insert-order.ts'
import type { Policy } from './policy.ts'
import { indexSnapshot, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerOrder, Snapshot } from './types.ts'

/** What giving an order to a driver would do, and the rule that speaks against it, if any. Staff may overrule it. */
export interface WhatIf {
  impact: RouteImpact | null
  exclusion: Exclusion | null
}

/** The drivers for one order, ranked as the planner ranks them, whether or not anybody has the order now. */
export function rankCandidates(
  snapshot: Snapshot,
  policy: Policy,
  orderId: OrderId,
  nowMs: number,
): Result<Explanation, { kind: 'unknown_order' }> {
  const index = indexSnapshot(snapshot, nowMs)
  const order = index.orders.get(orderId)
  if (!order) return fail({ kind: 'unknown_order' })
  const free = withoutOrder(index, order)
  return ok(explainScores(free, policy, offeredDrivers(free.snapshot.orders, nowMs), free.orders.get(orderId)!))
}

/** The cost of giving an order to a driver, before doing it. */
export function whatIf(
  snapshot: Snapshot,
  policy: Policy,
  orderId: OrderId,
  driverId: DriverId,
  nowMs: number,
): Result<WhatIf, { kind: 'unknown_order' | 'unknown_driver' }> {
  const index = indexSnapshot(snapshot, nowMs)
  const order = index.orders.get(orderId)
  if (!order) return fail({ kind: 'unknown_order' })
  const free = withoutOrder(index, order)
  const driver = free.drivers.get(driverId)
  if (!driver) return fail({ kind: 'unknown_driver' })
  const exclusion = exclusionOf(free, policy, offeredDrivers(free.snapshot.orders, nowMs), order, driver)
  const insertion = insertOrder(free, driver, order, policy.service)
  if ('impact' in insertion) return ok({ impact: insertion.impact, exclusion })
  return ok({ impact: null, exclusion: exclusion ?? { driverId, reason: insertion.failure, value: null, limit: null } })
}

/** The same moment with the order in nobody's hands, so that reassigning ranks the present driver beside the others. */
function withoutOrder(index: SnapshotIndex, order: PlannerOrder): SnapshotIndex {
  const { snapshot, nowMs } = index
  const drivers = snapshot.drivers.map((driver) =>
    driver.stops.some((stop) => stop.orderId === order.id)
      ? { ...driver, stops: driver.stops.filter((stop) => stop.orderId !== order.id) }
      : driver,
  )
  const orders = snapshot.orders.map((other) => (other === order ? { ...order, assignedDriverId: null, offers: [] } : other))
  return indexSnapshot({ ...snapshot, drivers, orders }, nowMs)
}
