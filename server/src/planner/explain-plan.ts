import type { DriverId } from '@doorstep/shared/domain'
import { bestPosition, routeWith } from './best-position.ts'
import type { Candidate, Counterfactual, Exclusion, Explanation } from './decision.ts'
import { exclusionOf, type Offered, offeredDrivers, orderExclusion } from './eligibility.ts'
import { impactOf } from './insert-order.ts'
import type { Planned } from './joint-plan.ts'
import { type LeftOut, leftOut } from './left-out.ts'
import type { Problem, StopCode } from './problem.ts'
import { routeCost } from './route-cost.ts'
import { routeTerms } from './route-terms.ts'
import { NOBODY, type Routes } from './routes.ts'
import { byId } from './snapshot-index.ts'
import { timedStops } from './timed-stops.ts'
import type { PlannerDriver } from './types.ts'

/** How many candidates an explanation carries. */
const LISTED = 10
/** A driver's delay is looked at up to an hour. */
const DELAY_MAX_S = 3600

interface Option {
  driver: number
  added: number
  without: readonly StopCode[]
  position: number
}

/**
 * Ranks the drivers for one order by what it adds to the cost of the plan, everything else staying where it is, and
 * says why the others were left out. `alsoListed` is listed whatever its rank. The chosen driver is the one whose route holds it, or none.
 */
export function explainOrder(planned: Planned, order: number, alsoListed?: DriverId): Explanation {
  const { loose } = planned.problem
  const wasLoose = loose[order]!
  // An order given up on or held is explained as if it were to be planned.
  loose[order] = 1
  const explanation = explainLoose(planned, order, alsoListed)
  loose[order] = wasLoose
  return explanation
}

function explainLoose({ problem, routes }: Planned, order: number, alsoListed?: DriverId): Explanation {
  const { index, orders } = problem
  const options: Option[] = []
  const excluded: LeftOut[] = []
  const offered = offeredDrivers(index.snapshot.orders, index.nowMs)
  const scratch: StopCode[] = []
  for (const driver of index.snapshot.drivers) {
    const row = problem.driverRow.get(driver.id)
    const rule = ruleAgainst(problem, offered, order, driver)
    const option = rule || row === undefined ? null : optionOf(problem, routes, order, row, scratch)
    if (option) options.push(option)
    else {
      const exclusion = rule ?? whyImpossible(problem, order, driver)
      excluded.push({ exclusion, km: index.km(driver.place, orders[order]!.pickupPlace) })
    }
  }
  const nameOf = (option: Option) => problem.drivers[option.driver]!.id
  options.sort((a, b) => a.added - b.added || byId(nameOf(a), nameOf(b)))
  const holder = routes.driverOf[order]!
  const chosen = options.find((option) => option.driver === holder)
  const listed = options.filter((option, i) => i < LISTED || option === chosen || nameOf(option) === alsoListed)
  const second = options.find((option) => option !== chosen)
  return {
    orderId: orders[order]!.id,
    better: 'less',
    chosenDriverId: holder === NOBODY ? null : problem.drivers[holder]!.id,
    candidates: listed.map((option) => candidateOf(problem, order, option, options.indexOf(option) + 1)),
    runnerUp: chosen && second ? { driverId: nameOf(second), worseBy: second.added - chosen.added } : null,
    ...leftOut(excluded),
    wouldChange: chosen && second ? bearableDelay(problem, order, chosen, second) : [],
  }
}

function ruleAgainst(problem: Problem, offered: Offered, order: number, driver: PlannerDriver): Exclusion | null {
  const { index, policy, orders } = problem
  const exclusion = exclusionOf(index, policy, offered, orders[order]!, driver)
  if (exclusion && exclusion.reason !== 'too_many_orders') return exclusion
  const rule = exclusion && orderExclusion(index, policy, orders[order]!, driver)
  if (rule) return rule
  const freeInS = (driver.freeAtMs - index.nowMs) / 1000
  if (freeInS <= policy.horizonS) return null
  return { driverId: driver.id, reason: 'free_too_late', value: freeInS, limit: policy.horizonS }
}

