import { bestPosition } from './best-position.ts'
import { arrivalCost, findNearDrivers, type NearDrivers, onlyDriver } from './near-drivers.ts'
import type { Problem, StopCode } from './problem.ts'
import type { Routes } from './routes.ts'
import type { Place } from './types.ts'

/** What the search remembers about orders and drivers: the drivers worth trying, and the best insertion found in a route. */
export interface Insertions {
  problem: Problem
  width: number
  /** Row of drivers per order, the most promising first; null until the order is first looked at. */
  candidates: (Int32Array | null)[]
  /** The drivers near a merchant, by its place. */
  near: Map<Place, NearDrivers>
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
    near: new Map(),
    version: new Int32Array(cells).fill(-1),
    added: new Float64Array(cells),
    position: new Int32Array(cells),
    scratch: [],
  }
}

/** The drivers worth trying for an order, by what it would cost to serve it after everything they already have. */
export function candidatesOf(insertions: Insertions, order: number): Int32Array {
  return (insertions.candidates[order] ??= findCandidates(insertions, order))
}

function findCandidates(insertions: Insertions, order: number): Int32Array {
  const { problem, width } = insertions
  const near = driversFor(insertions, order)
  const readyS = problem.readyS[order]!
  const perS = ((problem.policy.weights.doorPerMin + problem.policy.weights.foodWaitPerMin) * problem.weight[order]!) / 60
  const best: number[] = []
  const bestCost: number[] = []
  for (let i = 0; i < near.rows.length; i++) {
    const driver = near.rows[i]!
    const worst = best.length === width ? bestCost[width - 1]! : Infinity
    if (near.leastCost[i]! >= worst) break
    if (near.leastCost[i]! + Math.max(0, problem.endS[driver]! - readyS) * perS >= worst) continue
    const cost = arrivalCost(problem, near, i, readyS, perS)
    if (cost >= worst || cost === Infinity || !mayHave(problem, order, driver)) continue
    let at = best.length === width ? width - 1 : best.length
    for (; at > 0 && bestCost[at - 1]! > cost; at--) {
      best[at] = best[at - 1]!
      bestCost[at] = bestCost[at - 1]!
    }
    best[at] = driver
    bestCost[at] = cost
  }
  return Int32Array.from(best)
}

/** Who comes into question for an order at all: those near its merchant, found once a merchant, or whom staff chose. */
function driversFor({ problem, near }: Insertions, order: number): NearDrivers {
  const place = problem.pickupPlace[order]!
  const { pinnedDriverId } = problem.orders[order]!
  if (pinnedDriverId !== null) {
    return onlyDriver(problem.driverRow.get(pinnedDriverId), place)
  }
  let found = near.get(place)
  if (found === undefined) {
    found = findNearDrivers(problem, place)
    near.set(place, found)
  }
  return found
}

/** Whether a driver within reach can carry the order and has not declined it; how many they hold is a matter of the route. */
function mayHave({ orders, drivers, size, capacity }: Problem, order: number, driver: number): boolean {
  if (size[order]! > capacity[driver]!) return false
  const { excluded } = orders[order]!
  return excluded.length === 0 || !excluded.some(({ driverId }) => driverId === drivers[driver]!.id)
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
