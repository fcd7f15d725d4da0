import type { Edge, Network } from './network.ts'
import { crossing, gap, gapToSegment, lengthOf, type Point, pointAlong, turn } from './plane.ts'
import { spatialGrid } from './spatial-grid.ts'
import { GROUND_M } from './terrain.ts'
import { RANK } from './trace-streets.ts'

/** Least angle between two streets that meet, radians (25 degrees). */
export const LEAST_ANGLE = (25 * Math.PI) / 180
/** Dead ends shorter than this are not built, metres. */
const STUB_M = 60
/** In the inner town, where blocks are closed, dead ends must be longer still, metres. */
const INNER_STUB_M = 130
const INNER_TOWN_M = 1300
const TWIN_M = 24

/** Edges at each node. */
export function edgesAtNodes(network: Network): Map<number, Edge[]> {
  const at = new Map<number, Edge[]>()
  for (const edge of network.edges)
    for (const n of [edge.a, edge.b]) {
      const list = at.get(n)
      if (list) list.push(edge)
      else at.set(n, [edge])
    }
  return at
}

/** Direction in which an edge leaves one of its nodes, taken 16 m out. */
export function bearingFrom(edge: Edge, node: number): number {
  const points = edge.a === node ? edge.points : [...edge.points].reverse()
  const from = points[0]!
  const to = pointAlong(points, Math.min(16, lengthOf(points)))
  return Math.atan2(to[1] - from[1], to[0] - from[0])
}

/** Which of two edges is the lesser: by rank, then by length. */
function lesser(x: Edge, y: Edge): Edge {
  if (RANK[x.kind] !== RANK[y.kind]) return RANK[x.kind] > RANK[y.kind] ? x : y
  return lengthOf(x.points) < lengthOf(y.points) ? x : y
}

/** Pairs of edges that leave one crossing at less than the least angle. */
export function sharpPairs(network: Network): [Edge, Edge][] {
  const pairs: [Edge, Edge][] = []
  for (const [node, edges] of edgesAtNodes(network)) {
    if (edges.length < 2) continue
    const sorted = edges.map((edge) => ({ edge, angle: bearingFrom(edge, node) })).sort((x, y) => x.angle - y.angle)
    sorted.forEach((one, i) => {
      const other = sorted[(i + 1) % sorted.length]!
      if (one.edge !== other.edge && turn(one.angle, other.angle) < LEAST_ANGLE) pairs.push([one.edge, other.edge])
    })
  }
  return pairs
}

/** Pairs of edges that still cross without a node. */
export function crossingPairs(network: Network): [Edge, Edge][] {
  type Piece = { readonly a: Point; readonly b: Point; readonly edge: Edge }
  const grid = spatialGrid<Piece>(80)
  const pairs: [Edge, Edge][] = []
  for (const edge of network.edges)
    for (let i = 1; i < edge.points.length; i++) {
      const piece: Piece = { a: edge.points[i - 1]!, b: edge.points[i]!, edge }
      const reach = gap(piece.a, piece.b) / 2
      grid.each([(piece.a[0] + piece.b[0]) / 2, (piece.a[1] + piece.b[1]) / 2], reach, (other) => {
        if (other.edge === edge || other.a === piece.a || other.a === piece.b || other.b === piece.a || other.b === piece.b)
          return
        if (crossing(piece.a, piece.b, other.a, other.b)) pairs.push([edge, other.edge])
      })
      grid.addSegment(piece.a, piece.b, 0, piece)
    }
  return pairs
}

