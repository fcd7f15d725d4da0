import type { Rng } from '@doorstep/shared/domain'
import type { Problem } from './problem.ts'
import { NOBODY, type Routes } from './routes.ts'

/** Chooses up to `count` planned orders to take out and plan again. */
export type Removal = (problem: Problem, routes: Routes, count: number, rng: Rng) => number[]

const pick = <T>(items: readonly T[], rng: Rng): T => items[Math.floor(rng() * items.length)]!

/** How often a neighbourhood is built around an order that is new in this tick. */
const FRESH_SHARE = 0.3

/** The order a neighbourhood is built around. */
function seedOf({ freshOrders, looseOrders }: Problem, rng: Rng): number {
  return freshOrders.length > 0 && rng() < FRESH_SHARE ? pick(freshOrders, rng) : pick(looseOrders, rng)
}

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
  const seed = seedOf(problem, rng)
  return mostRelated(problem, seed, count, rng, (order) => relatedness(problem, routes, seed, order))
}

/** Orders of one merchant, and of the next nearest. */
export const removeMerchant: Removal = (problem, _routes, count, rng) => {
  const seed = seedOf(problem, rng)
  const { merchant, pickupPlace, index } = problem
  return mostRelated(problem, seed, count, rng, (order) =>
    merchant[order] === merchant[seed] ? 0 : index.km(pickupPlace[seed]!, pickupPlace[order]!),
  )
}

/** Whole routes: of an order's driver, then of the driver of the order most like it, and so on. */
export const removeRoutes: Removal = (problem, routes, count, rng) => {
  const seed = seedOf(problem, rng)
  const wanted = mostRelated(problem, seed, 2 * count, rng, (order) => relatedness(problem, routes, seed, order))
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

/** Seconds a kilometre as the crow flies, at 20 km/h: only for likeness, never for a route. */
const PACE_S_PER_KM = 180

function relatedness(problem: Problem, routes: Routes, a: number, b: number): number {
  const { km } = problem.index
  const apartKm = km(problem.pickupPlace[a]!, problem.pickupPlace[b]!) + 0.5 * km(problem.dropPlace[a]!, problem.dropPlace[b]!)
  const sameDriver = routes.driverOf[a] === routes.driverOf[b] ? 0 : 60
  return apartKm * PACE_S_PER_KM + 0.5 * Math.abs(problem.readyS[a]! - problem.readyS[b]!) + sameDriver
}

/** The seed and those with the least distance to it, each distance blurred by up to half of itself. */
function mostRelated(problem: Problem, seed: number, count: number, rng: Rng, distance: (order: number) => number): number[] {
  const pool = problem.looseOrders
  const blurred = new Float64Array(pool.length)
  for (let i = 0; i < pool.length; i++) blurred[i] = pool[i] === seed ? Infinity : distance(pool[i]!) * (1 - 0.5 * rng())
  const chosen = [seed]
  while (chosen.length < Math.min(count, pool.length)) {
    let least = 0
    for (let i = 1; i < blurred.length; i++) if (blurred[i]! < blurred[least]!) least = i
    if (blurred[least] === Infinity) break
    chosen.push(pool[least]!)
    blurred[least] = Infinity
  }
  return chosen
}
