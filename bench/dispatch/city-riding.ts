import type { LatLon } from '@doorstep/shared/domain'
import type { Task } from '../../server/src/simulation/index.ts'
import type { Town } from './city-town.ts'
import { placeOnWay, type Way } from './city-ways.ts'

/** A ride to begin: by what name, whether to a stop or back, after how long, how long it takes, and what comes then. */
export interface Leg {
  way: Way
  key: string
  isToStop: boolean
  metres: number
  afterMs: number
  durationMs: number
  arrived(): void
}

/** Somebody on the street: stands, or rides a leg. */
export interface Body {
  place(): LatLon
  /** The leg ridden now, by name. */
  leg(): Pick<Leg, 'key' | 'isToStop'> | null
  ride(leg: Leg): void
  /** Stays where it is; what was ridden counts. */
  halt(): void
  /** Kilometres ridden so far. */
  km(): { toStops: number; back: number }
}

/** Puts somebody on the street. */
export function createBody({ schedule, nowMs }: Town, start: LatLon): Body {
  let place = start
  let riding: { leg: Leg; startsMs: number; arrival: Task } | null = null
  const km = { toStops: 0, back: 0 }

  const shareOf = ({ leg, startsMs }: { leg: Leg; startsMs: number }) =>
    leg.durationMs > 0 ? Math.min(1, Math.max(0, (nowMs() - startsMs) / leg.durationMs)) : 1
  const end = (share: number) => {
    if (!riding) return
    const { leg, arrival } = riding
    arrival.isCancelled = true
    place = placeOnWay(leg.way, share)
    km[leg.isToStop ? 'toStops' : 'back'] += (leg.metres * share) / 1000
    riding = null
  }
  const halt = () => riding && end(shareOf(riding))
  return {
    place: () => (riding ? placeOnWay(riding.leg.way, shareOf(riding)) : place),
    leg: () => riding?.leg ?? null,
    halt,
    km: () => ({ ...km }),
    ride(leg) {
      halt()
      const startsMs = nowMs() + leg.afterMs
      const arrival = schedule(startsMs + leg.durationMs, () => {
        end(1)
        leg.arrived()
      })
      riding = { leg, startsMs, arrival }
    },
  }
}
