import type { LatLon } from '../domain/index.ts'

const RAD = Math.PI / 180

/** Web Mercator x from 0 (180° west) to 1. */
export const mercatorX = (lon: number) => (lon + 180) / 360

/** Web Mercator y from 0 (85.05° north) to 1. */
export const mercatorY = (lat: number) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * RAD) / 2)) / (2 * Math.PI)

/** Metres on the ground for one unit of Mercator at a latitude. */
export const metresPerUnit = (lat: number) => 40_075_016.686 * Math.cos(lat * RAD)

/** Turns degrees into Mercator offsets from a place, small enough to keep millimetres in 32-bit floats. */
export interface LocalMercator {
  origin: LatLon
  originX: number
  originY: number
  /** Taylor coefficients of y by radians from the origin's latitude, first to fourth order. */
  series: readonly [number, number, number, number]
}

/** Mercator around a place. */
export function localMercator(origin: LatLon): LocalMercator {
  const phi = origin.lat * RAD
  const sec = 1 / Math.cos(phi)
  const tan = Math.tan(phi)
  const scale = -1 / (2 * Math.PI)
  return {
    origin,
    originX: mercatorX(origin.lon),
    originY: mercatorY(origin.lat),
    series: [
      scale * sec,
      (scale * sec * tan) / 2,
      (scale * sec * (1 + 2 * tan * tan)) / 6,
      (scale * sec * tan * (5 + 6 * tan * tan)) / 24,
    ],
  }
}

/** Offset east of the origin. */
export const offsetX = (local: LocalMercator, lon: number) => (lon - local.origin.lon) / 360

/**
 * Offset south of the origin. Within half a degree it is the Taylor series of Mercator (error under a millimetre), ten
 * times cheaper than its logarithm and tangent; further away it is exact.
 */
export function offsetY(local: LocalMercator, lat: number): number {
  const d = (lat - local.origin.lat) * RAD
  if (d > 0.0088 || d < -0.0088) return mercatorY(lat) - local.originY
  const c = local.series
  return d * (c[0] + d * (c[1] + d * (c[2] + d * c[3])))
}
