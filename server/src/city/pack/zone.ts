import type { Bounds, LatLon, PolygonRings } from '@doorstep/shared/domain'
import type { Position } from '../geometry/plane.ts'

/** What the service area keeps from the edge of the data, as a share of its size: streets end raggedly there. */
const INSET = 0.012
/** How far beyond the outermost door it reaches, as a share of the bounds' size. */
const MARGIN = 0.008

/**
 * The service area: the hull around every door and merchant, a little wider, and inside the bounds. A hull rather than
 * the bounds, so that open sea and fields are no addresses, and rather than something tighter, so that people understand it.
 */
export function zoneOf(places: readonly LatLon[], bounds: Bounds): PolygonRings {
  const [west, south, east, north] = bounds
  const [width, height] = [east - west, north - south]
  const keep = (value: number, low: number, high: number, inset: number) => Math.min(high - inset, Math.max(low + inset, value))
  const spread = places.flatMap(({ lat, lon }) =>
    CORNERS.map(
      ([x, y]): Position => [
        keep(lon + x * MARGIN * width, west, east, INSET * width),
        keep(lat + y * MARGIN * height, south, north, INSET * height),
      ],
    ),
  )
  const hull = convexHull(spread)
  return [[...hull, hull[0]!].map(([lon, lat]) => [round(lon), round(lat)] as [number, number])]
}

const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Monotone chain (Andrew 1979), counter-clockwise, without the first corner repeated. */
function convexHull(points: readonly Position[]): Position[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: readonly Position[]) => {
    const chain: Position[] = []
    for (const point of ordered) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2)!, chain.at(-1)!, point)) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

const turnsLeft = (a: Position, b: Position, c: Position) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0

/** The middle of the places: half of them lie on either side, both ways. */
export function middleOf(places: readonly LatLon[]): LatLon {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
  return { lat: round(median(places.map((p) => p.lat))), lon: round(median(places.map((p) => p.lon))) }
}
