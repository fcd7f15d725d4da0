import { distanceM, type LatLon } from '@doorstep/shared/domain'
import { type Line, measureLine, nearestAlong, partOf } from './line.ts'

/** A route that begins farther away than this is not about where the driver is now. */
const FARTHEST_START_M = 400
/** A route that passes its first stop farther away than this does not lead there. */
const FARTHEST_STOP_M = 400

/**
 * The way from where a driver is to the first stop of its route: on to the route at its nearest point, along it, and off
 * at the point nearest to the stop. Nothing when the route does not lead from here to there, since it is about to change.
 */
export function wayToStop(geometry: Line['points'], from: LatLon, stop: LatLon): Line | null {
  if (geometry.length < 2) return null
  const route = measureLine(geometry)
  const end = nearestAlong(route, stop)
  const start = nearestAlong(route, from, end.metres)
  if (end.offM > FARTHEST_STOP_M || start.offM > FARTHEST_START_M) return null
  const begin: readonly [number, number] = [from.lon, from.lat]
  return measureLine([begin, ...partOf(route, Math.min(start.metres, end.metres), end.metres)])
}

/** The straight way, for when nobody knows a better one. */
export const straightWay = (from: LatLon, to: LatLon): Line =>
  measureLine([
    [from.lon, from.lat],
    [to.lon, to.lat],
  ])

/** Back the way one came, the given share of it. */
export function wayBack(line: Line, share: number): Line {
  return measureLine([...partOf(line, line.lengthM * (1 - share), line.lengthM)].reverse())
}

/** Whether two places are as good as the same for somebody who stops there. */
export const isThere = (place: LatLon, stop: LatLon): boolean => distanceM(place, stop) < 30
