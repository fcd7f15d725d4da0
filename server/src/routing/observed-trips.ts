import { VEHICLES, type Vehicle } from '@doorstep/shared/domain'

/** Corrections by vehicle and hour of day (0 to 23, the zone's time), 1 where nothing was observed. */
export type HourlyCorrections = Record<Vehicle, number[]>

/** How much one trip moves its hour: about twenty trips make a new figure. */
const RATE = 0.05
/** One trip may say at most this: a driver who stopped for coffee is not traffic. */
const TRIP_RATIO = [0.5, 2] as const
/** An hour's correction stays within these. */
const CORRECTION = [0.6, 2] as const
/** Shorter trips say more about doors and lights than about traffic. */
const SHORTEST_S = 60

const within = ([low, high]: readonly [number, number], value: number) => Math.min(high, Math.max(low, value))

/** No correction for any vehicle at any hour. */
export const noCorrections = (): HourlyCorrections =>
  Object.fromEntries(VEHICLES.map((vehicle) => [vehicle, new Array<number>(24).fill(1)])) as HourlyCorrections

/**
 * Moves an hour's correction towards what a trip took. `predictedS` is what the fields said at departure, corrections
 * included, so that the correction settles where predictions are right. Trips under a minute are left out.
 */
export function observeTrip(
  corrections: HourlyCorrections,
  trip: { hour: number; vehicle: Vehicle; predictedS: number; actualS: number },
): void {
  if (!(trip.predictedS >= SHORTEST_S) || !(trip.actualS > 0)) return
  const hours = corrections[trip.vehicle]
  const before = hours[trip.hour]
  if (before === undefined) return
  const ratio = within(TRIP_RATIO, trip.actualS / trip.predictedS)
  hours[trip.hour] = within(CORRECTION, before * ratio ** RATE)
}
