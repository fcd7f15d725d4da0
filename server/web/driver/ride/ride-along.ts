import { bearingDeg, distanceM, type LatLon } from '@doorstep/shared/domain'

/** A route's line with the metres from its start to each point. */
export interface RideLine {
  points: readonly LatLon[]
  /** Same length as `points`, beginning with 0. */
  atM: readonly number[]
}

/** Measures a line of [lon, lat] pairs. */
export function rideLine(geometry: readonly (readonly [number, number])[]): RideLine {
  const points = geometry.map(([lon, lat]) => ({ lat, lon }))
  const atM: number[] = []
  for (const [index, point] of points.entries()) {
    const before = points[index - 1]
    atM.push(before ? atM[index - 1]! + distanceM(before, point) : 0)
  }
  return { points, atM }
}

export const lengthM = (line: RideLine): number => line.atM.at(-1) ?? 0

/** Where a line is after so many metres, and which way it goes there; undefined for an empty line. */
export function placeAt(line: RideLine, metres: number): { place: LatLon; courseDeg: number } | undefined {
  const { points, atM } = line
  if (points.length === 0) return undefined
  const last = points.length - 1
  const found = atM.findIndex((at) => at > metres)
  const index = found === -1 ? last : Math.max(1, found)
  const to = points[index]!
  const from = points[index - 1] ?? to
  const spanM = atM[index]! - (atM[index - 1] ?? 0)
  const share = spanM > 0 ? Math.min(1, Math.max(0, (metres - (atM[index - 1] ?? 0)) / spanM)) : 1
  const place = { lat: from.lat + (to.lat - from.lat) * share, lon: from.lon + (to.lon - from.lon) * share }
  return { place, courseDeg: from === to ? 0 : bearingDeg(from, to) }
}

/** So near to the line counts as on it. */
const ON_LINE_M = 60

/**
 * The metres at which a line first comes by a place: the nearest point of its first passage within reach, so that a
 * street ridden twice is not skipped; the nearest point of all where it never comes that near.
 */
export function metresAt(line: RideLine, place: LatLon): number {
  let best = { metres: 0, awayM: Number.POSITIVE_INFINITY }
  for (const [index, from] of line.points.entries()) {
    const found = nearestOnPiece(from, line.points[index + 1] ?? from, place)
    const spanM = (line.atM[index + 1] ?? line.atM[index]!) - line.atM[index]!
    if (found.awayM < best.awayM) best = { metres: line.atM[index]! + found.share * spanM, awayM: found.awayM }
    else if (best.awayM < ON_LINE_M && found.awayM > 2 * ON_LINE_M) break
  }
  return best.metres
}

function nearestOnPiece(from: LatLon, to: LatLon, place: LatLon): { share: number; awayM: number } {
  const shrink = Math.cos((from.lat * Math.PI) / 180)
  const dx = (to.lon - from.lon) * shrink
  const dy = to.lat - from.lat
  const px = (place.lon - from.lon) * shrink
  const py = place.lat - from.lat
  const lengthSquared = dx * dx + dy * dy
  const share = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared))
  const nearest = { lat: from.lat + dy * share, lon: from.lon + (to.lon - from.lon) * share }
  return { share, awayM: distanceM(nearest, place) }
}

/** A plausible speed on a route: its own mean, kept between a slow bicycle and a fast street. */
export function ridingSpeedMps(route: { distanceM: number; durationS: number }): number {
  const mean = route.durationS > 0 ? route.distanceM / route.durationS : 0
  return Math.min(16, Math.max(3.5, mean))
}

/** One step of a ride: where, which way, how fast, and whether the next stop is reached. */
export interface RideStep {
  place: LatLon
  courseDeg: number
  speedMps: number
  isThere: boolean
}

/** Nearer than this to the stop is at the stop. */
const THERE_M = 15

/** Rides from a place along the line towards the stop for some seconds; it waits at the stop. */
export function rideStep(line: RideLine, from: LatLon, stop: LatLon, speedMps: number, seconds: number): RideStep | undefined {
  const stopM = metresAt(line, stop)
  const fromM = Math.min(stopM, metresAt(line, from))
  const toM = Math.min(stopM, fromM + speedMps * seconds)
  const at = placeAt(line, toM)
  if (!at) return undefined
  const isThere = stopM - toM < THERE_M
  return { ...at, speedMps: isThere ? 0 : speedMps, isThere }
}
