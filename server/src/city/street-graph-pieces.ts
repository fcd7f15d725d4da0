import { distanceM } from '@doorstep/shared/domain'
import type { OsmExtract } from './read-extract.ts'
import { EVERY_VEHICLE, passesNode, type RoadRules, roadRules } from './street-graph-ways.ts'

/** A street between two vertices, before it becomes edges. */
export interface StreetPiece {
  from: number
  to: number
  rules: RoadRules
  lengthM: number
  /** Traffic signals between the ends. */
  signals: number
  /** Bends, ends included, in degrees. */
  shape: { lat: number; lon: number }[]
}

/** A barrier on a road: whoever `mask` names may pass between two vertices at the same place. */
interface Passage {
  from: number
  to: number
  mask: number
}

/** Vertices' places, the streets between them, and the passages through barriers. */
export interface StreetPieces {
  vertices: { lat: number; lon: number }[]
  pieces: StreetPiece[]
  passages: Passage[]
  /** Vertices with a traffic signal. */
  signalAt: Set<number>
}

interface Road {
  refs: readonly number[]
  rules: RoadRules
}

/** Cuts an extract's roads at junctions, ends and barriers, and where a node is missing from the extract. */
export function cutRoads(extract: OsmExtract): StreetPieces {
  const roads: Road[] = []
  for (const way of extract.ways) {
    const rules = roadRules(way.tags)
    if (rules !== null) roads.push({ refs: way.refs, rules })
  }
  const { barriers, signals } = nodesOnRoads(extract)
  const uses = countUses(roads)
  const vertices = new VertexTable()
  const pieces: StreetPiece[] = []
  const signalAt = new Set<number>()
  for (const road of roads) {
    let from = -1
    let piece: StreetPiece | null = null
    let lastRef = -1
    for (const ref of road.refs) {
      const place = extract.place(ref)
      if (place === undefined) {
        closeOpenEnd(piece, from, lastRef, vertices, pieces)
        piece = null
        continue
      }
      lastRef = ref
      const last = piece?.shape.at(-1)
      if (piece && last) {
        piece.shape.push(place)
        piece.lengthM += distanceM(last, place)
      }
      const barrier = barriers.get(ref)
      if (piece === null || barrier !== undefined || uses.get(ref)! > 1) {
        const to = vertices.at(ref, place, barrier)
        if (piece && (piece.lengthM > 0 || from !== to)) pieces.push({ ...piece, from, to })
        if (signals.has(ref)) signalAt.add(to)
        from = barrier === undefined ? to : vertices.at(ref, place, barrier)
        piece = { from, to: -1, rules: road.rules, lengthM: 0, signals: 0, shape: [place] }
      } else if (signals.has(ref)) piece.signals += 1
    }
    closeOpenEnd(piece, from, lastRef, vertices, pieces)
  }
  return { vertices: vertices.places, pieces, passages: vertices.passages, signalAt }
}

/** A road that ends where the extract ends still gets its last piece. */
function closeOpenEnd(piece: StreetPiece | null, from: number, lastRef: number, vertices: VertexTable, pieces: StreetPiece[]) {
  if (piece === null || piece.shape.length < 2) return
  pieces.push({ ...piece, from, to: vertices.at(lastRef, piece.shape.at(-1)!, undefined) })
}

function nodesOnRoads(extract: OsmExtract) {
  const barriers = new Map<number, number>()
  const signals = new Set<number>()
  for (const node of extract.nodes) {
    const mask = passesNode(node.tags)
    if (mask !== EVERY_VEHICLE) barriers.set(node.id, mask)
    if (node.tags['highway'] === 'traffic_signals') signals.add(node.id)
  }
  return { barriers, signals }
}

/** How often each node is used; ends, and the middle of a closed ring, count double and so become vertices. */
function countUses(roads: readonly Road[]): Map<number, number> {
  const uses = new Map<number, number>()
  const use = (ref: number, times: number) => uses.set(ref, (uses.get(ref) ?? 0) + times)
  for (const { refs } of roads) {
    for (const ref of refs) use(ref, 1)
    if (refs.length < 2) continue
    use(refs[0]!, 1)
    use(refs.at(-1)!, 1)
    if (refs[0] === refs.at(-1)) use(refs[refs.length >> 1]!, 1)
  }
  return uses
}

/** Numbers of vertices by node; a barrier gets a vertex per road end, joined by a passage for those who may pass. */
class VertexTable {
  readonly places: { lat: number; lon: number }[] = []
  readonly passages: Passage[] = []
  private readonly byNode = new Map<number, number>()

  at(ref: number, place: { lat: number; lon: number }, barrier: number | undefined): number {
    const known = this.byNode.get(ref)
    if (known !== undefined && barrier === undefined) return known
    const vertex = this.places.push(place) - 1
    if (known === undefined) this.byNode.set(ref, vertex)
    else if (barrier) this.passages.push({ from: known, to: vertex, mask: barrier })
    return vertex
  }
}
