import type { Bounds, Vehicle } from '@doorstep/shared/domain'

/**
 * A city's streets as arrays: vertices at junctions and ends, directed edges in compressed rows, both ways round.
 * One pass over arrays is what makes a travel field cost about a millisecond.
 */
export interface StreetGraph {
  bounds: Bounds
  /** Vertices' places in 1e-7 degrees. */
  lat: Int32Array
  lon: Int32Array
  /** A bit per vehicle (`vehicleBit`): the vertex lies in that vehicle's largest strongly connected component. */
  connected: Uint8Array
  /** Edges out of vertex v are those from `first[v]` up to `first[v + 1]`. */
  first: Uint32Array
  /** Vertex an edge leads to. */
  head: Uint32Array
  lengthM: Float32Array
  /** Index in `ROAD_CLASSES`. */
  roadClass: Uint8Array
  /** Street piece an edge runs along; both directions of a street share one. */
  piece: Uint32Array
  /** Free-flow seconds of an edge by vehicle, with the wait at its end; Infinity where the vehicle may not go. */
  seconds: Record<Vehicle, Float32Array>
  /** Edges into vertex v are `inEdge[k]`, coming from `inTail[k]`, for k from `inFirst[v]` up to `inFirst[v + 1]`. */
  inFirst: Uint32Array
  inEdge: Uint32Array
  inTail: Uint32Array
  /** Bends of piece p, ends included, in 1e-7 degrees: from `shapeFirst[p]` up to `shapeFirst[p + 1]`. */
  shapeFirst: Uint32Array
  shapeLat: Int32Array
  shapeLon: Int32Array
  /** Vertices at which the shape of piece p begins and ends. */
  pieceFrom: Uint32Array
  pieceTo: Uint32Array
}

/** Degrees times this are the integers in which the graph keeps places (about a centimetre). */
export const DEGREE_SCALE = 1e7

/** Kinds of road with a speed of their own, in the order in which an edge names them. */
export const ROAD_CLASSES = [
  'motorway',
  'motorway_link',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'track',
  'pedestrian',
  'path',
  'cycleway',
] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]
