import type { Rng } from '@doorstep/shared/domain'
import { offeredDrivers } from './eligibility.ts'
import { improveRoutes } from './improve-routes.ts'
import { insertByRegret } from './insert-orders.ts'
import { makeInsertions } from './insertions.ts'
import type { JointPolicy } from './policy.ts'
import { compileProblem, type Problem, type StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'
import { emptyRoutes, NOBODY, type Routes, setDriver, setRoute } from './routes.ts'
import type { SnapshotIndex } from './snapshot-index.ts'
import type { Plan } from './types.ts'

/** A tick's problem with the plan the search has come to. */
export interface Planned {
  problem: Problem
  routes: Routes
  /** What the plan handed in costs now, new orders counted as unplanned. */
  previousCost: number
  iterations: number
}

/** Takes up the previous plan, puts in what is new, and improves the whole. */
export function planJointly(index: SnapshotIndex, policy: JointPolicy, rng: Rng): Planned {
  const { problem, routes, previousCost } = previousPlan(index, policy)
  const insertions = makeInsertions(problem)
  const missing = problem.looseOrders.filter((order) => routes.driverOf[order] === NOBODY)
  problem.freshOrders.push(...missing)
  insertByRegret(insertions, routes, missing, 2, 0, rng)
  const { search } = policy
  const wanted =
    search.iterations + search.iterationsPerOrder * problem.looseOrders.length + search.iterationsPerFresh * missing.length
  const iterations = Math.min(search.iterationsMax, wanted)
  improveRoutes(problem, insertions, routes, iterations, rng)
  return { problem, routes, previousCost, iterations }
}

/** The previous plan as it stands now, nothing added or improved. */
export function previousPlan(index: SnapshotIndex, policy: JointPolicy): Planned {
  const problem = compileProblem(index, policy, offeredDrivers(index.snapshot.orders, index.nowMs))
  const routes = emptyRoutes(problem)
  if (index.snapshot.previous) takeUp(problem, routes, index.snapshot.previous)
  return { problem, routes, previousCost: routes.totalCost, iterations: 0 }
}

/** Puts the previous plan's routes back where they are still possible; what they held else is planned anew. */
function takeUp(problem: Problem, routes: Routes, previous: Plan): void {
  for (const { driverId, stops } of previous.routes) {
    const driver = problem.driverRow.get(driverId)
    if (driver === undefined) continue
    const codes = stops.flatMap((stop) => {
      const row = problem.rowOf.get(stop.orderId)
      return row === undefined ? [] : [2 * row + (stop.kind === 'drop' ? 1 : 0)]
    })
    const route = stillPossible(problem, routes, driver, codes)
    if (route === null) continue
    setRoute(routes, driver, route.stops, route.cost)
    for (const code of route.stops) {
      if (!(code & 1) && problem.loose[code >> 1] === 1) setDriver(problem, routes, code >> 1, driver)
    }
  }
}

function stillPossible(problem: Problem, routes: Routes, driver: number, codes: readonly StopCode[]) {
  const carried = problem.carried[driver]!
  const mayStay = (code: StopCode) => {
    const order = code >> 1
    if (problem.loose[order] === 0 || routes.driverOf[order] !== NOBODY) return false
    const { excluded, pinnedDriverId } = problem.orders[order]!
    const { id } = problem.drivers[driver]!
    return !excluded.some((exclusion) => exclusion.driverId === id) && (pinnedDriverId === null || pinnedDriverId === id)
  }
  const planned = codes.filter(mayStay)
  if (planned.length === 0) return null
  if (carried.length === 0) {
    const cost = routeCost(problem, driver, planned, planned.length)
    return cost < Infinity ? { stops: planned, cost } : null
  }
  const inPlace = codes.filter((code) => carried.includes(code) || planned.includes(code))
  const agrees = inPlace.filter((code) => carried.includes(code)).join() === carried.join()
  const lockedFirst = inPlace.slice(0, problem.lockedStops[driver]!).every((code) => carried.includes(code))
  for (const stops of agrees && lockedFirst ? [inPlace, [...carried, ...planned]] : [[...carried, ...planned]]) {
    const cost = routeCost(problem, driver, stops, stops.length)
    if (cost < Infinity) return { stops, cost }
  }
  return null
}
