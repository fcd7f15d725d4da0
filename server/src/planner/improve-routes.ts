import type { Rng } from '@doorstep/shared/domain'
import { insertByRegret } from './insert-orders.ts'
import type { Insertions } from './insertions.ts'
import type { Problem, StopCode } from './problem.ts'
import { type Removal, removeMerchant, removeRandom, removeRelated, removeRoutes } from './removals.ts'
import { keepChanges, type Routes, removeOrders, undoChanges } from './routes.ts'

const REMOVALS: readonly Removal[] = [removeRandom, removeRelated, removeRoutes, removeMerchant]
const DEPTHS = [1, 2, 3] as const
/** How fast the choice among the ways follows what has worked (Ropke and Pisinger, 2006). */
const REACTION = 0.2
const REWARD = { best: 8, better: 4, accepted: 1, rejected: 0 } as const

/**
 * Adaptive large neighbourhood search: takes a few orders out and plans them again, many times, keeps what is cheaper
 * and sometimes what is not. Leaves the best plan found in `routes`, never a dearer one than it got.
 */
export function improveRoutes(problem: Problem, insertions: Insertions, routes: Routes, iterations: number, rng: Rng): void {
  if (problem.looseOrders.length === 0 || problem.drivers.length === 0) return
  const { removeMax, temperature } = problem.policy.search
  const removed = new Uint8Array(problem.orders.length)
  const ways = REMOVALS.map(() => 1)
  const depths = DEPTHS.map(() => 1)
  keepChanges(routes)
  let best = copyOf(routes)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const way = roulette(ways, rng)
    const depth = roulette(depths, rng)
    const most = Math.min(removeMax, problem.looseOrders.length)
    const count = Math.min(most, 1 + Math.floor(rng() * rng() * most) + (most > 1 ? 1 : 0))
    const before = routes.totalCost
    const orders = REMOVALS[way]!(problem, routes, count, rng)
    const { unplanned } = routes
    keepChanges(routes)
    removeOrders(problem, routes, orders, removed)
    insertByRegret(insertions, routes, orders, DEPTHS[depth]!, rng() < 0.5 ? temperature * 2 : 0, rng)
    const warmth = temperature * orders.length * (1 - iteration / iterations)
    let reward: number = REWARD.rejected
    if (routes.totalCost < best.totalCost - 1e-6) {
      best = copyOf(routes)
      reward = REWARD.best
    } else if (routes.totalCost < before - 1e-6) reward = REWARD.better
    else if (routes.totalCost < before - warmth * Math.log(1 - rng())) reward = REWARD.accepted
    else undoChanges(problem, routes, before, unplanned)
    ways[way] = Math.max(0.2, ways[way]! * (1 - REACTION) + reward * REACTION)
    depths[depth] = Math.max(0.2, depths[depth]! * (1 - REACTION) + reward * REACTION)
  }
  restore(routes, best)
}

function roulette(weights: readonly number[], rng: Rng): number {
  let at = rng() * weights.reduce((sum, weight) => sum + weight, 0)
  for (let i = 0; i < weights.length; i++) {
    at -= weights[i]!
    if (at < 0) return i
  }
  return weights.length - 1
}

function copyOf(routes: Routes): Routes {
  return {
    ...routes,
    undo: [],
    stops: routes.stops.slice() as (readonly StopCode[])[],
    cost: routes.cost.slice(),
    version: routes.version.slice(),
    driverOf: routes.driverOf.slice(),
  }
}

/** Versions are never given out twice, or the insertion cache would take one route for another. */
function restore(routes: Routes, kept: Routes): void {
  const { lastVersion } = routes
  Object.assign(routes, copyOf(kept))
  routes.lastVersion = lastVersion
}
