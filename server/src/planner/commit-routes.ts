import type { Planned } from './joint-plan.ts'
import type { Problem, StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'

/** The first trip of a driver's planned stops, and when they must be told at the latest. */
export interface Trip {
  driver: number
  orders: readonly number[]
  /** Seconds from now until telling later begins to cost; what is not above 0 is told now. */
  slackS: number
}

/** Cost in minor units that counts as nothing. */
const NOTHING = 1e-6

/** Every driver's next trip. A trip ends where nothing planned is on board any more. */
export function nextTrips({ problem, routes }: Planned): Trip[] {
  const trips: Trip[] = []
  for (let driver = 0; driver < problem.drivers.length; driver++) {
    const stops = routes.stops[driver]!
    const orders = tripOrders(problem, stops)
    if (orders.length > 0) trips.push({ driver, orders, slackS: slackOf(problem, driver, stops, routes.cost[driver]!) })
  }
  return trips
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
 * How much later than the next look the driver could still be told: bisected to a second on the route's cost, since
 * waiting costs nothing exactly as long as the food is not ready or the driver is not free.
 */
function slackOf(problem: Problem, driver: number, stops: readonly StopCode[], cost: number): number {
  const { tickS, mode, answerS } = problem.policy
  const leadS = tickS + (mode === 'offer' ? answerS : 0)
  const delayed = (seconds: number) => routeCost(problem, driver, stops, stops.length, seconds) - cost
  if (delayed(leadS) > NOTHING) return 0
  let free = 0
  let dear = 3600
  if (delayed(leadS + dear) <= NOTHING) return dear
  while (dear - free > 1) {
    const middle = (free + dear) / 2
    if (delayed(leadS + middle) > NOTHING) dear = middle
    else free = middle
  }
  return free + 1
}
