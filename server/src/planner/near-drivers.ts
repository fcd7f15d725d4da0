import { orderCost, type Problem } from './problem.ts'
import type { Place } from './types.ts'

/**
 * The drivers within reach of a place by row, the cheapest first by what they cost at least: riding as the crow flies and
 * one further order, in minor units. What the ride really takes is read only when a driver comes into question.
 */
export interface NearDrivers {
  place: Place
  rows: Int32Array
  leastCost: Float64Array
  /** Seconds from where the driver's stops end, NaN until read. */
  rideS: Float64Array
}

/**
 * Seconds that no driver beats for a kilometre as the crow flies, at 40 km/h. Whoever does may be passed over for others
 * who are surely cheaper to send at this pace.
 */
const LEAST_S_PER_KM = 90
/** Costs are sorted to a hundredth of a minor unit. */
const STEPS = 100

/** Finds the drivers within the policy's radius of a place, by where they are or by where their stops end. */
export function findNearDrivers(problem: Problem, place: Place): NearDrivers {
  const { startPlace, endPlace, drivers } = problem
  const { km } = problem.index
  const { radiusKm } = problem.policy
  const near = new Float64Array(drivers.length)
  let count = 0
  for (let driver = 0; driver < drivers.length; driver++) {
    const end = endPlace[driver]!
    const endKm = km(end, place)
    if (endKm > radiusKm && (startPlace[driver] === end || km(startPlace[driver]!, place) > radiusKm)) continue
    near[count++] = Math.floor(STEPS * leastCost(problem, driver, endKm)) * drivers.length + driver
  }
  const sorted = near.subarray(0, count).sort()
  const rows = new Int32Array(count)
  const costs = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const steps = Math.floor(sorted[i]! / drivers.length)
    rows[i] = sorted[i]! - steps * drivers.length
    costs[i] = steps / STEPS
  }
  return { place, rows, leastCost: costs, rideS: new Float64Array(count).fill(NaN) }
}

/** One driver alone, however far, or none. */
export function onlyDriver(driver: number | undefined, place: Place): NearDrivers {
  const rows = Int32Array.from(driver === undefined ? [] : [driver])
  return { place, rows, leastCost: new Float64Array(rows.length), rideS: new Float64Array(rows.length).fill(NaN) }
}

function leastCost(problem: Problem, driver: number, km: number): number {
  const { weights } = problem.policy
  return (km * LEAST_S_PER_KM * (weights.busyPerMin + weights.ridePerMin)) / 60 + orderCost(problem, driver, 1)
}

/**
 * What it costs at least, in minor units, that the driver comes for an order: riding there, the minutes that the order is
 * late by then at `perS` a second, and one further order. Infinity where there is no way.
 */
export function arrivalCost(problem: Problem, near: NearDrivers, at: number, readyS: number, perS: number): number {
  const { service, weights } = problem.policy
  const driver = near.rows[at]!
  if (Number.isNaN(near.rideS[at]!)) {
    near.rideS[at] = problem.index.snapshot.travelS(problem.vehicle[driver]!, problem.endPlace[driver]!, near.place)
  }
  const rideS = near.rideS[at]!
  const lateS = problem.endS[driver]! + rideS + service.pickupBeforeS - readyS
  const cost = (rideS * (weights.busyPerMin + weights.ridePerMin)) / 60 + orderCost(problem, driver, 1)
  return lateS > 0 ? cost + lateS * perS : cost
}
