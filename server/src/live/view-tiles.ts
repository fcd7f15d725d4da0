import type { Bounds } from '@doorstep/shared/domain'

/** Maps are cut into the tiles of the Web Mercator world: 2^level by 2^level of them. */
const DEEPEST_LEVEL = 16

/** The tiles that cover a view: all of one level, at most three or four along each side. */
export interface TileCover {
  level: number
  keys: number[]
  /** What the tiles cover together: at least the view. */
  bounds: Bounds
}

/** World coordinates of a place, 0 to 1 from west to east and from north to south. */
export const worldX = (lon: number) => Math.min(1 - 1e-9, Math.max(0, (lon + 180) / 360))
export const worldY = (lat: number) => {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180)
  return Math.min(1 - 1e-9, Math.max(0, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)))
}
const latOf = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI

/** The number of the tile that a world coordinate is in, at a level. */
export const tileKey = (level: number, x: number, y: number) =>
  Math.floor(y * 2 ** level) * 2 ** level + Math.floor(x * 2 ** level)

/** Covers a view with tiles about half its size, so that consoles with much the same view share frames. */
export function coverView(bounds: Bounds): TileCover {
  const [west, south, east, north] = bounds
  const x0 = worldX(west)
  const x1 = west <= east ? worldX(east) : 1 - 1e-9
  const y0 = worldY(north)
  const y1 = worldY(south)
  const size = Math.max(x1 - x0, y1 - y0, 2 ** -DEEPEST_LEVEL)
  const level = Math.min(DEEPEST_LEVEL, Math.max(0, Math.floor(-Math.log2(size)) + 1))
  const n = 2 ** level
  const [left, right, top, bottom] = [x0, x1, y0, y1].map((c) => Math.floor(c * n)) as [number, number, number, number]
  const keys: number[] = []
  for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) keys.push(y * n + x)
  return {
    level,
    keys,
    bounds: [(left / n) * 360 - 180, latOf((bottom + 1) / n), ((right + 1) / n) * 360 - 180, latOf(top / n)],
  }
}
