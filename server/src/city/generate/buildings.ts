import type { Rng } from '@doorstep/shared/domain'
import { spread } from './chance.ts'
import type { Fabric, Use } from './districts.ts'
import { runsOf } from './name-streets.ts'
import type { Edge, Network } from './network.ts'
import { gap, gapToSegment, type Point } from './plane.ts'
import { type SpatialGrid, spatialGrid } from './spatial-grid.ts'
import type { RoadClass } from './trace-streets.ts'

/** A building with its address; `ring` is open. `door` lies just inside the front. */
export type Building = {
  readonly ring: readonly Point[]
  readonly kind: string
  readonly street: string
  readonly number: number
  readonly door: Point
  readonly road: RoadClass
  readonly levels: number
}

/** Keeps buildings off each other, off the roads and off ground that is not theirs. */
export type Ground = {
  /** Takes the ground for a convex ring when nothing stands in the way. */
  claim(ring: readonly Point[], roadGapM: number): boolean
}

/** Half of the road with its pavements, metres. */
export const HALF_ROAD: Readonly<Record<RoadClass, number>> = {
  primary: 11,
  secondary: 9,
  tertiary: 7.5,
  unclassified: 6,
  residential: 5.5,
  pedestrian: 5,
  footway: 2,
}

function apart(p: readonly Point[], q: readonly Point[]): boolean {
  for (const ring of [p, q])
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]!
      const b = ring[(i + 1) % ring.length]!
      const nx = b[1] - a[1]
      const ny = a[0] - b[0]
      let pMin = Infinity
      let pMax = -Infinity
      let qMin = Infinity
      let qMax = -Infinity
      for (const v of p) {
        const d = v[0] * nx + v[1] * ny
        pMin = Math.min(pMin, d)
        pMax = Math.max(pMax, d)
      }
      for (const v of q) {
        const d = v[0] * nx + v[1] * ny
        qMin = Math.min(qMin, d)
        qMax = Math.max(qMax, d)
      }
      if (pMax < qMin || qMax < pMin) return true
    }
  return false
}

/** Ground on which roads already lie; `isFree` says what else is open to building. */
export function openGround(network: Network, isFree: (p: Point) => boolean): Ground {
  type Piece = { readonly a: Point; readonly b: Point; readonly half: number }
  const roads: SpatialGrid<Piece> = spatialGrid(40)
  for (const edge of network.edges)
    for (let i = 1; i < edge.points.length; i++) {
      const piece: Piece = { a: edge.points[i - 1]!, b: edge.points[i]!, half: HALF_ROAD[edge.kind] }
      roads.addSegment(piece.a, piece.b, 14, piece)
    }
  const built: SpatialGrid<readonly Point[]> = spatialGrid(30)
  const offRoad = (p: Point, extra: number): boolean => {
    let ok = true
    roads.each(p, 0, (r) => {
      if (ok && gapToSegment(p, r.a, r.b) < r.half + extra - 0.6) ok = false
    })
    return ok
  }
  return {
    claim: (ring, extra) => {
      for (let i = 0; i < ring.length; i++) {
        const a = ring[i]!
        const b = ring[(i + 1) % ring.length]!
        const n = Math.max(1, Math.ceil(gap(a, b) / 9))
        for (let k = 0; k < n; k++) {
          const p: Point = [a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n]
          if (!isFree(p) || !offRoad(p, extra)) return false
        }
      }
      let clear = true
      const see = (other: readonly Point[]): void => {
        if (clear && !apart(ring, other)) clear = false
      }
      for (const p of ring) built.each(p, 0, see)
      if (!clear) return false
      for (let i = 0; i < ring.length; i++) built.addSegment(ring[i]!, ring[(i + 1) % ring.length]!, 0, ring)
      return true
    },
  }
}

type Plot = {
  readonly width: number
  readonly depth: number
  readonly setback: number
  readonly after: number
  readonly kind: string
  readonly levels: number
}