function optionOf(problem: Problem, routes: Routes, order: number, driver: number, scratch: StopCode[]): Option | null {
  const holds = routes.driverOf[order] === driver
  let without = routes.stops[driver]!
  if (holds) without = without.filter((code) => code >> 1 !== order)
  let base = holds ? routeCost(problem, driver, without, without.length) : routes.cost[driver]!
  if (base === Infinity) {
    // What else is planned cannot be reached without this order's stops: compare with what is carried alone.
    without = problem.carried[driver]!
    base = routeCost(problem, driver, without, without.length)
  }
  const { cost, position } = bestPosition(problem, scratch, without, order, driver)
  return cost === Infinity ? null : { driver, added: cost - base, without, position }
}

/** Which rule breaks when the order is put after everything the driver has. */
function whyImpossible(problem: Problem, order: number, driver: PlannerDriver): Exclusion {
  const because = (reason: Exclusion['reason'], value: number | null = null, limit: number | null = null) => ({
    driverId: driver.id,
    reason,
    value,
    limit,
  })
  const row = problem.driverRow.get(driver.id)
  if (row === undefined) return because('unreachable')
  const route = timedStops(problem, row, [...problem.carried[row]!, 2 * order, 2 * order + 1])
  const [pickup, drop] = [route.at(-2)!, route.at(-1)!]
  if (!Number.isFinite(drop.atMs)) return because('unreachable')
  const last = problem.policy.shiftEnd === 'last_drop' ? drop : pickup
  if (driver.shiftEndMs !== null && last.atMs > driver.shiftEndMs) {
    return because('shift_ends', (last.atMs - problem.index.nowMs) / 1000, (driver.shiftEndMs - problem.index.nowMs) / 1000)
  }
  return because('too_many_orders', problem.loadAtStart[row]!, problem.maxOrders[row]!)
}

function candidateOf(problem: Problem, order: number, option: Option, rank: number): Candidate {
  const driver = problem.drivers[option.driver]!
  const before = timedStops(problem, option.driver, option.without)
  const after = timedStops(problem, option.driver, routeWith(option.without, order, option.position))
  const planned = option.without.filter((code) => !(code & 1) && problem.loose[code >> 1] === 1).length
  return {
    driverId: driver.id,
    rank,
    total: option.added,
    terms: routeTerms(problem, option.driver, order, before, after, planned),
    impact: impactOf(problem.index, driver, problem.orders[order]!, before, after),
  }
}

/** How many minutes the chosen driver's way to the merchant could have taken before the second best became the better. */
function bearableDelay(problem: Problem, order: number, chosen: Option, second: Option): Counterfactual[] {
  const base = routeCost(problem, chosen.driver, chosen.without, chosen.without.length)
  const startS = problem.startS[chosen.driver]!
  const stops = routeWith(chosen.without, order, chosen.position)
  const loses = (delayS: number) => routeCost(problem, chosen.driver, stops, stops.length, startS + delayS) - base > second.added
  if (second.added < chosen.added || !loses(DELAY_MAX_S)) return []
  let [holds, lost] = [0, DELAY_MAX_S]
  while (lost - holds > 1) {
    const middle = (holds + lost) / 2
    if (loses(middle)) lost = middle
    else holds = middle
  }
  const route = timedStops(problem, chosen.driver, stops)
  const pickup = route.find((stop) => stop.kind === 'pickup' && stop.orderId === problem.orders[order]!.id)!
  const amount = (pickup.arriveMs - problem.index.nowMs) / 60_000
  return [{ driverId: problem.drivers[chosen.driver]!.id, code: 'to_merchant', amount, needed: amount + lost / 60, unit: 'min' }]
}
