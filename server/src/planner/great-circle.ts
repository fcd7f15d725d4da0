import { distanceM, type LatLon } from '@doorstep/shared/domain'
import type { Place } from './types.ts'

/** The radius that `distanceM` uses. */
const EARTH_RADIUS_KM = distanceM({ lat: 0, lon: 0 }, { lat: 0, lon: 180 }) / Math.PI / 1000
const RAD = Math.PI / 180

/**
 * Kilometres between places as `distanceM` has them, for many questions about the same places: each becomes a point of
 * the unit sphere once, and a distance is then a root and an arc sine.
 */
export function greatCircleKm(places: readonly LatLon[]): (from: Place, to: Place) => number {
  const x = new Float64Array(places.length)
  const y = new Float64Array(places.length)
  const z = new Float64Array(places.length)
  for (const [i, { lat, lon }] of places.entries()) {
    const ring = Math.cos(lat * RAD)
    x[i] = ring * Math.cos(lon * RAD)
    y[i] = ring * Math.sin(lon * RAD)
    z[i] = Math.sin(lat * RAD)
  }
  return (from, to) => {
    const dx = x[from]! - x[to]!
    const dy = y[from]! - y[to]!
    const dz = z[from]! - z[to]!
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2))
  }
}
