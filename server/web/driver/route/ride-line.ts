import type { LatLon } from '@doorstep/shared/domain'
import { lengthM, metresAt, placeAt, type RideLine } from '../ride/ride-along.ts'

/** The part of a route that is still ahead of a place, as [lon, lat] pairs. */
export function lineAhead(line: RideLine, from: LatLon | null): [number, number][] {
  const fromM = from ? metresAt(line, from) : 0
  const start = placeAt(line, fromM)
  if (!start) return []
  const rest = line.points.filter((_, index) => line.atM[index]! > fromM)
  return [start.place, ...rest].map(({ lon, lat }) => [lon, lat])
}

/** Metres along the route from a place to a stop, the whole of it where the place is not known. */
export function metresTo(line: RideLine, from: LatLon | null, stop: LatLon): number {
  return Math.max(0, Math.min(lengthM(line), metresAt(line, stop)) - (from ? metresAt(line, from) : 0))
}
