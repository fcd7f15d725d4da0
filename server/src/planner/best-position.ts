import { orderCost, type Problem, type StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'
import type { Place } from './types.ts'

const found = { cost: Infinity, position: 0 }

/**
 * The cheapest places for the order's pickup and drop among those the bundling rule can allow. Answers the whole
 * route's cost, Infinity when there are none, and both places in one number; the answer is overwritten by the next call.
 */
export function bestPosition(
  problem: Problem,
  scratch: StopCode[],
  stops: readonly StopCode[],
  order: number,
  driver: number,
): typeof found {
  const { bundling } = problem.policy
  const interleaves = bundling.mode === 'nearby_merchants' || bundling.mode === 'any'
  const most = Math.min(problem.maxOrders[driver]!, Math.max(1, bundling.maxOrders))
  const besidesMinutes = orderCost(problem, driver, plannedIn(problem, stops) + 1) - ROUNDING
  let load = problem.loadAtStart[driver]!
  found.cost = Infinity
  found.position = 0
  for (let i = 0; i <= stops.length; i++) {
    if (i > 0) load += stops[i - 1]! & 1 ? -1 : 1
    if (i < problem.lockedStops[driver]! || load >= most) continue
    const joins = i > 0 && isPickupAt(problem, stops[i - 1]!, problem.merchant[order]!)
    const atItsShop = i < stops.length && isPickupAt(problem, stops[i]!, problem.merchant[order]!)
    if (load > 0 && !joins) {
      if (!interleaves) continue
      const place = i === 0 ? problem.startPlace[driver]! : placeOf(problem, stops[i - 1]!)
      if (isTooFar(problem, driver, place, problem.pickupPlace[order]!)) continue
    }
    let aboard = load + 1
    for (let j = i; j <= stops.length; j++) {
      if (j > i) {
        aboard += stops[j - 1]! & 1 ? -1 : 1
        if (aboard > most || strays(problem, driver, stops, j - 1, j - 1 === i ? order : -1)) break
      }
      const cost = routeCost(problem, driver, scratch, withOrder(scratch, stops, order, i, j), 0, found.cost - besidesMinutes)
      if (cost < found.cost) {
        found.cost = cost
        found.position = i * POSITIONS + j
      }
      // In front of another pickup at the same merchant only a trip of its own is new: joining is tried behind it.
      if (atItsShop) break
      if (!interleaves && (!joins || (j < stops.length && (stops[j]! & 1) === 0))) break
    }
  }
  return found
}

/** Minor units by which sums of the same terms may differ. */
const ROUNDING = 1e-6

/** How many of this tick's orders a route picks up. */
function plannedIn({ loose }: Problem, stops: readonly StopCode[]): number {
  let planned = 0
  for (let i = 0; i < stops.length; i++) if (!(stops[i]! & 1)) planned += loose[stops[i]! >> 1]!
  return planned
}

function isPickupAt({ merchant }: Problem, code: StopCode, shop: number): boolean {
  return (code & 1) === 0 && merchant[code >> 1] === shop
}

function placeOf({ pickupPlace, dropPlace }: Problem, code: StopCode): Place {
  return (code & 1 ? dropPlace : pickupPlace)[code >> 1]!
}

/** Whether the bundling rule forbids riding from here to a further merchant with something on board. */
function isTooFar({ policy, index, vehicle }: Problem, driver: number, from: Place, to: Place): boolean {
  const { mode, withinS } = policy.bundling
  return mode === 'nearby_merchants' && index.snapshot.travelS(vehicle[driver]!, from, to) > withinS
}

/** Whether the stop begins a visit too far away to carry the order there; `after` is the order picked up just before, if any. */
function strays(problem: Problem, driver: number, stops: readonly StopCode[], at: number, after: number): boolean {
  const code = stops[at]!
  if (code & 1) return false
  const before = after >= 0 ? 2 * after : stops[at - 1]!
  if (isPickupAt(problem, before, problem.merchant[code >> 1]!)) return false
  return isTooFar(problem, driver, placeOf(problem, before), placeOf(problem, code))
}

/** More stops than any route has. */
const POSITIONS = 1024

function withOrder(scratch: StopCode[], stops: readonly StopCode[], order: number, i: number, j: number): number {
  let length = 0
  for (let k = 0; k <= stops.length; k++) {
    if (k === i) scratch[length++] = 2 * order
    if (k === j) scratch[length++] = 2 * order + 1
    if (k < stops.length) scratch[length++] = stops[k]!
  }
  return length
}

/** The route with the order's stops at the places of `bestPosition`. */
export function routeWith(stops: readonly StopCode[], order: number, position: number): StopCode[] {
  const i = Math.floor(position / POSITIONS)
  const j = position % POSITIONS
  return [...stops.slice(0, i), 2 * order, ...stops.slice(i, j), 2 * order + 1, ...stops.slice(j)]
}
