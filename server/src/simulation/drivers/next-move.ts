import type { Stop } from '@doorstep/shared/contract'
import type { Rng } from '@doorstep/shared/domain'
import { between } from '../chance.ts'

/** What a driver does next: nothing, ride to the first stop, or press a button after a while. */
export type Move =
  | { do: 'idle' }
  | { do: 'ride' }
  | { do: 'arrive_at_merchant' | 'pick_up' | 'depart' | 'arrive_at_customer' | 'deliver'; afterMs: number }

/** What counts of a stop for what its driver does next. */
export type StopAhead = Pick<Stop, 'kind' | 'arrivedAtMs' | 'isReady' | 'readyAtMs'>

/** What is known beyond the stop itself. */
export interface StopSituation {
  /** The ride to it is over. */
  isThere: boolean
  /** Drops: the ride to it has begun. */
  hasDeparted: boolean
  nowMs: number
}

const MINUTE_MS = 60_000
/** What a kitchen never called ready is asked for after this long beyond its word. */
const ASKS_AFTER_MS = 10 * MINUTE_MS

/** Decides by the first stop of the route and by where the driver is: at a merchant food is waited for, at a door handed over. */
export function nextMove(stop: StopAhead | undefined, { isThere, hasDeparted, nowMs }: StopSituation, rng: Rng): Move {
  if (!stop) return { do: 'idle' }
  if (stop.kind === 'pickup') {
    if (stop.arrivedAtMs === null)
      return isThere ? { do: 'arrive_at_merchant', afterMs: between(rng, 5_000, 25_000) } : { do: 'ride' }
    if (stop.isReady) return { do: 'pick_up', afterMs: between(rng, 25_000, 80_000) }
    const wordMs = Math.max(stop.readyAtMs ?? 0, stop.arrivedAtMs)
    return { do: 'pick_up', afterMs: Math.max(0, wordMs - nowMs) + ASKS_AFTER_MS }
  }
  if (stop.arrivedAtMs !== null) return { do: 'deliver', afterMs: between(rng, 40_000, 130_000) }
  if (!hasDeparted) return { do: 'depart', afterMs: between(rng, 5_000, 20_000) }
  return isThere ? { do: 'arrive_at_customer', afterMs: between(rng, 5_000, 20_000) } : { do: 'ride' }
}
