import type { Rng } from '@doorstep/shared/domain'
import type { Problem } from './problem.ts'
import { NOBODY, type Routes } from './routes.ts'

/** Chooses up to `count` planned orders to take out and plan again. */
export type Removal = (problem: Problem, routes: Routes, count: number, rng: Rng) => number[]

const pick = <T>(items: readonly T[], rng: Rng): T => items[Math.floor(rng() * items.length)]!

/** Any orders. */
export const removeRandom: Removal = (problem, _routes, count, rng) => {
  const pool = problem.looseOrders.slice()
  for (let i = 0; i < Math.min(count, pool.length); i++) {
    const j = i + Math.floor(rng() * (pool.length - i))
    const held = pool[i]!
    pool[i] = pool[j]!
    pool[j] = held
  }
  return pool.slice(0, count)
}

/** Orders like each other: near in place and in time, so that they can change places (Shaw, 1998). */
export const removeRelated: Removal = (problem, routes, count, rng) => {
  const seed = pick(problem.looseOrders, rng)
  return mostRelated(problem, seed, count, rng, (order) => relatedness(problem, routes, seed, order))
}

/** Orders of one merchant, and of the next nearest. */
export const removeMerchant: Removal = (problem, _routes, count, rng) => {
  const seed = pick(problem.looseOrders, rng)
  const travel = problem.index.snapshot.travelS
  return mostRelated(problem, seed, count, rng, (order) =>
    problem.merchant[order] === problem.merchant[seed]
      ? 0
      : travel('car', problem.pickupPlace[seed]!, problem.pickupPlace[order]!),
  )
}

/** Whole routes: of an order's driver, then of the driver of the order most like it, and so on. */
export const removeRoutes: Removal = (problem, routes, count, rng) => {
  const seed = pick(problem.looseOrders, rng)
  const wanted = mostRelated(problem, seed, problem.looseOrders.length, rng, (order) => relatedness(problem, routes, seed, order))
  const taken: number[] = []
  const drivers = new Set<number>()
  for (const order of wanted) {
    const driver = routes.driverOf[order]!
    if (driver === NOBODY) taken.push(order)
    else if (!drivers.has(driver)) {
      drivers.add(driver)
      for (const code of routes.stops[driver]!) if (!(code & 1) && problem.loose[code >> 1] === 1) taken.push(code >> 1)
    }
    if (taken.length >= count) break
  }
  return taken
}

function relatedness(problem: Problem, routes: Routes, a: number, b: number): number {
  const travel = problem.index.snapshot.travelS
  const apart =
    travel('car', problem.pickupPlace[a]!, problem.pickupPlace[b]!) +
    0.5 * travel('car', problem.dropPlace[a]!, problem.dropPlace[b]!)
  const sameDriver = routes.driverOf[a] === routes.driverOf[b] ? 0 : 60
  return apart + 0.5 * Math.abs(problem.readyS[a]! - problem.readyS[b]!) + sameDriver
}

/** The seed and those with the least distance to it, each distance blurred by up to half of itself. */
function mostRelated(problem: Problem, seed: number, count: number, rng: Rng, distance: (order: number) => number): number[] {
  const scored = problem.looseOrders
    .filter((order) => order !== seed)
    .map((order) => ({ order, distance: distance(order) * (1 - 0.5 * rng()) }))
    .sort((a, b) => a.distance - b.distance || a.order - b.order)
  return [seed, ...scored.slice(0, count - 1).map((entry) => entry.order)]
}
