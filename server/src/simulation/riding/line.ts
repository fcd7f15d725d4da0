import { bearingDeg, distanceM, type LatLon } from '@doorstep/shared/domain'

/** A way to ride: its points as [lon, lat], and how far along it each of them lies, in metres. */
export interface Line {
  points: readonly (readonly [lon: number, lat: number])[]
  alongM: Float64Array
  lengthM: number
}

const placeOf = ([lon, lat]: readonly [number, number]): LatLon => ({ lat, lon })

/** Measures a line. */
export function measureLine(points: Line['points']): Line {
  const alongM = new Float64Array(points.length)
  for (let i = 1; i < points.length; i++) alongM[i] = alongM[i - 1]! + distanceM(placeOf(points[i - 1]!), placeOf(points[i]!))
  return { points, alongM, lengthM: alongM[points.length - 1] ?? 0 }
}

/** Where one is after so many metres, and which way one looks; before its start and beyond its end one stands there. */
export function placeAlong(line: Line, metres: number): { place: LatLon; courseDeg: number } {
  const { points, alongM } = line
  let next = 1
  while (next < points.length - 1 && alongM[next]! < metres) next++
  const a = placeOf(points[next - 1] ?? points[0]!)
  const b = placeOf(points[next] ?? points[0]!)
  const segmentM = (alongM[next] ?? 0) - (alongM[next - 1] ?? 0)
  const share = segmentM > 0 ? Math.min(1, Math.max(0, (metres - alongM[next - 1]!) / segmentM)) : 1
  return {
    place: { lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share },
    courseDeg: bearingDeg(a, b),
  }
}

/** A point of a line: how far along, and how far away from what was asked about. */
export interface OnLine {
  metres: number
  offM: number
}

/** Of points nearly as near as the nearest, the first along the way is meant: a way may come by twice. */
const NEARLY_M = 8

/** The point of a line nearest to a place, up to `untilM` along it. */
export function nearestAlong(line: Line, place: LatLon, untilM = Number.POSITIVE_INFINITY): OnLine {
  const found: OnLine[] = []
  for (let i = 1; i < line.points.length && line.alongM[i - 1]! <= untilM; i++) {
    found.push(nearestOfSegment(line, i, place))
  }
  const offM = Math.min(...found.map((one) => one.offM))
  const first = found.find((one) => one.offM <= offM + NEARLY_M)
  return first ?? { metres: 0, offM: line.points[0] ? distanceM(placeOf(line.points[0]), place) : Number.POSITIVE_INFINITY }
}

function nearestOfSegment(line: Line, i: number, place: LatLon): OnLine {
  const [ax, ay] = line.points[i - 1]!
  const [bx, by] = line.points[i]!
  const squeeze = Math.cos((place.lat * Math.PI) / 180)
  const [dx, dy] = [(bx - ax) * squeeze, by - ay]
  const long = dx * dx + dy * dy
  const share = long > 0 ? Math.min(1, Math.max(0, ((place.lon - ax) * squeeze * dx + (place.lat - ay) * dy) / long)) : 0
  const at = { lat: ay + (by - ay) * share, lon: ax + (bx - ax) * share }
  const [fromM, toM] = [line.alongM[i - 1]!, line.alongM[i]!]
  return { metres: fromM + (toM - fromM) * share, offM: distanceM(at, place) }
}

/** The part of a line between two distances along it. */
export function partOf(line: Line, fromM: number, untilM: number): Line['points'] {
  const toPoint = (metres: number): readonly [number, number] => {
    const { place } = placeAlong(line, metres)
    return [place.lon, place.lat]
  }
  const between = line.points.filter((_, i) => line.alongM[i]! > fromM && line.alongM[i]! < untilM)
  return [toPoint(fromM), ...between, toPoint(untilM)]
}
