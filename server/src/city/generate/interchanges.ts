import { carriageways, passingsOf } from './corridors.ts'
import { cutLine } from './draw-streets.ts'
import type { Edge, Network } from './network.ts'
import { between, gap, gapToSegment, lengthOf, nearestShare, type Point, pointAlong, step } from './plane.ts'
import type { Ramp } from './ramp.ts'
import type { Terrain } from './terrain.ts'
import { RANK } from './trace-streets.ts'

/** How far before and after the crossing road ramps leave and join, metres. */
const RAMP_M = 330
/** How far from the carriageway ramps meet the crossing road, metres. */
const TERMINAL_M = 85

function splitAt(network: Network, edge: Edge, along: number): number {
  const node = network.nodes.push(pointAlong(edge.points, along)) - 1
  network.edges.push({ ...edge, a: node, order: edge.order + 0.01, points: cutLine(edge.points, along, lengthOf(edge.points)) })
  edge.points = cutLine(edge.points, 0, along)
  edge.b = node
  return node
}

/** Metres along a line to the place nearest `p`. */
function distanceAlong(line: readonly Point[], p: Point): number {
  let best = Infinity
  let at = 0
  let along = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const d = gapToSegment(p, a, b)
    if (d < best) {
      best = d
      at = along + nearestShare(p, a, b) * gap(a, b)
    }
    along += gap(a, b)
  }
  return at
}

/** Makes a crossing on `street` at the terminal distance outside a carriageway; undefined where the road is not long enough. */
function terminalOn(network: Network, street: number, line: readonly Point[], s: number): number | undefined {
  const [a, b] = [pointAlong(line, s - 5), pointAlong(line, s + 5)]
  const outwards = Math.atan2(b[1] - a[1], b[0] - a[0]) - Math.PI / 2
  const wanted = step(pointAlong(line, s), outwards, TERMINAL_M)
  let best: { edge: Edge; along: number; far: number } | undefined
  for (const edge of network.edges) {
    if (edge.street !== street || edge.roundabout) continue
    const along = distanceAlong(edge.points, wanted)
    const far = gap(pointAlong(edge.points, along), wanted)
    if (!best || far < best.far) best = { edge, along, far }
  }
  if (!best || best.far > 70) return undefined
  if (best.along < 22) return best.edge.a
  if (best.along > lengthOf(best.edge.points) - 22) return best.edge.b
  return splitAt(network, best.edge, best.along)
}

function curve(a: Point, b: Point, c: Point): Point[] {
  return Array.from({ length: 13 }, (_, k) => between(between(a, b, k / 12), between(b, c, k / 12), k / 12))
}

/** Plans diamonds where great roads pass the motorway, two at most, and makes the crossings they need on those roads. */
export function planInterchanges(network: Network, terrain: Terrain): Ramp[] {
  const ramps: Ramp[] = []
  const lines = carriageways(terrain)
  const chosen: Point[] = []
  const passings = passingsOf(terrain.motorway.points, network, (p) => terrain.motorway.gapTo(p) < 400)
  for (const { p, edge } of passings.sort(
    (x, y) => RANK[x.edge.kind] - RANK[y.edge.kind] || gap(x.p, [0, 0]) - gap(y.p, [0, 0]),
  )) {
    if (chosen.length >= 2 || RANK[edge.kind] > 1 || chosen.some((c) => gap(c, p) < 1200)) continue
    if (terrain.river.dryness(p) < 420 || terrain.railway.gapTo(p) < 380) continue
    chosen.push(p)
    for (const carriageway of [0, 1] as const) {
      const line = lines[carriageway]
      const s = distanceAlong(line, p)
      const node = terminalOn(network, edge.street, line, s)
      if (node === undefined) continue
      const end = network.nodes[node]!
      for (const leaving of [true, false]) {
        const sign = leaving ? -1 : 1
        const at = s + sign * RAMP_M
        const points = curve(pointAlong(line, at), between(pointAlong(line, s + sign * 120), end, 0.42), end)
        ramps.push({ carriageway, at, node, points: leaving ? points : points.reverse(), leaving })
      }
    }
  }
  return ramps
}
