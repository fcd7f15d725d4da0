import type { Vehicle } from '@doorstep/shared/domain'
import { ROAD_CLASSES, type StreetGraph } from '../city/index.ts'

/** The two ways of getting about that have fields of their own; engines share streets and differ by a scale. */
export const MODES = ['bicycle', 'motor'] as const
export type Mode = (typeof MODES)[number]

/** Which fields a vehicle reads. */
export const modeOf = (vehicle: Vehicle): Mode => (vehicle === 'bicycle' ? 'bicycle' : 'motor')

/** Edges in compressed rows, closed ones left out: what a search runs over. */
export interface Rows {
  first: Uint32Array
  to: Uint32Array
  seconds: Float32Array
}

/** Streets as one mode sees them: rows both ways, and for each piece of street the seconds along and against it. */
export interface ModeStreets {
  out: Rows
  into: Rows
  /** Seconds from a piece's beginning to its end, and back; Infinity where that is closed. */
  along: Float32Array
  against: Float32Array
  /** 1 for pieces that places are snapped to: both ends in the largest connected part, and no motorway. */
  usable: Uint8Array
}

/** Sorts a graph's edges for one mode. */
export function modeStreets(graph: StreetGraph, mode: Mode): ModeStreets {
  const seconds = graph.seconds[mode === 'bicycle' ? 'bicycle' : 'car']
  const connectedBit = mode === 'bicycle' ? 1 : 4
  const pieces = graph.pieceFrom.length
  const along = new Float32Array(pieces).fill(Number.POSITIVE_INFINITY)
  const against = along.slice()
  const usable = new Uint8Array(pieces)
  for (let v = 0; v < graph.lat.length; v++) {
    for (let e = graph.first[v]!; e < graph.first[v + 1]!; e++) {
      const p = graph.piece[e]!
      if (seconds[e] === Number.POSITIVE_INFINITY) continue
      const isAlong = graph.pieceFrom[p] === v && along[p] === Number.POSITIVE_INFINITY
      if (isAlong) along[p] = seconds[e]!
      else against[p] = seconds[e]!
      const bothEnds = graph.connected[v]! & graph.connected[graph.head[e]!]! & connectedBit
      if (bothEnds !== 0 && graph.lengthM[e]! > 0 && !hasNoDoors(graph.roadClass[e]!)) usable[p] = 1
    }
  }
  const out = rows(
    graph.first,
    (k) => k,
    (k) => graph.head[k]!,
    seconds,
  )
  const into = rows(
    graph.inFirst,
    (k) => graph.inEdge[k]!,
    (k) => graph.inTail[k]!,
    seconds,
  )
  return { out, into, along, against, usable }
}

/** Nobody is met on a motorway, and from one the way to a door beside it leads over the next exit. */
const hasNoDoors = (roadClass: number) => ROAD_CLASSES[roadClass] === 'motorway' || ROAD_CLASSES[roadClass] === 'motorway_link'

function rows(first: Uint32Array, edgeAt: (k: number) => number, endAt: (k: number) => number, seconds: Float32Array): Rows {
  const count = first.length - 1
  const kept: Rows = {
    first: new Uint32Array(count + 1),
    to: new Uint32Array(first[count]!),
    seconds: new Float32Array(first[count]!),
  }
  let at = 0
  for (let v = 0; v < count; v++) {
    for (let k = first[v]!; k < first[v + 1]!; k++) {
      const s = seconds[edgeAt(k)]!
      if (s === Number.POSITIVE_INFINITY) continue
      kept.to[at] = endAt(k)
      kept.seconds[at++] = s
    }
    kept.first[v + 1] = at
  }
  return { first: kept.first, to: kept.to.slice(0, at), seconds: kept.seconds.slice(0, at) }
}
