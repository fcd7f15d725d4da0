import { bearingFrom, edgesAtNodes } from './clean-network.ts'
import { cutLine } from './draw-streets.ts'
import type { Edge, Network } from './network.ts'
import { gap, lengthOf, type Point, step } from './plane.ts'
import type { Terrain } from './terrain.ts'
import { RANK } from './trace-streets.ts'

const RADIUS_M = 18
const MOST = 9
/** Streets of roundabouts are numbered from here, clear of the drawn ones. */
const FIRST_STREET = 1_000_000

/** Turns the busiest crossings outside the old town into roundabouts, driven anticlockwise. */
export function layRoundabouts(network: Network, terrain: Terrain): void {
  const at = edgesAtNodes(network)
  const built: Point[] = []
  const candidates = [...at]
    .map(([node, edges]) => ({ node, edges, weight: edges.reduce((sum, e) => sum + Math.max(0, 3 - RANK[e.kind]), 0) }))
    .filter(({ edges, weight }) => edges.length >= 3 && edges.length <= 5 && weight >= 5)
    .sort((x, y) => y.weight - x.weight || x.node - y.node)
  for (const { node, edges } of candidates) {
    if (built.length >= MOST) return
    const p = network.nodes[node]!
    if (
      gap(p, [0, 0]) < 1000 ||
      terrain.density(p) < 0.02 ||
      terrain.river.dryness(p) < 90 ||
      terrain.railway.gapTo(p) < 70 ||
      terrain.motorway.gapTo(p) < 130
    )
      continue
    if (built.some((b) => gap(b, p) < 520) || edges.some((e) => lengthOf(e.points) < 55 || e.a === e.b || e.ref)) continue
    replaceNode(network, node, edges, FIRST_STREET + built.length)
    built.push(p)
  }
}

function replaceNode(network: Network, node: number, edges: readonly Edge[], street: number): void {
  const centre = network.nodes[node]!
  const kind = edges.reduce((best, e) => (RANK[e.kind] < RANK[best.kind] ? e : best)).kind
  const arms = edges.map((edge) => ({ edge, angle: bearingFrom(edge, node) })).sort((x, y) => x.angle - y.angle)
  const rim = arms.map(({ edge, angle }) => {
    const p = step(centre, angle, RADIUS_M)
    const n = network.nodes.push(p) - 1
    const l = lengthOf(edge.points)
    if (edge.a === node) {
      edge.points = [p, ...cutLine(edge.points, RADIUS_M, l).slice(1)]
      edge.a = n
    } else {
      edge.points = [...cutLine(edge.points, 0, l - RADIUS_M).slice(0, -1), p]
      edge.b = n
    }
    return { n, angle }
  })
  rim.forEach((from, i) => {
    const to = rim[(i + 1) % rim.length]!
    const sweep = (to.angle - from.angle + 2 * Math.PI) % (2 * Math.PI) || 2 * Math.PI
    const steps = Math.max(2, Math.round(sweep / 0.35))
    const points = Array.from({ length: steps + 1 }, (_, k) => step(centre, from.angle + (sweep * k) / steps, RADIUS_M))
    network.edges.push({ a: from.n, b: to.n, street, order: i, kind, points, roundabout: true, oneway: true })
  })
}
