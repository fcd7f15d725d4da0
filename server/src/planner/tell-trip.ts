import type { DriverId } from '@doorstep/shared/domain'
import type { Trip } from './commit-routes.ts'
import type { AssignDecision, Explanation, OfferDecision, OfferManyDecision } from './decision.ts'
import { orderLimit } from './eligibility.ts'
import { explainOrder } from './explain-plan.ts'
import type { Planned } from './joint-plan.ts'
import { activeOrders } from './snapshot-index.ts'

/** With this chance that at least one accepts, no further driver is asked. */
const ENOUGH = 0.95

/**
 * Tells a driver about a trip: outright, or as an offer, or as offers to several at once when the order is late in its
 * life. Null when the driver holds too many orders now and must deliver first. Drivers asked are added to `busy`.
 */
export function tellTrip(
  planned: Planned,
  trip: Trip,
  busy: Set<DriverId>,
): AssignDecision | OfferDecision | OfferManyDecision | null {
  const { problem } = planned
  const { nowMs } = problem.index
  const { mode, offerTimeoutS } = problem.policy
  const { route } = trip
  const driver = problem.drivers[trip.driver]!
  if (activeOrders(driver) + trip.orders.length > orderLimit(problem.policy, driver)) return null
  const orders = trip.orders.map((row) => problem.orders[row]!)
  const explanations = trip.orders.map((row) => explainOrder(planned, row))
  const base = { orderIds: orders.map((order) => order.id), explanations, commitByMs: nowMs }
  busy.add(driver.id)
  if (mode === 'assign') return { ...base, kind: 'assign', driverId: driver.id, route }
  const asked = {
    ...base,
    expiresMs: nowMs + offerTimeoutS * 1000,
    attempt: Math.max(...orders.map((order) => order.attempts)) + 1,
  }
  const others = trip.orders.length === 1 ? alsoAsked(planned, trip.orders[0]!, explanations[0]!, busy) : []
  if (others.length === 0) return { ...asked, kind: 'offer', driverId: driver.id, route }
  for (const { driverId } of others) busy.add(driverId)
  const routesOf = [{ driverId: driver.id, route }, ...others]
  return { ...asked, kind: 'offer_many', driverIds: routesOf.map((entry) => entry.driverId), routes: routesOf }
}

/**
 * The drivers asked beside the best once little time is left: the next in rank, as long as each would cost less than
 * another round of asking, until somebody is all but sure to accept.
 */
function alsoAsked({ problem }: Planned, row: number, explanation: Explanation, busy: ReadonlySet<DriverId>) {
  const { offerMany, offerTimeoutS, weights } = problem.policy
  if (offerMany === null || problem.readyS[row]! > offerMany.withinS) return []
  const best = explanation.candidates.find((candidate) => candidate.driverId === explanation.chosenDriverId)
  if (!best || problem.orders[row]!.pinnedDriverId !== null) return []
  const roundCost =
    (offerTimeoutS / 60) * (weights.doorPerMin + weights.foodWaitPerMin + weights.latePerMin) * problem.weight[row]!
  let nobody = 1 - problem.drivers[problem.driverRow.get(best.driverId)!]!.acceptanceRate
  const others = []
  for (const candidate of explanation.candidates) {
    if (others.length + 1 >= offerMany.drivers || nobody <= 1 - ENOUGH) break
    if (busy.has(candidate.driverId) || candidate.total - best.total > roundCost || !candidate.impact) continue
    const driver = problem.drivers[problem.driverRow.get(candidate.driverId)!]!
    if (activeOrders(driver) >= orderLimit(problem.policy, driver)) continue
    nobody *= 1 - driver.acceptanceRate
    others.push({ driverId: candidate.driverId, route: candidate.impact.route })
  }
  return others
}
