import type { LatLon } from '@doorstep/shared/domain'
import { type Line, placeAlong } from './line.ts'

/** Somebody under way along a line. */
export interface Ride {
  line: Line
  /** How far they have come. */
  metres: number
  speedMps: number
}

/** The same ride some time later: constant speed, and it stops at the end. */
export function rideOn(ride: Ride, elapsedMs: number): Ride {
  const metres = Math.min(ride.line.lengthM, ride.metres + (ride.speedMps * Math.max(0, elapsedMs)) / 1000)
  return { ...ride, metres }
}

/** Whether the end is reached. */
export const hasArrived = (ride: Ride): boolean => ride.metres >= ride.line.lengthM

/** How long until the end at this speed, in ms. */
export const leftMs = (ride: Ride): number => ((ride.line.lengthM - ride.metres) / ride.speedMps) * 1000

/** Where a ride has come to. */
export const placeOfRide = (ride: Ride): { place: LatLon; courseDeg: number } => placeAlong(ride.line, ride.metres)
