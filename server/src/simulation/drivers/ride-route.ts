import type { DriverRoute, Stop } from '@doorstep/shared/contract'
import type { Rng, Vehicle } from '@doorstep/shared/domain'
import type { Intent } from '../intent.ts'
import type { Rider } from '../riding/rider.ts'
import { isThere, straightWay, wayBack, wayToStop } from '../riding/way-to-stop.ts'
import { driftBack, paceOfLeg, speedOfRoute } from './pace.ts'

/** The rides of a driver: to the first stop of its route, and when there is none, back to where there is something to do. */
export interface RouteRider {
  isAt(stop: Stop): boolean
  /** Rides there, unless it is on its way already. */
  rideTo(stop: Stop, route: DriverRoute, vehicle: Vehicle): void
  /** Stands still. */
  halt(): void
  /** Nothing to do: perhaps rides back towards the merchants. */
  idle(): void
  forget(): void
}

/** How long to wait for the route to a new stop before asking for it, and how often before riding straight there. */
const ROUTE_WAIT_MS = 4_000
const ROUTE_ASKED_TIMES = 6

/** What the driver is doing: under way to a stop, at it, on the way back, or nothing of that. */
type Doing = { kind: 'nothing' | 'drifting' } | { kind: 'riding' | 'there'; key: string; isDrop: boolean }

const keyOf = (stop: Stop) => `${stop.orderId} ${stop.kind}`

/** Makes a driver ride; `arrived` is called at the end of each leg, `askRoute` when the route to a stop does not come. */
export function createRouteRider(
  deps: { rider: Rider; rng: Rng; intent: Intent },
  arrived: () => void,
  askRoute: () => void,
): RouteRider {
  const { rider, rng, intent } = deps
  let doing: Doing = { kind: 'nothing' }
  let asked = { key: '', times: 0 }

  const isFor = (kind: 'riding' | 'there', stop: Stop) => doing.kind === kind && 'key' in doing && doing.key === keyOf(stop)
  const findWay = (stop: Stop, route: DriverRoute) => {
    const from = rider.place()!
    const isHopeless = asked.key === keyOf(stop) && asked.times >= ROUTE_ASKED_TIMES
    return wayToStop(route.geometry, from, stop.place) ?? (isHopeless ? straightWay(from, stop.place) : null)
  }
  const waitForRoute = (stop: Stop) => {
    const key = keyOf(stop)
    if (asked.key !== key) asked = { key, times: 0 }
    intent.want(`route to ${key} ${asked.times}`, ROUTE_WAIT_MS, () => {
      asked.times++
      askRoute()
    })
  }
  const halt = () => {
    rider.halt()
    if (doing.kind === 'riding' || doing.kind === 'drifting') doing = { kind: 'nothing' }
  }

  return {
    isAt: (stop) => isFor('there', stop) || isThere(rider.place()!, stop.place),
    rideTo(stop, route, vehicle) {
      if (isFor('riding', stop)) return
      const line = findWay(stop, route)
      if (!line) return waitForRoute(stop)
      intent.drop()
      const pace = paceOfLeg(rng)
      const leg = { key: keyOf(stop), isDrop: stop.kind === 'drop' }
      doing = { kind: 'riding', ...leg }
      rider.ride(line, speedOfRoute(route, vehicle) * pace.factor, pace.dawdleMs, () => {
        doing = { kind: 'there', ...leg }
        arrived()
      })
    },
    halt,
    idle() {
      const last = rider.lastRide()
      const isAfterDrop = doing.kind === 'there' && 'isDrop' in doing && doing.isDrop
      if (doing.kind === 'riding') halt()
      if (doing.kind !== 'there') return doing.kind === 'drifting' ? undefined : intent.drop()
      doing = { kind: 'nothing' }
      const drift = last && isAfterDrop ? driftBack(rng) : null
      if (!last || !drift) return intent.drop()
      const line = wayBack(last.line, drift.share)
      intent.want('drift back', drift.afterMs, () => {
        doing = { kind: 'drifting' }
        rider.ride(line, last.speedMps * drift.speedFactor, 0, () => {
          doing = { kind: 'nothing' }
        })
      })
    },
    forget() {
      doing = { kind: 'nothing' }
      rider.forget()
    },
  }
}
