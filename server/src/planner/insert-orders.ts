import type { Rng } from '@doorstep/shared/domain'
import { routeWith } from './best-position.ts'
import { candidatesOf, type Insertions, insertionCell } from './insertions.ts'
import { type Routes, setDriver, setRoute, unplannedCost } from './routes.ts'

/** An order waiting to be put in, with its best driver as of the routes now. */
interface Waiting {
  order: number
  cell: number
  slot: number
  regret: number
}

/**
 * Puts orders into routes one after the other: next is always the order that would lose most by not getting its best
 * driver now (regret over the best `depth` drivers). Up to `blur` is added to each cost by chance. Orders that fit
 * nowhere, or cost more than leaving them out, stay unplanned.
 */
export function insertByRegret(
  insertions: Insertions,
  routes: Routes,
  orders: readonly number[],
  depth: number,
  blur: number,
  rng: Rng,
): void {
  const open = orders.map((order) => regretOf(insertions, routes, order, depth, blur, rng))
  while (open.length > 0) {
    let next = 0
    for (let k = 1; k < open.length; k++) if (open[k]!.regret > open[next]!.regret) next = k
    const { order, cell, slot } = open[next]!
    if (cell < 0) return
    open[next] = open.at(-1)!
    open.pop()
    const driver = candidatesOf(insertions, order)[slot]!
    const stops = routeWith(routes.stops[driver]!, order, insertions.position[cell]!)
    setRoute(routes, driver, stops, routes.cost[driver]! + insertions.added[cell]!)
    setDriver(insertions.problem, routes, order, driver)
    for (let k = 0; k < open.length; k++) {
      const waiting = open[k]!
      if (candidatesOf(insertions, waiting.order).includes(driver)) {
        open[k] = regretOf(insertions, routes, waiting.order, depth, blur, rng)
      }
    }
  }
}

function regretOf(insertions: Insertions, routes: Routes, order: number, depth: number, blur: number, rng: Rng): Waiting {
  const leftOut = unplannedCost(insertions.problem, order)
  const slots = candidatesOf(insertions, order).length
  let [first, second, third] = [leftOut, leftOut, leftOut]
  let bestCell = -1
  let bestSlot = -1
  for (let slot = 0; slot < slots; slot++) {
    const cell = insertionCell(insertions, routes, order, slot)
    const cost = blur > 0 ? insertions.added[cell]! + blur * rng() : insertions.added[cell]!
    if (cost < first) {
      third = second
      second = first
      first = cost
      bestCell = cell
      bestSlot = slot
    } else if (cost < second) {
      third = second
      second = cost
    } else if (cost < third) third = cost
  }
  const regret = bestCell < 0 ? -Infinity : depth === 1 ? -first : second - first + (depth > 2 ? third - first : 0)
  return { order, cell: bestCell, slot: bestSlot, regret }
}
