import { edgesAtNodes } from './clean-network.ts'
import type { Edge, Network } from './network.ts'
import { areaOf, type Point } from './plane.ts'

/** A block: the land between streets. `ring` is open and anticlockwise; `edges` are the streets around it. */
export type Face = { readonly ring: readonly Point[]; readonly edges: readonly Edge[]; readonly area: number }

function withoutDeadEnds(network: Network): Edge[] {
  let edges = [...network.edges]
  for (;;) {
    const at = edgesAtNodes({ nodes: network.nodes, edges })
    const kept = edges.filter((e) => at.get(e.a)!.length > 1 && at.get(e.b)!.length > 1)
    if (kept.length === edges.length) return kept
    edges = kept
  }
}

/** All blocks the network encloses; streets that end blindly inside a block do not cut it. */
export function facesOf(network: Network): Face[] {
  const edges = withoutDeadEnds(network)
  const leaving = new Map<number, { edge: Edge; forward: boolean; angle: number }[]>()
  for (const edge of edges)
    for (const forward of [true, false]) {
      const points = edge.points
      const from = forward ? points[0]! : points[points.length - 1]!
      const to = forward ? points[1]! : points[points.length - 2]!
      const node = forward ? edge.a : edge.b
      const list = leaving.get(node) ?? []
      list.push({ edge, forward, angle: Math.atan2(to[1] - from[1], to[0] - from[0]) })
      leaving.set(node, list)
    }
  for (const list of leaving.values()) list.sort((x, y) => x.angle - y.angle)
  const used = new Set<string>()
  const id = new Map(edges.map((e, i) => [e, i]))
  const faces: Face[] = []
  for (const start of edges)
    for (const startForward of [true, false]) {
      if (used.has(`${id.get(start)}${startForward}`)) continue
      const ring: Point[] = []
      const around: Edge[] = []
      let edge = start
      let forward = startForward
      for (;;) {
        used.add(`${id.get(edge)}${forward}`)
        around.push(edge)
        const points = forward ? edge.points : [...edge.points].reverse()
        for (let i = 0; i < points.length - 1; i++) ring.push(points[i]!)
        const list = leaving.get(forward ? edge.b : edge.a)!
        const back = list.findIndex((l) => l.edge === edge && l.forward === !forward)
        const next = list[(back - 1 + list.length) % list.length]!
        edge = next.edge
        forward = next.forward
        if (used.has(`${id.get(edge)}${forward}`)) break
      }
      const area = areaOf(ring)
      if (area > 0) faces.push({ ring, edges: around, area })
    }
  return faces
}
