import { between, crossing, gap, nearestShare, type Point } from './plane.ts'
import { spatialGrid } from './spatial-grid.ts'
import { RANK, type RoadClass, type Street } from './trace-streets.ts'

/** A stretch of street between two crossings; `points` includes both ends. */
export type Edge = {
  a: number
  b: number
  readonly street: number
  readonly order: number
  kind: RoadClass
  points: Point[]
  roundabout?: boolean
  name?: string
  ref?: string
  oneway?: boolean
}
/** Crossings and the stretches between them. */
export type Network = { readonly nodes: Point[]; edges: Edge[] }

/** Crossings nearer than this become one, metres. */
const SNAP_M = 12
const PLAIN_M = 14

type Segment = { readonly a: Point; readonly b: Point; readonly street: number; readonly index: number }

/** Works out where streets cross and cuts them there; greater roads keep their exact place. */
export function meetStreets(streets: readonly Street[]): Network {
  const cuts = findCuts(streets)
  const nodes: Point[] = []
  const near = spatialGrid<number>(SNAP_M * 2)
  const nodeAt = (p: Point): number => {
    let best = -1
    let nearest = SNAP_M
    near.each(p, SNAP_M, (n) => {
      const d = gap(nodes[n]!, p)
      if (d < nearest) {
        nearest = d
        best = n
      }
    })
    if (best >= 0) return best
    nodes.push(p)
    near.add(p, nodes.length - 1)
    return nodes.length - 1
  }
  const edges: Edge[] = []
  const order = streets.map((_, i) => i).sort((x, y) => RANK[streets[x]!.kind] - RANK[streets[y]!.kind] || x - y)
  for (const s of order) {
    const street = streets[s]!
    const at = [...new Set(cuts[s])].sort((x, y) => x - y)
    let last = -1
    let from = 0
    for (const t of at) {
      const n = nodeAt(pointAt(street.points, t))
      if (last >= 0 && n !== last) {
        const middle = street.points.slice(Math.floor(from) + 1, Math.ceil(t))
        const kept = middle.filter((p) => gap(p, nodes[n]!) > PLAIN_M && gap(p, nodes[last]!) > PLAIN_M)
        edges.push({ a: last, b: n, street: s, order: from, kind: street.kind, points: [nodes[last]!, ...kept, nodes[n]!] })
      }
      if (last < 0 || n !== last) from = t
      last = n
    }
  }
  return { nodes, edges }
}

function pointAt(points: readonly Point[], t: number): Point {
  const i = Math.min(points.length - 2, Math.floor(t))
  return between(points[i]!, points[i + 1]!, t - i)
}

function findCuts(streets: readonly Street[]): number[][] {
  const grid = spatialGrid<Segment>(80)
  const cuts = streets.map((s) => [0, s.points.length - 1])
  streets.forEach((s, street) => {
    for (let index = 0; index < s.points.length - 1; index++) {
      const mine: Segment = { a: s.points[index]!, b: s.points[index + 1]!, street, index }
      const seen = new Set<Segment>()
      grid.each(between(mine.a, mine.b, 0.5), gap(mine.a, mine.b) / 2, (other) => {
        if (other.street === street || seen.has(other)) return
        seen.add(other)
        const cut = crossing(mine.a, mine.b, other.a, other.b)
        if (!cut) return
        cuts[street]!.push(index + cut[0])
        cuts[other.street]!.push(other.index + cut[1])
      })
      grid.addSegment(mine.a, mine.b, 0, mine)
    }
  })
  streets.forEach((s, street) => {
    for (const end of [s.points[0]!, s.points[s.points.length - 1]!]) {
      grid.each(end, 10, (other) => {
        if (other.street === street) return
        const t = nearestShare(end, other.a, other.b)
        if (gap(end, between(other.a, other.b, t)) < 9) cuts[other.street]!.push(other.index + t)
      })
    }
  })
  return cuts
}
