import { orderCost, type Problem } from './problem.ts'
import type { Place } from './types.ts'

/** The drivers within reach of a place, by row, with what is the same for every order that waits there. */
export interface NearDrivers {
  count: number
  rows: Int32Array
  /** Seconds from now until the driver can be handed anything, after all that is carried. */
  handedS: Float64Array
  /** What riding there and one further order cost, in minor units. */
  fixedCost: Float64Array
}

/** Finds the drivers within the policy's radius of a place, by where they are or by where their stops end. */
export function findNearDrivers(problem: Problem, place: Place): NearDrivers {
  const { startPlace, endPlace, drivers } = problem
  const { km } = problem.index
  const { radiusKm } = problem.policy
  const rows: number[] = []
  for (let driver = 0; driver < drivers.length; driver++) {
    const [start, end] = [startPlace[driver]!, endPlace[driver]!]
    if (km(start, place) <= radiusKm || (end !== start && km(end, place) <= radiusKm)) rows.push(driver)
  }
  return arrivals(problem, place, rows)
}

/** One driver alone, however far, or none. */
export function onlyDriver(problem: Problem, driver: number | undefined, place: Place): NearDrivers {
  return arrivals(problem, place, driver === undefined ? [] : [driver])
}

/** What it takes these drivers to come; those who have no way are left out. */
function arrivals(problem: Problem, place: Place, drivers: readonly number[]): NearDrivers {
  const { service, weights } = problem.policy
  const { travelS } = problem.index.snapshot
  const rows = new Int32Array(drivers.length)
  const handedS = new Float64Array(drivers.length)
  const fixedCost = new Float64Array(drivers.length)
  let count = 0
  for (let i = 0; i < drivers.length; i++) {
    const driver = drivers[i]!
    const rideS = travelS(problem.vehicle[driver]!, problem.endPlace[driver]!, place)
    handedS[count] = problem.endS[driver]! + rideS + service.pickupBeforeS
    if (handedS[count] === Infinity) continue
    rows[count] = driver
    fixedCost[count] = (rideS * (weights.busyPerMin + weights.ridePerMin)) / 60 + orderCost(problem, driver, 1)
    count++
  }
  return { count, rows, handedS, fixedCost }
}
