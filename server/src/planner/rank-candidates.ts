import { type DriverId, fail, type OrderId, ok, type Result } from '@doorstep/shared/domain'
import type { Exclusion, Explanation, RouteImpact, Term } from './decision.ts'
import { exclusionOf, offeredDrivers } from './eligibility.ts'
import { explainOrder } from './explain-plan.ts'
import { explainScores } from './explain-scores.ts'
import { insertOrder } from './insert-order.ts'
import { previousPlan } from './joint-plan.ts'
import type { Policy } from './policy.ts'
import { NOBODY, removeOrders } from './routes.ts'
import { indexSnapshot, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerOrder, Snapshot } from './types.ts'

/** What giving an order to a driver would do, and the rule that speaks against it, if any. Staff may overrule it. */
export interface WhatIf {
  impact: RouteImpact | null
  exclusion: Exclusion | null
  /** The driver's terms and total as the planner ranks them; empty and null for a driver a rule leaves out. */
  terms: readonly Term[]
  total: number | null
}

/**
 * The drivers for one order, ranked as the planner ranks them, whether or not anybody has the order now. `listed` is
 * among them however far behind, if no rule leaves that driver out.
 */
export function rankCandidates(
  snapshot: Snapshot,
  policy: Policy,
  orderId: OrderId,
  nowMs: number,
  listed?: DriverId,
): Result<Explanation, { kind: 'unknown_order' }> {
  const index = indexSnapshot(snapshot, nowMs)
  const order = index.orders.get(orderId)
  return order ? ok(rank(withoutOrder(index, order), policy, orderId, listed)) : fail({ kind: 'unknown_order' })
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
  const taken = index.orders.get(orderId)
  if (!taken) return fail({ kind: 'unknown_order' })
  const driver = index.drivers.get(driverId)
  if (!driver) return fail({ kind: 'unknown_driver' })
  const candidate = rank(withoutOrder(index, taken), policy, orderId, driverId).candidates.find(
    (entry) => entry.driverId === driverId,
  )
  if (candidate) return ok({ impact: candidate.impact, exclusion: null, terms: candidate.terms, total: candidate.total })
  const free = withoutOrder(index, taken)
  const order = free.orders.get(orderId)!
  const stripped = free.drivers.get(driverId)!
  const insertion = insertOrder(free, stripped, order, policy.service)
  const rule = exclusionOf(free, policy, offeredDrivers(free.snapshot.orders, nowMs), order, stripped)
  if ('impact' in insertion) return ok({ impact: insertion.impact, exclusion: rule, terms: [], total: null })
  const exclusion = rule ?? { driverId, reason: insertion.failure, value: null, limit: null }
  return ok({ impact: null, exclusion, terms: [], total: null })
}

function rank(index: SnapshotIndex, policy: Policy, orderId: OrderId, listed?: DriverId): Explanation {
  const order = index.orders.get(orderId)!
  if (policy.name === 'scored-offers') {
    return explainScores(index, policy, offeredDrivers(index.snapshot.orders, index.nowMs), order)
  }
  const planned = previousPlan(index, policy)
  const row = planned.problem.rowOf.get(orderId)!
  if (planned.routes.driverOf[row] !== NOBODY) {
    removeOrders(planned.problem, planned.routes, [row], new Uint8Array(planned.problem.orders.length))
  }
  const explanation = explainOrder(planned, row, listed)
  return { ...explanation, chosenDriverId: explanation.candidates[0]?.driverId ?? null }
}

/** The same moment with the order in nobody's hands, so that reassigning ranks the present driver beside the others. */
function withoutOrder(index: SnapshotIndex, order: PlannerOrder): SnapshotIndex {
  const { snapshot, nowMs } = index
  const drivers = snapshot.drivers.map((driver) =>
    driver.stops.some((stop) => stop.orderId === order.id)
      ? { ...driver, stops: driver.stops.filter((stop) => stop.orderId !== order.id) }
      : driver,
  )
  // A pin binds the planner, not the staff who look for somebody else.
  const open = { ...order, assignedDriverId: null, pinnedDriverId: null, offers: [], hold: false, attempts: 0 }
  const orders = snapshot.orders.map((other) => (other.id === order.id ? open : other))
  return indexSnapshot({ ...snapshot, drivers, orders }, nowMs)
}
