import type { StreetPieces } from './street-graph-pieces.ts'

/** Bits per axis of the curve's cells: a city's vertices then fall into cells of a few metres. */
const BITS = 15

/**
 * Numbers vertices along a Z-order curve (Morton 1966), so that neighbours in the streets are neighbours in memory: a search
 * then finds most of what it touches in the processor's cache.
 */
export function orderAlongCurve(streets: StreetPieces): StreetPieces {
  const { vertices } = streets
  const [west, east] = range(vertices.map((v) => v.lon))
  const [south, north] = range(vertices.map((v) => v.lat))
  const size = Math.max(east - west, north - south, 1e-9)
  const cell = (offset: number) => Math.min(2 ** BITS - 1, Math.floor((offset / size) * 2 ** BITS))
  const codes = vertices.map((v) => spread(cell(v.lon - west)) | (spread(cell(v.lat - south)) << 1))
  const order = vertices.map((_, v) => v).sort((a, b) => codes[a]! - codes[b]!)
  const rank = new Uint32Array(vertices.length)
  order.forEach((v, i) => {
    rank[v] = i
  })
  const renumber = <T extends { from: number; to: number }>(item: T): T => ({
    ...item,
    from: rank[item.from]!,
    to: rank[item.to]!,
  })
  return {
    vertices: order.map((v) => vertices[v]!),
    pieces: streets.pieces.map(renumber),
    passages: streets.passages.map(renumber),
    signalAt: new Set([...streets.signalAt].map((v) => rank[v]!)),
  }
}

function range(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}

/** Puts a zero between each two bits of a number of 15 bits. */
function spread(value: number): number {
  let bits = value
  bits = (bits | (bits << 8)) & 0x00ff00ff
  bits = (bits | (bits << 4)) & 0x0f0f0f0f
  bits = (bits | (bits << 2)) & 0x33333333
  return (bits | (bits << 1)) & 0x55555555
}
