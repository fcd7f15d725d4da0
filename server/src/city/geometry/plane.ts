import type { Bounds, LatLon } from '@doorstep/shared/domain'

/** A place as GeoJSON writes it, degrees. */
export type Position = [lon: number, lat: number]
/** A ring whose first and last positions are equal. */
export type Ring = Position[]
/** An outer ring and its holes. */
export type Polygon = Ring[]

/** Metres in a degree of latitude (mean earth radius). */
export const METRES_PER_DEGREE = 111_195

/** Metres in a degree of longitude at a latitude. */
export const metresPerLon = (lat: number): number => METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)

/** Twice the signed area in square degrees: positive where the ring runs counter-clockwise. */
export function turn(ring: readonly Position[]): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!
    const [x1, y1] = ring[i]!
    sum += x0 * y1 - x1 * y0
  }
  return sum
}

/** A ring's area in square metres, good for a city's extent. */
export function areaM2(ring: readonly Position[]): number {
  const first = ring[0]
  if (!first) return 0
  // Relative to the first corner: absolute degrees would lose the small areas in rounding.
  const local = ring.map(([lon, lat]): Position => [lon - first[0], lat - first[1]])
  return (Math.abs(turn(local)) / 2) * METRES_PER_DEGREE * metresPerLon(first[1])
}

/** The middle of a ring's area; of its corners where it has no area. */
export function centroid(ring: readonly Position[]): Position {
  const [ox, oy] = ring[0]!
  let area = 0
  let x = 0
  let y = 0
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = [ring[i - 1]![0] - ox, ring[i - 1]![1] - oy]
    const [x1, y1] = [ring[i]![0] - ox, ring[i]![1] - oy]
    const cross = x0 * y1 - x1 * y0
    area += cross
    x += (x0 + x1) * cross
    y += (y0 + y1) * cross
  }
  if (Math.abs(area) > 1e-14) return [ox + x / (3 * area), oy + y / (3 * area)]
  const mean = (axis: 0 | 1) => ring.reduce((sum, p) => sum + p[axis], 0) / ring.length
  return [mean(0), mean(1)]
}

/** Whether a position lies inside a ring (even-odd rule). */
export function ringContains(ring: readonly Position[], [x, y]: Position): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!
    const [xj, yj] = ring[j]!
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** Whether a place lies in a box, its edge included. */
export const inBounds = ([west, south, east, north]: Bounds, { lat, lon }: LatLon): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north

/** A box as a ring, counter-clockwise from the south-west. */
export const boundsRing = ([west, south, east, north]: Bounds): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]

/** Length of a line in metres, good for a city's extent. */
export function lengthM(line: readonly Position[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) {
    const [x0, y0] = line[i - 1]!
    const [x1, y1] = line[i]!
    sum += Math.hypot((x1 - x0) * metresPerLon(y0), (y1 - y0) * METRES_PER_DEGREE)
  }
  return sum
}
