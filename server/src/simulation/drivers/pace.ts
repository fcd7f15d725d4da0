import type { Rng, Vehicle } from '@doorstep/shared/domain'
import { between } from '../chance.ts'

/** How somebody rides a leg: faster or slower than the route says, and how long they stand about before it. */
export interface Pace {
  factor: number
  dawdleMs: number
}

/** Legs before which something comes up: a call, a flat tyre, a bell that nobody hears. */
const DELAYED = 0.06
const MINUTE_MS = 60_000

/** Decides how a leg is ridden. */
export function paceOfLeg(rng: Rng): Pace {
  const factor = between(rng, 0.9, 1.12)
  return rng() < DELAYED
    ? { factor: factor * 0.8, dawdleMs: between(rng, 1, 4) * MINUTE_MS }
    : { factor, dawdleMs: between(rng, 2, 12) * 1_000 }
}

/** How somebody rides back after a delivery: which share of the way, after how long, and how much slower than they came. */
export interface Drift {
  share: number
  afterMs: number
  speedFactor: number
}

const DRIFTS_BACK = 0.75

/** After a delivery most ride back some of the way they came, since merchants are where it began. */
export function driftBack(rng: Rng): Drift | null {
  if (rng() > DRIFTS_BACK) return null
  return { share: between(rng, 0.4, 1), afterMs: between(rng, 15_000, 90_000), speedFactor: 0.8 }
}

/** Metres a second in a town where a route does not say. */
const USUAL_MPS: Record<Vehicle, number> = { bicycle: 4.2, motorcycle: 7, car: 6.5, van: 6 }
/** Below and above this a route's mean is a fault, not a speed. */
const PLAUSIBLE_MPS = { min: 1.5, max: 25 }

/** The mean speed of a route in metres a second. */
export function speedOfRoute(route: { distanceM: number; durationS: number }, vehicle: Vehicle): number {
  const mean = route.distanceM / route.durationS
  return mean >= PLAUSIBLE_MPS.min && mean <= PLAUSIBLE_MPS.max ? mean : USUAL_MPS[vehicle]
}
