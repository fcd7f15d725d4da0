import type { PlannedStop, Term } from './decision.ts'
import { orderCost, type Problem } from './problem.ts'

/** The parts of a route's cost, each in its own unit. */
interface RouteParts {
  ownDoorMin: number
  ownLateMin: number
  ownFoodMin: number
  otherMinor: number
  otherDoorMin: number
  busyMin: number
  rideMin: number
}

/**
 * What an order adds to a driver's cost, term by term in minutes and minor units; the points sum to the difference of
 * the two routes' costs. `before` and `after` are the timed routes without and with the order, `planned` how many
 * planned orders the driver has without it.
 */
export function routeTerms(
  problem: Problem,
  driver: number,
  order: number,
  before: readonly PlannedStop[],
  after: readonly PlannedStop[],
  planned: number,
): Term[] {
  const { weights, mode } = problem.policy
  const old = partsOf(problem, driver, order, before)
  const now = partsOf(problem, driver, order, after)
  const own = problem.weight[order]!
  const fairness = weights.fairness * problem.above[driver]!
  const risk = 1 - problem.drivers[driver]!.acceptanceRate
  const decline = mode === 'offer' ? weights.decline * risk : 0
  const pay = orderCost(problem, driver, planned + 1) - orderCost(problem, driver, planned) - fairness - decline
  const min = (code: Term['code'], amount: number, points: number): Term => ({ code, amount, unit: 'min', points })
  return [
    min('click_to_door', now.ownDoorMin, own * weights.doorPerMin * now.ownDoorMin),
    min('lateness', now.ownLateMin, own * weights.latePerMin * now.ownLateMin),
    min('food_waiting', now.ownFoodMin, own * weights.foodWaitPerMin * now.ownFoodMin),
    min('detour', now.otherDoorMin - old.otherDoorMin, now.otherMinor - old.otherMinor),
    min('driver_time', now.busyMin - old.busyMin, weights.busyPerMin * (now.busyMin - old.busyMin)),
    min('riding', now.rideMin - old.rideMin, weights.ridePerMin * (now.rideMin - old.rideMin)),
    { code: 'pay', amount: pay, unit: 'minor', points: pay },
    { code: 'fairness', amount: problem.above[driver]!, unit: 'share', points: fairness },
    { code: 'decline_risk', amount: risk, unit: 'share', points: decline },
  ]
}

function partsOf(problem: Problem, driver: number, own: number, route: readonly PlannedStop[]): RouteParts {
  const parts = { ownDoorMin: 0, ownLateMin: 0, ownFoodMin: 0, otherMinor: 0, otherDoorMin: 0, busyMin: 0, rideMin: 0 }
  const { weights } = problem.policy
  const startMs = problem.index.nowMs + problem.startS[driver]! * 1000
  const shiftEndMs = problem.drivers[driver]!.shiftEndMs ?? Infinity
  let leftMs = startMs
  for (const [i, stop] of route.entries()) {
    const row = problem.rowOf.get(stop.orderId)!
    const order = problem.orders[row]!
    const doorMin = stop.kind === 'drop' ? (stop.atMs - order.placedMs) / 60_000 : 0
    const lateMin = stop.kind === 'drop' ? Math.max(0, stop.atMs - order.promisedMs) / 60_000 : 0
    const foodMin = stop.kind === 'pickup' ? Math.max(0, stop.atMs - order.readyMs) / 60_000 : 0
    if (row === own) {
      parts.ownDoorMin += doorMin
      parts.ownLateMin += lateMin
      parts.ownFoodMin += foodMin
    } else {
      parts.otherDoorMin += doorMin
      parts.otherMinor +=
        problem.weight[row]! * (weights.doorPerMin * doorMin + weights.latePerMin * lateMin + weights.foodWaitPerMin * foodMin)
    }
    const sameVisit = i > 0 && stop.kind === 'pickup' && route[i - 1]!.kind === 'pickup' && route[i - 1]!.leaveMs === stop.leaveMs
    if (!sameVisit) parts.rideMin += (stop.arriveMs - leftMs) / 60_000
    leftMs = stop.leaveMs
  }
  if (route.length > 0) parts.busyMin = Math.max(0, Math.min(leftMs, shiftEndMs) - startMs) / 60_000
  return parts
}
