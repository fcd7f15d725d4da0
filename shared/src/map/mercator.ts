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
  originX: number
  originY: number
  x(lon: number): number
  y(lat: number): number
}

/**
 * Within half a degree of the origin `y` is the Taylor series of Mercator to the fourth order (error under a
 * millimetre), ten times cheaper than its logarithm and tangent; further away it is exact.
 */
export function localMercator(origin: LatLon): LocalMercator {
  const phi = origin.lat * RAD
  const originX = mercatorX(origin.lon)
  const originY = mercatorY(origin.lat)
  const sec = 1 / Math.cos(phi)
  const tan = Math.tan(phi)
  const scale = -1 / (2 * Math.PI)
  const c1 = scale * sec
  const c2 = (scale * sec * tan) / 2
  const c3 = (scale * sec * (1 + 2 * tan * tan)) / 6
  const c4 = (scale * sec * tan * (5 + 6 * tan * tan)) / 24
  return {
    originX,
    originY,
    x: (lon) => (lon - origin.lon) / 360,
    y(lat) {
      const d = (lat - origin.lat) * RAD
      if (d > 0.0088 || d < -0.0088) return mercatorY(lat) - originY
      return d * (c1 + d * (c2 + d * (c3 + d * c4)))
    },
  }
}