/** The next plot along a street of this fabric. */
function nextPlot(rng: Rng, fabric: Fabric, inRow: number): Plot {
  switch (fabric) {
    case 'core':
      return {
        width: spread(rng, 6, 12),
        depth: spread(rng, 9, 13),
        setback: 0,
        after: rng() < 0.05 ? 4 : 0.05,
        kind: 'apartments',
        levels: 3,
      }
    case 'apartments':
      return {
        width: spread(rng, 12, 24),
        depth: spread(rng, 12, 15),
        setback: 1,
        after: rng() < 0.1 ? spread(rng, 4, 9) : 0.05,
        kind: 'apartments',
        levels: 5,
      }
    case 'terrace':
      return {
        width: spread(rng, 7, 11),
        depth: spread(rng, 9.5, 13),
        setback: 1.5,
        after: inRow % 9 === 8 ? spread(rng, 3, 8) : 0.05,
        kind: 'terrace',
        levels: 3,
      }
    case 'row':
      return {
        width: spread(rng, 7.5, 9.5),
        depth: spread(rng, 9, 11),
        setback: 4,
        after: inRow % 5 === 4 ? spread(rng, 4, 8) : 0.05,
        kind: 'terrace',
        levels: 2,
      }
    case 'estate':
      return {
        width: spread(rng, 34, 58),
        depth: spread(rng, 13, 16),
        setback: spread(rng, 8, 12),
        after: spread(rng, 16, 30),
        kind: 'apartments',
        levels: 8,
      }
    default:
      return {
        width: spread(rng, 9, 15),
        depth: spread(rng, 8.5, 12),
        setback: spread(rng, 4, 9),
        after: spread(rng, 4, 13),
        kind: rng() < 0.7 ? 'house' : 'detached',
        levels: 2,
      }
  }
}

function outline(rng: Rng, at: (s: number, t: number) => Point, w: number, from: number, depth: number): Point[] {
  const to = from + depth
  if (w < 8 || rng() < 0.62) return [at(0, from), at(w, from), at(w, to), at(0, to)]
  const cut = w * spread(rng, 0.38, 0.6)
  const back = from + depth * spread(rng, 0.5, 0.72)
  return rng() < 0.5
    ? [at(0, from), at(w, from), at(w, to), at(cut, to), at(cut, back), at(0, back)]
    : [at(0, from), at(w, from), at(w, back), at(cut, back), at(cut, to), at(0, to)]
}

/** What is built at a place: undefined where nothing is. */
export type SettingAt = (p: Point) => { readonly fabric: Fabric; readonly use: Use; readonly fill: number } | undefined

/** Lines every named street with buildings, numbered odd and even as one walks along it. */
export function lineStreets(rng: Rng, network: Network, ground: Ground, settingAt: SettingAt): Building[] {
  const buildings: Building[] = []
  const last = new Map<string, number>()
  for (const [, run] of [...runsOf(network)].sort((x, y) => x[0] - y[0]))
    for (const edge of run) {
      if (!edge.name || edge.ref || edge.roundabout) continue
      for (const side of [1, -1] as const) {
        const key = `${edge.name}${side}`
        let number = last.get(key) ?? (side > 0 ? -1 : 0)
        number = lineSide(rng, edge, side, number, ground, settingAt, buildings)
        last.set(key, number)
      }
    }
  return buildings
}

function lineSide(
  rng: Rng,
  edge: Edge,
  side: 1 | -1,
  number: number,
  ground: Ground,
  settingAt: SettingAt,
  out: Building[],
): number {
  let carry = HALF_ROAD.residential
  let inRow = 0
  let count = number
  for (let i = 1; i < edge.points.length; i++) {
    const a = edge.points[i - 1]!
    const b = edge.points[i]!
    const l = gap(a, b)
    const [ux, uy] = [(b[0] - a[0]) / l, (b[1] - a[1]) / l]
    let pos = carry
    for (let guard = 0; pos < l && guard < 400; guard++) {
      const off = HALF_ROAD[edge.kind]
      const at = (s: number, t: number): Point => [a[0] + ux * (pos + s) - uy * side * t, a[1] + uy * (pos + s) + ux * side * t]
      const setting = settingAt(at(4, off + 12))
      if (!setting || setting.use !== 'homes' || rng() > setting.fill) {
        pos += setting ? 9 : 20
        continue
      }
      const plot = nextPlot(rng, setting.fabric, inRow++)
      if (pos + plot.width > l + (i === edge.points.length - 1 ? -4 : 5)) break
      const front = off + plot.setback
      const hull = [at(0, front), at(plot.width, front), at(plot.width, front + plot.depth), at(0, front + plot.depth)]
      if (!ground.claim(hull, 0)) {
        pos += 4
        continue
      }
      count += 2
      out.push({
        ring: outline(rng, at, plot.width, front, plot.depth),
        kind: plot.kind,
        street: edge.name!,
        number: count,
        door: at(plot.width / 2, front + 2),
        road: edge.kind,
        levels: plot.levels,
      })
      pos += plot.width + plot.after
    }
    carry = Math.max(0.3, pos - l)
  }
  return count
}
