import type { LatLon, Result, Vehicle } from '@doorstep/shared/domain'

/** What computed a route; `straight_line` says plainly that no road network was asked. */
export const ROUTE_SOURCES = ['valhalla', 'valhalla_http', 'osrm_http', 'straight_line'] as const
export type RouteSource = (typeof ROUTE_SOURCES)[number]

/** One instruction for a driver. */
export interface Maneuver {
  instruction: string
  /** Valhalla's maneuver type (1 to 43), null where the engine has none. */
  type: number | null
  streetNames: string[]
  distanceM: number
  durationS: number
  /** Where in `geometry` it begins. */
  beginIndex: number
}

/** Time and way between two consecutive places. */
export interface RouteLeg {
  durationS: number
  distanceM: number
}

/** A way along roads through places in their order. */
export interface Route {
  source: RouteSource
  durationS: number
  distanceM: number
  /** One per pair of consecutive places. */
  legs: RouteLeg[]
  /** The line to draw and to ride along, [lon, lat] in degrees. */
  geometry: [lon: number, lat: number][]
  /** Only when asked for, and empty where the engine has none. */
  maneuvers: Maneuver[]
}

/** What a caller may ask beyond the way itself. */
export interface RouteOptions {
  /** Turn-by-turn instructions, which cost some milliseconds; false by default. */
  maneuvers?: boolean
  /** Language of the instructions (BCP 47), `en-US` by default. */
  language?: string
}

/** `no_route`: places that roads do not join, or no road near one; `unavailable`: the engine did not answer; `invalid`: fewer than two places, too many, or a place off the earth. */
export type RoutingError = { kind: 'no_route' | 'unavailable' | 'invalid'; message: string }

/** Whatever can compute routes: Valhalla in process, an engine over HTTP, a straight line. */
export interface Router {
  route(vehicle: Vehicle, places: readonly LatLon[], options?: RouteOptions): Promise<Result<Route, RoutingError>>
  /** Ends threads and connections; routes asked for afterwards are `unavailable`. */
  close(): Promise<void>
}

/** The shape of a log that a router writes to (pino's). */
export interface RoutingLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Most places of one route: what Valhalla is configured to take. */
export const MAX_PLACES = 50

/** Why a list of places cannot be routed at all; null where it can. */
export function invalidPlaces(places: readonly LatLon[]): RoutingError | null {
  if (places.length < 2) return { kind: 'invalid', message: 'a route needs at least two places' }
  if (places.length > MAX_PLACES) return { kind: 'invalid', message: `a route takes at most ${MAX_PLACES} places` }
  const onEarth = places.every((p) => Math.abs(p.lat) <= 90 && Math.abs(p.lon) <= 180)
  return onEarth ? null : { kind: 'invalid', message: 'a place lies outside latitude -90 to 90, longitude -180 to 180' }
}
