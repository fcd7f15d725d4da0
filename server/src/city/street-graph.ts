import { type Bounds, VEHICLES, type Vehicle } from '@doorstep/shared/domain'
import type { OsmExtract } from './read-extract.ts'
import { largestComponent } from './street-graph-components.ts'
import { orderAlongCurve } from './street-graph-order.ts'
import { cutRoads, type StreetPieces } from './street-graph-pieces.ts'
import { freeFlowS } from './street-graph-speeds.ts'
import { DEGREE_SCALE, type StreetGraph } from './street-graph-types.ts'
import { vehicleBit } from './street-graph-ways.ts'

export { decodeStreetGraph, encodeStreetGraph } from './street-graph-codec.ts'
export { ROAD_CLASSES, type RoadClass, type StreetGraph } from './street-graph-types.ts'

interface Edge {
  from: number
  to: number
  mask: number
  piece: number
}

/** Builds the street graph of an extract: access, one-way streets and free-flow times for each vehicle class. */
export function buildStreetGraph(extract: OsmExtract): StreetGraph {
  const streets = orderAlongCurve(cutRoads(extract))
  joinPassages(streets)
  const edges: Edge[] = []
  streets.pieces.forEach(({ from, to, rules }, piece) => {
    if (rules.forward) edges.push({ from, to, mask: rules.forward, piece })
    if (rules.backward) edges.push({ from: to, to: from, mask: rules.backward, piece })
  })
  edges.sort((a, b) => a.from - b.from)
  const graph = { ...emptyGraph(extract.bounds, streets, edges), ...reverseRows(streets.vertices.length, edges) }
  fillEdges(graph, streets, edges)
  fillShapes(graph, streets)
  for (const vehicle of VEHICLES) {
    const inside = largestComponent(graph, vehicle)
    inside.forEach((yes, v) => {
      if (yes) graph.connected[v]! |= vehicleBit(vehicle)
    })
  }
  return graph
}

/** Turns passages through barriers into pieces of no length, so that one kind of edge is all there is. */
function joinPassages(streets: StreetPieces) {
  for (const { from, to, mask } of streets.passages) {
    const shape = [streets.vertices[from]!, streets.vertices[to]!]
    const rules = { roadClass: 0, forward: mask, backward: mask, limitKph: 0 }
    streets.pieces.push({ from, to, rules, lengthM: 0, signals: 0, shape })
  }
}

function emptyGraph(bounds: Bounds, streets: StreetPieces, edges: readonly Edge[]): StreetGraph {
  const bends = streets.pieces.reduce((sum, piece) => sum + piece.shape.length, 0)
  const degrees = (key: 'lat' | 'lon') => Int32Array.from(streets.vertices, (v) => Math.round(v[key] * DEGREE_SCALE))
  const seconds = Object.fromEntries(VEHICLES.map((v) => [v, new Float32Array(edges.length)]))
  return {
    bounds,
    lat: degrees('lat'),
    lon: degrees('lon'),
    connected: new Uint8Array(streets.vertices.length),
    first: rowStarts(streets.vertices.length, edges, 'from'),
    head: Uint32Array.from(edges, (edge) => edge.to),
    lengthM: new Float32Array(edges.length),
    roadClass: new Uint8Array(edges.length),
    piece: Uint32Array.from(edges, (edge) => edge.piece),
    seconds: seconds as Record<Vehicle, Float32Array>,
    inFirst: new Uint32Array(0),
    inEdge: new Uint32Array(0),
    inTail: new Uint32Array(0),
    shapeFirst: new Uint32Array(streets.pieces.length + 1),
    shapeLat: new Int32Array(bends),
    shapeLon: new Int32Array(bends),
    pieceFrom: Uint32Array.from(streets.pieces, (piece) => piece.from),
    pieceTo: Uint32Array.from(streets.pieces, (piece) => piece.to),
  }
}

function rowStarts(vertices: number, edges: readonly Edge[], end: 'from' | 'to'): Uint32Array {
  const starts = new Uint32Array(vertices + 1)
  for (const edge of edges) starts[edge[end] + 1]!++
  for (let v = 0; v < vertices; v++) starts[v + 1]! += starts[v]!
  return starts
}

function reverseRows(vertices: number, edges: readonly Edge[]): Pick<StreetGraph, 'inFirst' | 'inEdge' | 'inTail'> {
  const inFirst = rowStarts(vertices, edges, 'to')
  const next = inFirst.slice()
  const inEdge = new Uint32Array(edges.length)
  const inTail = new Uint32Array(edges.length)
  edges.forEach((edge, e) => {
    const k = next[edge.to]!++
    inEdge[k] = e
    inTail[k] = edge.from
  })
  return { inFirst, inEdge, inTail }
}

function fillEdges(graph: StreetGraph, streets: StreetPieces, edges: readonly Edge[]) {
  const streetsAt = new Uint16Array(streets.vertices.length)
  for (const piece of streets.pieces) {
    if (piece.lengthM === 0) continue
    streetsAt[piece.from]!++
    streetsAt[piece.to]!++
  }
  edges.forEach((edge, e) => {
    const { lengthM, rules, signals: onTheWay } = streets.pieces[edge.piece]!
    const signals = onTheWay + (streets.signalAt.has(edge.to) ? 1 : 0)
    const endsAtJunction = lengthM > 0 && streetsAt[edge.to]! > 2
    graph.lengthM[e] = lengthM
    graph.roadClass[e] = rules.roadClass
    for (const vehicle of VEHICLES) {
      const open = (edge.mask & vehicleBit(vehicle)) !== 0
      const street = { roadClass: rules.roadClass, limitKph: rules.limitKph, lengthM, signals, endsAtJunction }
      graph.seconds[vehicle][e] = open ? freeFlowS(vehicle, street) : Number.POSITIVE_INFINITY
    }
  })
}

function fillShapes(graph: StreetGraph, streets: StreetPieces) {
  let at = 0
  streets.pieces.forEach((piece, p) => {
    for (const place of piece.shape) {
      graph.shapeLat[at] = Math.round(place.lat * DEGREE_SCALE)
      graph.shapeLon[at++] = Math.round(place.lon * DEGREE_SCALE)
    }
    graph.shapeFirst[p + 1] = at
  })
}

/** Whether anybody may ride here at all: an extract without roads gives a graph without edges. */
export const isEmptyGraph = (graph: StreetGraph): boolean => graph.head.length === 0
