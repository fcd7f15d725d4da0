import type { PlannedStop } from './decision.ts'
import type { Planned } from './joint-plan.ts'
import type { Problem, StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'

/** The first trip of a driver's planned stops, and when they must be told at the latest. */
export interface Trip {
  driver: number
  orders: readonly number[]
  /** Seconds from now until telling later begins to cost; what is not above 0 is told now. */
  slackS: number
  route: readonly PlannedStop[]
}

/** The drivers with anything planned, in the order of their rows, and their routes with times. */
export type TimedRoutes = ReadonlyMap<number, readonly PlannedStop[]>

/**
 * A driver is told when being told at the next look instead would cost this share of what the delay costs at most:
 * with a certain ready time that is the moment itself, with an uncertain one a little before it is likely.
 */
const RISK_TAKEN = 0.1

/** Every driver's next trip. A trip ends where nothing planned is on board any more. */
export function nextTrips({ problem, routes }: Planned, timed: TimedRoutes): Trip[] {
  return [...timed].map(([driver, route]) => {
    const stops = routes.stops[driver]!
    const slackS = slackOf(problem, driver, stops, routes.cost[driver]!, route)
    return { driver, orders: tripOrders(problem, stops), slackS, route }
  })
}

function tripOrders(problem: Problem, stops: readonly StopCode[]): number[] {
  const orders: number[] = []
  let aboard = 0
  for (const code of stops) {
    if (problem.loose[code >> 1] === 0) continue
    if (code & 1) aboard--
    else {
      aboard++
      orders.push(code >> 1)
    }
    if (aboard === 0) break
  }
  return orders
}

/**
 * Seconds that can still pass before the driver must be told: waiting costs nothing exactly as long as the food is not
 * ready or the driver is not free, which is asked of the route's cost; how long that lasts is read off its times.
 */
function slackOf(
  problem: Problem,
  driver: number,
  stops: readonly StopCode[],
  cost: number,
  route: readonly PlannedStop[],
): number {
  const { tickS, mode, answerS, weights } = problem.policy
  const leadS = tickS + (mode === 'offer' ? answerS : 0)
  const added = routeCost(problem, driver, stops, stops.length, leadS) - cost
  if (added > (RISK_TAKEN * leadS * weights.doorPerMin) / 60) return 0
  const first = stops.findIndex((code) => problem.loose[code >> 1] === 1)
  const leaveMs = first > 0 ? route[first - 1]!.leaveMs : problem.index.nowMs + problem.startS[driver]! * 1000
  return Math.max(1, (leaveMs - problem.index.nowMs) / 1000 + route[first]!.waitS - leadS)
}
