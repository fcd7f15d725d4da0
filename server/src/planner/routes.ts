import type { Problem, StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'

/** No driver. */
export const NOBODY = -1

/** A whole plan under search: a route per driver, never changed in place, so that undoing is putting an old one back. */
export interface Routes {
  stops: (readonly StopCode[])[]
  cost: Float64Array
  /** Changes with the route and comes back with it: what the insertion cache goes by. */
  version: Int32Array
  driverOf: Int32Array
  unplanned: number
  totalCost: number
  lastVersion: number
  /** What was replaced since the last `keepChanges`, in order. */
  undo: (RouteChange | DriverChange)[]
}

interface RouteChange {
  driver: number
  stops: readonly StopCode[]
  cost: number
  version: number
}

interface DriverChange {
  order: number
  driver: number
}

/** Everybody's carried stops and nothing planned. */
export function emptyRoutes(problem: Problem): Routes {
  const stops = problem.carried.slice()
  const cost = new Float64Array(stops.length)
  let carriedCost = 0
  for (let driver = 0; driver < stops.length; driver++) {
    const route = stops[driver]!
    if (route.length > 0) cost[driver] = routeCost(problem, driver, route, route.length)
    carriedCost += cost[driver]!
  }
  const unplanned = problem.looseOrders.reduce((sum, order) => sum + unplannedCost(problem, order), 0)
  return {
    stops,
    cost,
    version: new Int32Array(stops.length),
    driverOf: new Int32Array(problem.orders.length).fill(NOBODY),
    unplanned,
    totalCost: carriedCost + unplanned,
    lastVersion: 0,
    undo: [],
  }
}

/** What an order costs while it stands in nobody's route. */
export function unplannedCost(problem: Problem, order: number): number {
  return problem.policy.weights.unplanned * problem.weight[order]!
}

/** Replaces one driver's route. */
export function setRoute(routes: Routes, driver: number, stops: readonly StopCode[], cost: number): void {
  routes.undo.push({ driver, stops: routes.stops[driver]!, cost: routes.cost[driver]!, version: routes.version[driver]! })
  placeRoute(routes, driver, stops, cost, ++routes.lastVersion)
}

function placeRoute(routes: Routes, driver: number, stops: readonly StopCode[], cost: number, version: number): void {
  routes.totalCost += cost - routes.cost[driver]!
  routes.stops[driver] = stops
  routes.cost[driver] = cost
  routes.version[driver] = version
}

/** Marks an order as standing in a driver's route, or in nobody's. */
export function setDriver(problem: Problem, routes: Routes, order: number, driver: number): void {
  routes.undo.push({ order, driver: routes.driverOf[order]! })
  placeOrder(problem, routes, order, driver)
}

function placeOrder(problem: Problem, routes: Routes, order: number, driver: number): void {
  const had = routes.driverOf[order] !== NOBODY
  const has = driver !== NOBODY
  if (had !== has) {
    const change = has ? -unplannedCost(problem, order) : unplannedCost(problem, order)
    routes.unplanned += change
    routes.totalCost += change
  }
  routes.driverOf[order] = driver
}

/** Makes what was done so far final. */
export function keepChanges(routes: Routes): void {
  routes.undo.length = 0
}

/** Takes back everything since the last `keepChanges`; the sums are put back exactly, not recomputed. */
export function undoChanges(problem: Problem, routes: Routes, totalCost: number, unplanned: number): void {
  for (let i = routes.undo.length - 1; i >= 0; i--) {
    const change = routes.undo[i]!
    if ('order' in change) placeOrder(problem, routes, change.order, change.driver)
    else placeRoute(routes, change.driver, change.stops, change.cost, change.version)
  }
  routes.undo.length = 0
  routes.totalCost = totalCost
  routes.unplanned = unplanned
}

/** Takes planned orders out of their routes. */
export function removeOrders(problem: Problem, routes: Routes, orders: readonly number[], removed: Uint8Array): void {
  for (const order of orders) removed[order] = 1
  for (const order of orders) {
    const driver = routes.driverOf[order]!
    if (driver === NOBODY) continue
    const old = routes.stops[driver]!
    const stops: StopCode[] = []
    for (let i = 0; i < old.length; i++) {
      const row = old[i]! >> 1
      if (removed[row] === 0) stops.push(old[i]!)
      else if (routes.driverOf[row] !== NOBODY) setDriver(problem, routes, row, NOBODY)
    }
    setRoute(routes, driver, stops, routeCost(problem, driver, stops, stops.length))
  }
  for (const order of orders) removed[order] = 0
}
