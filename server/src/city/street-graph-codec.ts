import { VEHICLES } from '@doorstep/shared/domain'
import type { StreetGraph } from './street-graph-types.ts'

/** First bytes of a stored graph; the number rises when the layout changes, and older packs are then built again. */
const MAGIC = 'DSGRAPH1'
const ALIGNMENT = 8

type Numbers = Float32Array | Int32Array | Uint32Array | Uint8Array
interface Part {
  name: string
  type: string
  length: number
}

const ARRAYS = { Float32Array, Int32Array, Uint32Array, Uint8Array }

/** Writes a graph as a header (JSON) and its arrays, little-endian like every machine the server runs on. */
export function encodeStreetGraph(graph: StreetGraph): Uint8Array {
  const { bounds, seconds, ...arrays } = graph
  const parts: [string, Numbers][] = [
    ...Object.entries(arrays),
    ...VEHICLES.map((v): [string, Numbers] => [`seconds.${v}`, seconds[v]]),
  ]
  const header = new TextEncoder().encode(JSON.stringify({ bounds, parts: parts.map(([name, array]) => describe(name, array)) }))
  const start = aligned(MAGIC.length + 4 + header.length)
  const bytes = new Uint8Array(parts.reduce((size, [, array]) => size + aligned(array.byteLength), start))
  bytes.set(new TextEncoder().encode(MAGIC))
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true)
  bytes.set(header, MAGIC.length + 4)
  let at = start
  for (const [, array] of parts) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += aligned(array.byteLength)
  }
  return bytes
}

/** Reads what `encodeStreetGraph` wrote; throws on a file that is not a street graph of this version. */
export function decodeStreetGraph(stored: Uint8Array): StreetGraph {
  if (new TextDecoder().decode(stored.subarray(0, MAGIC.length)) !== MAGIC) throw new Error('not a street graph of this version')
  const bytes = new Uint8Array(stored)
  const headerBytes = new DataView(bytes.buffer).getUint32(MAGIC.length, true)
  const headerStart = MAGIC.length + 4
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(headerStart, headerStart + headerBytes))) as {
    bounds: StreetGraph['bounds']
    parts: Part[]
  }
  const arrays: Record<string, Numbers> = {}
  let at = aligned(headerStart + headerBytes)
  for (const part of header.parts) {
    const array = new ARRAYS[part.type as keyof typeof ARRAYS](bytes.buffer, at, part.length)
    arrays[part.name] = array
    at += aligned(array.byteLength)
  }
  const seconds: Record<string, Numbers> = {}
  for (const vehicle of VEHICLES) {
    seconds[vehicle] = arrays[`seconds.${vehicle}`]!
    delete arrays[`seconds.${vehicle}`]
  }
  return { ...arrays, bounds: header.bounds, seconds } as unknown as StreetGraph
}

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

const describe = (name: string, array: Numbers): Part => ({ name, type: array.constructor.name, length: array.length })
