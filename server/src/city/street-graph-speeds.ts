import type { Vehicle } from '@doorstep/shared/domain'
import { ROAD_CLASSES, type RoadClass } from './street-graph-types.ts'

/** How a vehicle gets along when nothing is in its way. */
interface SpeedProfile {
  /** km/h by road class. */
  kph: Record<RoadClass, number>
  /** Share of a tagged speed limit that is reached; 0 ignores limits (bicycles). */
  limitShare: number
  /** Seconds lost at a junction of three or more streets. */
  junctionS: number
  /** Seconds lost at a traffic signal. */
  signalS: number
}

const CAR: SpeedProfile = {
  kph: {
    motorway: 89,
    motorway_link: 60,
    trunk: 73,
    primary: 57,
    secondary: 49,
    tertiary: 40,
    unclassified: 35,
    residential: 30,
    living_street: 12,
    service: 15,
    track: 10,
    pedestrian: 8,
    path: 8,
    cycleway: 8,
  },
  limitShare: 0.9,
  junctionS: 2,
  signalS: 3,
}

const BICYCLE: SpeedProfile = {
  kph: Object.fromEntries(ROAD_CLASSES.map((c) => [c, 18])) as Record<RoadClass, number>,
  limitShare: 0,
  junctionS: 1,
  signalS: 1,
}

/** Speeds by vehicle. */
export const SPEEDS: Record<Vehicle, SpeedProfile> = { bicycle: BICYCLE, motorcycle: CAR, car: CAR, van: CAR }

/** Seconds along a piece of street, waits included. */
export function freeFlowS(
  vehicle: Vehicle,
  street: { roadClass: number; limitKph: number; lengthM: number; signals: number; endsAtJunction: boolean },
): number {
  const profile = SPEEDS[vehicle]
  const classKph = profile.kph[ROAD_CLASSES[street.roadClass]!]
  const kph = street.limitKph > 0 && profile.limitShare > 0 ? street.limitKph * profile.limitShare : classKph
  return street.lengthM / (kph / 3.6) + (street.endsAtJunction ? profile.junctionS : 0) + street.signals * profile.signalS
}
