import type { LatLon, Vehicle } from '@doorstep/shared/domain'
import { decodePolyline } from './polyline.ts'
import type { Maneuver, Route, RoutingError } from './router.ts'

/** The part of OSRM's answer that is read (route service, v1). */
export interface OsrmAnswer {
  code: string
  message?: string
  routes?: { duration: number; distance: number; geometry: string; legs: OsrmLeg[] }[]
}

interface OsrmLeg {
  duration: number
  distance: number
  steps?: { name: string; duration: number; distance: number; maneuver: { type: string; modifier?: string }; geometry: string }[]
}

/** Path and query of OSRM's route service. Its server holds one profile and ignores the name, so run it for your fleet. */
export function osrmPath(vehicle: Vehicle, places: readonly LatLon[], maneuvers: boolean): string {
  const profile = vehicle === 'bicycle' ? 'cycling' : 'driving'
  const points = places.map((p) => `${p.lon.toFixed(6)},${p.lat.toFixed(6)}`).join(';')
  return `/route/v1/${profile}/${points}?overview=full&geometries=polyline6&steps=${maneuvers}`
}

/** Reads OSRM's answer into a route, or says why there is none. */
export function routeFromOsrm(answer: OsrmAnswer): Route | RoutingError {
  const found = answer.routes?.[0]
  if (answer.code !== 'Ok' || !found) {
    const noWay = answer.code === 'NoRoute' || answer.code === 'NoSegment'
    return { kind: noWay ? 'no_route' : 'unavailable', message: answer.message ?? answer.code }
  }
  return {
    source: 'osrm_http',
    durationS: found.duration,
    distanceM: found.distance,
    legs: found.legs.map((leg) => ({ durationS: leg.duration, distanceM: leg.distance })),
    geometry: decodePolyline(found.geometry, 6),
    maneuvers: maneuversOf(found.legs),
  }
}

/** OSRM leaves the wording to its client: type, modifier and street name, in that order. */
function maneuversOf(legs: readonly OsrmLeg[]): Maneuver[] {
  const maneuvers: Maneuver[] = []
  let beginIndex = 0
  for (const step of legs.flatMap((leg) => leg.steps ?? [])) {
    const words = [step.maneuver.type, step.maneuver.modifier, step.name && `onto ${step.name}`].filter(Boolean).join(' ')
    maneuvers.push({
      instruction: words.charAt(0).toUpperCase() + words.slice(1),
      type: null,
      streetNames: step.name ? [step.name] : [],
      distanceM: step.distance,
      durationS: step.duration,
      beginIndex,
    })
    beginIndex += Math.max(0, decodePolyline(step.geometry, 6).length - 1)
  }
  return maneuvers
}
