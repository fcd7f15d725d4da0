import { exclusionOf, type Offered, orderExclusion } from './eligibility.ts'
import { PAY_STEPS, type Problem, type StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'
import type { Routes } from './routes.ts'

/** What the search remembers about orders and drivers: the drivers worth trying, and the best insertion found in a route. */
export interface Insertions {
  problem: Problem
  width: number
  /** Row of drivers per order, the most promising first; null until the order is first looked at. */
  candidates: (Int32Array | null)[]
  version: Int32Array
  added: Float64Array
  position: Int32Array
  scratch: StopCode[]
}

/** An empty memory. */
export function makeInsertions(problem: Problem): Insertions {
  const width = Math.min(problem.policy.search.candidates, problem.drivers.length)
  const cells = problem.orders.length * width
  return {
    problem,
    width,
    candidates: new Array<Int32Array | null>(problem.orders.length).fill(null),
    version: new Int32Array(cells).fill(-1),
    added: new Float64Array(cells),
    position: new Int32Array(cells),
    scratch: [],
  }
}

/** The drivers worth trying for an order, by what it would cost to serve it after everything they already have. */
export function candidatesOf(insertions: Insertions, order: number): Int32Array {
  const known = insertions.candidates[order]
  if (known) return known
  const { problem, width } = insertions
  const best: number[] = []
  const bestCost: number[] = []
  const readyS = problem.readyS[order]!
  const perS = ((problem.policy.weights.doorPerMin + problem.policy.weights.foodWaitPerMin) * problem.weight[order]!) / 60
  for (let driver = 0; driver < problem.drivers.length; driver++) {
    const worst = best.length === width ? bestCost[width - 1]! : Infinity
    // Not even with no way to go: most of the busy ones, without a travel time looked up.
    if ((problem.endS[driver]! - readyS) * perS + problem.orderCosts[driver * (PAY_STEPS + 1) + 1]! >= worst) continue
    const cost = roughCost(problem, order, driver)
    if (cost >= worst) continue
    if (cost === Infinity || !mayHave(problem, order, driver)) continue
    let at = best.length === width ? width - 1 : best.length
    for (; at > 0 && bestCost[at - 1]! > cost; at--) {
      best[at] = best[at - 1]!
      bestCost[at] = bestCost[at - 1]!
    }
    best[at] = driver
    bestCost[at] = cost
  }
  const found = Int32Array.from(best)
  insertions.candidates[order] = found
  return found
}

const nobodyOffered: Offered = new Map()

/** Whether any rule keeps the driver from the order; how many they hold is a matter of the route, not of this. */
function mayHave({ index, policy, orders, drivers }: Problem, order: number, driver: number): boolean {
  const exclusion = exclusionOf(index, policy, nobodyOffered, orders[order]!, drivers[driver]!)
  if (exclusion?.reason !== 'too_many_orders') return exclusion === null
  return orderExclusion(index, policy, orders[order]!, drivers[driver]!) === null
}

/** A lower estimate of the cost in minor units: minutes until the pickup from where the driver will be, and the pay. */
function roughCost(problem: Problem, order: number, driver: number): number {
  const { weights, service } = problem.policy
  const pickup = problem.pickupPlace[order]!
  const { vehicle } = problem.drivers[driver]!
  const ride = problem.index.snapshot.travelS(vehicle, problem.endPlace[driver]!, pickup)
  const there = problem.endS[driver]! + ride + service.pickupBeforeS
  if (there === Infinity) return Infinity
  const late = Math.max(0, there - problem.readyS[order]!)
  const perMin = (weights.doorPerMin + weights.foodWaitPerMin) * problem.weight[order]!
  return (
    (late * perMin + ride * (weights.busyPerMin + weights.ridePerMin)) / 60 + problem.orderCosts[driver * (PAY_STEPS + 1) + 1]!
  )
}

/** The cheapest insertion of an order into its candidate's route, remembered until that route changes. Answers the cell. */
export function insertionCell(insertions: Insertions, routes: Routes, order: number, slot: number): number {
  const cell = order * insertions.width + slot
  const driver = candidatesOf(insertions, order)[slot]!
  const version = routes.version[driver]!
  if (insertions.version[cell] === version) return cell
  insertions.version[cell] = version
  searchPositions(insertions, routes, order, driver, cell)
  return cell
}

function searchPositions(insertions: Insertions, routes: Routes, order: number, driver: number, cell: number): void {
  const best = bestPosition(insertions.problem, insertions.scratch, routes.stops[driver]!, order, driver)
  insertions.added[cell] = best.cost - routes.cost[driver]!
  insertions.position[cell] = best.position
}

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
  const { mode } = problem.policy.bundling
  const bundles = mode !== 'none'
  const interleaves = mode === 'nearby_merchants' || mode === 'any'
  const shop = problem.merchant[order]!
  let load = problem.loadAtStart[driver]!
  found.cost = Infinity
  found.position = 0
  for (let i = 0; i <= stops.length; i++) {
    if (i > 0) load += stops[i - 1]! & 1 ? -1 : 1
    if (i < problem.lockedStops[driver]!) continue
    const next = i < stops.length ? stops[i]! : -1
    const atItsShop = next >= 0 && (next & 1) === 0 && problem.merchant[next >> 1] === shop
    const joins = i > 0 && (stops[i - 1]! & 1) === 0 && problem.merchant[stops[i - 1]! >> 1] === shop
    if (load > 0 && !interleaves && !(joins && bundles)) continue
    // In front of another pickup at the same merchant only a trip of its own is new: joining is tried behind it.
    for (let j = i; j <= stops.length; j++) {
      const cost = routeCost(problem, driver, scratch, withOrder(scratch, stops, order, i, j))
      if (cost < found.cost) {
        found.cost = cost
        found.position = i * POSITIONS + j
      }
      if (atItsShop) break
      if (!interleaves && (!joins || (j < stops.length && (stops[j]! & 1) === 0))) break
    }
  }
  return found
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
