import { decodePolyline } from './polyline.ts'
import type { Maneuver, Route, RouteSource, RoutingError } from './router.ts'

/** The part of Valhalla's answer that is read (its `route` API, kilometres). */
export interface ValhallaAnswer {
  trip: { summary: { time: number; length: number }; legs: ValhallaLeg[] }
}

interface ValhallaLeg {
  summary: { time: number; length: number }
  shape: string
  maneuvers?: {
    type: number
    instruction?: string
    street_names?: string[]
    time: number
    length: number
    begin_shape_index: number
  }[]
}

/** Reads Valhalla's answer into a route. */
export function routeFromValhalla(answer: ValhallaAnswer, source: RouteSource, wantManeuvers: boolean): Route {
  const geometry: [number, number][] = []
  const maneuvers: Maneuver[] = []
  for (const leg of answer.trip.legs) {
    const start = geometry.length === 0 ? 0 : geometry.length - 1
    const line = decodePolyline(leg.shape, 6)
    for (let i = geometry.length === 0 ? 0 : 1; i < line.length; i++) geometry.push(line[i]!)
    for (const m of wantManeuvers ? (leg.maneuvers ?? []) : []) {
      maneuvers.push({
        instruction: m.instruction ?? '',
        type: m.type,
        streetNames: m.street_names ?? [],
        distanceM: m.length * 1000,
        durationS: m.time,
        beginIndex: start + m.begin_shape_index,
      })
    }
  }
  return {
    source,
    durationS: answer.trip.summary.time,
    distanceM: answer.trip.summary.length * 1000,
    legs: answer.trip.legs.map(({ summary }) => ({ durationS: summary.time, distanceM: summary.length * 1000 })),
    geometry,
    maneuvers,
  }
}

/** Sentences of Valhalla that mean there is no way, rather than that it failed (its error codes 154, 170, 171, 442, 443). */
const NO_WAY =
  /no suitable edges|no path could be found|exceeds the max distance|unconnected regions|locations are in unconnected/i

/** Tells a way that does not exist from an engine that failed, by Valhalla's own words. */
export function valhallaError(message: string): RoutingError {
  return { kind: NO_WAY.test(message) ? 'no_route' : 'unavailable', message }
}
