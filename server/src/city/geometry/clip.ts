import type { Bounds } from '@doorstep/shared/domain'
import type { Position, Ring } from './plane.ts'

/** The pieces of a line inside a box (Liang and Barsky 1984, segment by segment). */
export function clipLine(line: readonly Position[], bounds: Bounds): Position[][] {
  const pieces: Position[][] = []
  let piece: Position[] = []
  for (let i = 1; i < line.length; i++) {
    const inside = clipSegment(line[i - 1]!, line[i]!, bounds)
    if (inside === null) {
      if (piece.length > 1) pieces.push(piece)
      piece = []
      continue
    }
    const [from, to] = inside
    if (piece.length === 0) piece.push(from)
    piece.push(to)
    if (to !== line[i]) {
      pieces.push(piece)
      piece = []
    }
  }
  if (piece.length > 1) pieces.push(piece)
  return pieces
}

function clipSegment(from: Position, to: Position, [west, south, east, north]: Bounds): [Position, Position] | null {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  let enter = 0
  let leave = 1
  const edges = [
    [-dx, from[0] - west],
    [dx, east - from[0]],
    [-dy, from[1] - south],
    [dy, north - from[1]],
  ] as const
  for (const [p, q] of edges) {
    if (p === 0) {
      if (q < 0) return null
    } else if (p < 0) enter = Math.max(enter, q / p)
    else leave = Math.min(leave, q / p)
  }
  if (enter > leave) return null
  const at = (t: number): Position => [clamp(from[0] + t * dx, west, east), clamp(from[1] + t * dy, south, north)]
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)]
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

type Side = readonly [axis: 0 | 1, limit: number, keepsBelow: boolean]

/** The part of a ring inside a box (Sutherland and Hodgman 1974); empty where nothing is left. */
export function clipRing(ring: Ring, [west, south, east, north]: Bounds): Ring {
  if (ring.every(([x, y]) => x >= west && x <= east && y >= south && y <= north)) return ring
  const sides: Side[] = [
    [0, west, false],
    [0, east, true],
    [1, south, false],
    [1, north, true],
  ]
  let points = ring.slice(0, -1)
  for (const side of sides) points = cutAt(points, side)
  return points.length < 3 ? [] : [...points, points[0]!]
}

function cutAt(points: readonly Position[], [axis, limit, keepsBelow]: Side): Position[] {
  const keeps = (p: Position) => (keepsBelow ? p[axis] <= limit : p[axis] >= limit)
  const kept: Position[] = []
  points.forEach((point, i) => {
    const before = points.at(i - 1)!
    if (keeps(point) !== keeps(before)) {
      const t = (limit - before[axis]) / (point[axis] - before[axis])
      const other = before[1 - axis]! + t * (point[1 - axis]! - before[1 - axis]!)
      kept.push(axis === 0 ? [limit, other] : [other, limit])
    }
    if (keeps(point)) kept.push(point)
  })
  return kept
}