/** Edges that run beside another of at least their rank, nearer than two roads are ever built. */
export function twinEdges(network: Network): Edge[] {
  type Piece = { readonly a: Point; readonly b: Point; readonly edge: Edge; readonly angle: number }
  const grid = spatialGrid<Piece>(60)
  const angleOf = (a: Point, b: Point): number => Math.atan2(b[1] - a[1], b[0] - a[0])
  for (const edge of network.edges)
    for (let i = 1; i < edge.points.length; i++) {
      const [a, b] = [edge.points[i - 1]!, edge.points[i]!]
      grid.addSegment(a, b, TWIN_M, { a, b, edge, angle: angleOf(a, b) })
    }
  return network.edges.filter((edge) => {
    const l = lengthOf(edge.points)
    const tries = [0.3, 0.5, 0.7].map(
      (share) => [pointAlong(edge.points, l * share - 2), pointAlong(edge.points, l * share + 2)] as const,
    )
    const close = tries.filter(([p, q]) => {
      let twin = false
      grid.each(p, 0, (other) => {
        if (twin || other.edge.street === edge.street || RANK[other.edge.kind] > RANK[edge.kind]) return
        if (other.edge.kind === edge.kind && lesser(edge, other.edge) !== edge) return
        const t = turn(other.angle, angleOf(p, q))
        if ((t < 0.4 || t > Math.PI - 0.4) && gapToSegment(p, other.a, other.b) < TWIN_M) twin = true
      })
      return twin
    })
    return close.length >= 2
  })
}

function dropDoubles(network: Network): void {
  const best = new Map<string, Edge>()
  for (const edge of network.edges) {
    const key = `${Math.min(edge.a, edge.b)}-${Math.max(edge.a, edge.b)}`
    const held = best.get(key)
    if (!held || lesser(held, edge) === held) best.set(key, edge)
  }
  network.edges = network.edges.filter((edge) => best.get(`${Math.min(edge.a, edge.b)}-${Math.max(edge.a, edge.b)}`) === edge)
}

function dropStubs(network: Network): void {
  for (;;) {
    const at = edgesAtNodes(network)
    const before = network.edges.length
    network.edges = network.edges.filter((edge) => {
      const blind = at.get(edge.a)!.length === 1 ? edge.a : at.get(edge.b)!.length === 1 ? edge.b : undefined
      if (blind === undefined) return true
      const least = gap(network.nodes[blind]!, [0, 0]) < INNER_TOWN_M ? INNER_STUB_M : STUB_M
      return lengthOf(edge.points) >= least
    })
    if (network.edges.length === before) return
  }
}

/** A main road that leads nowhere becomes a side street, or goes when it is long; those that leave the map stay. */
function endMainRoads(network: Network): void {
  const at = edgesAtNodes(network)
  const leaves = (n: number): boolean => Math.max(Math.abs(network.nodes[n]![0]), Math.abs(network.nodes[n]![1])) > GROUND_M - 120
  network.edges = network.edges.filter((edge) => {
    const end = at.get(edge.a)!.length === 1 ? edge.a : at.get(edge.b)!.length === 1 ? edge.b : undefined
    if (end === undefined || RANK[edge.kind] > 3 || leaves(end)) return true
    if (lengthOf(edge.points) > 320) return false
    edge.kind = 'residential'
    return true
  })
}

/** Keeps only the part of the network that hangs together and is largest. */
export function keepLargest(network: Network): void {
  const parent = network.nodes.map((_, i) => i)
  const root = (x: number): number => {
    let r = x
    while (parent[r] !== r) {
      parent[r] = parent[parent[r]!]!
      r = parent[r]!
    }
    return r
  }
  for (const edge of network.edges) parent[root(edge.a)] = root(edge.b)
  const count = new Map<number, number>()
  for (const edge of network.edges) count.set(root(edge.a), (count.get(root(edge.a)) ?? 0) + 1)
  const largest = [...count].sort((x, y) => y[1] - x[1])[0]?.[0]
  network.edges = network.edges.filter((edge) => root(edge.a) === largest)
}

/** Takes out what no town has: sharp forks, twin roads, crossings without a junction, dead-short stubs, islands. */
export function cleanNetwork(network: Network): Network {
  for (let round = 0; round < 10; round++) {
    const before = network.edges.length
    dropDoubles(network)
    dropStubs(network)
    endMainRoads(network)
    const out = new Set<Edge>(crossingPairs(network).map(([x, y]) => lesser(x, y)))
    for (const [x, y] of sharpPairs(network)) if (!out.has(x) && !out.has(y)) out.add(lesser(x, y))
    for (const edge of twinEdges(network)) out.add(edge)
    network.edges = network.edges.filter((edge) => !out.has(edge))
    keepLargest(network)
    if (network.edges.length === before) break
  }
  return network
}
