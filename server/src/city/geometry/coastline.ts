import type { Bounds } from '@doorstep/shared/domain'
import type { OsmExtract } from '../read-extract.ts'
import { clipLine } from './clip.ts'
import { areaM2, boundsRing, inBounds, type Polygon, type Position, type Ring, ringContains, turn } from './plane.ts'
import { lineOf } from './shapes.ts'

/** The sea of an extract, led on from the bounds to what is drawn around them. Without a coastline there is none. */
export function seaOf(extract: OsmExtract, bounds: Bounds, drawn: Bounds): Polygon[] {
  const coast = extract.ways.filter((way) => way.tags['natural'] === 'coastline').map((way) => way.refs)
  const lines = joinForwards(coast).map((refs) => lineOf(extract, refs))
  return closeCoastline(lines, bounds, drawn)
}

/** Joins directed lists of nodes head to tail: a coastline's direction says where the water is, so none is turned. */
function joinForwards(parts: readonly number[][]): number[][] {
  const byStart = new Map(parts.map((refs) => [refs[0]!, refs]))
  const ends = new Set(parts.map((refs) => refs.at(-1)!))
  const chains: number[][] = []
  const follow = (first: number[]) => {
    const chain = [...first]
    byStart.delete(first[0]!)
    for (let next = byStart.get(chain.at(-1)!); next; next = byStart.get(chain.at(-1)!)) {
      byStart.delete(next[0]!)
      chain.push(...next.slice(1))
    }
    chains.push(chain)
  }
  for (const part of parts) if (!ends.has(part[0]!)) follow(part)
  for (const part of parts) if (byStart.get(part[0]!) === part) follow(part)
  return chains
}

/**
 * Closes directed coastlines, land on the left and water on the right, into areas of water. What is known ends at the
 * bounds; from there each coast goes straight on to the edge of what is drawn.
 */
export function closeCoastline(lines: readonly Position[][], bounds: Bounds, drawn: Bounds = bounds): Polygon[] {
  const islands: Ring[] = []
  const waters: Ring[] = []
  const pieces: Position[][] = []
  for (const line of lines) {
    if (line.length < 2) continue
    if (!isRing(line)) pieces.push(...openPieces(line, bounds))
    else if (line.every((p) => holds(bounds, p))) (turn(line) > 0 ? islands : waters).push(line)
    else pieces.push(...clipLine(startOutside(line, bounds), bounds))
  }
  const led = withoutStubs(pieces, bounds, islands).map((piece) => [
    pushedOut(piece[0]!, bounds, drawn),
    ...piece,
    pushedOut(piece.at(-1)!, bounds, drawn),
  ])
  waters.push(...closeAlongEdge(led, drawn))
  if (waters.length === 0 && islands.length > 0) waters.push(boundsRing(drawn).toReversed())
  const polygons = waters.map((ring): Polygon => [ring])
  for (const island of islands) {
    const around = polygons.filter(([ring]) => ringContains(ring!, island[0]!))
    around.sort(([a], [b]) => areaM2(a!) - areaM2(b!))[0]?.push(island)
  }
  return polygons
}

const holds = (bounds: Bounds, [lon, lat]: Position) => inBounds(bounds, { lat, lon })

const isRing = (line: readonly Position[]) => {
  const [first, last] = [line[0]!, line.at(-1)!]
  return line.length > 3 && first[0] === last[0] && first[1] === last[1]
}

/** A ring that leaves the bounds, begun at a corner outside them, so that no piece inside is cut in two. */
function startOutside(ring: readonly Position[], bounds: Bounds): Position[] {
  const at = ring.findIndex((p) => !holds(bounds, p))
  return [...ring.slice(at), ...ring.slice(1, at + 1)]
}

/** Shorter broken ends say nothing about where the water is, as a share of the bounds' width. */
const SHORT = 0.05

/**
 * The pieces of a coastline inside the bounds. Where it ends inside, because the extract lacks the rest, it is led
 * straight to the nearest edge, unless only a scrap is left that crosses the edge again.
 */
function openPieces(line: readonly Position[], bounds: Bounds): Position[][] {
  const pieces = clipLine(line, bounds)
  const [first, last] = [line[0]!, line.at(-1)!]
  const isScrap = (piece: readonly Position[]) => pieces.length > 1 && lengthDegrees(piece) < SHORT * (bounds[2] - bounds[0])
  return pieces.flatMap((piece) => {
    const startsHere = piece[0] === first && holds(bounds, first)
    const endsHere = piece.at(-1) === last && holds(bounds, last)
    if ((startsHere || endsHere) && isScrap(piece)) return []
    const reached = [...piece]
    if (startsHere) reached.unshift(nearestOnEdge(first, bounds))
    if (endsHere) reached.push(nearestOnEdge(last, bounds))
    return [reached]
  })
}

const lengthDegrees = (line: readonly Position[]) =>
  line.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - line[i - 1]![0], y - line[i - 1]![1])), 0)

/** A position on the edge of the bounds, moved square outwards to the edge of what is drawn. */
function pushedOut([x, y]: Position, [west, south, east, north]: Bounds, drawn: Bounds): Position {
  const sides = [x - west, y - south, east - x, north - y]
  const side = sides.indexOf(Math.min(...sides))
  return side % 2 === 0 ? [drawn[side]!, y] : [x, drawn[side]!]
}

function nearestOnEdge([x, y]: Position, [west, south, east, north]: Bounds): Position {
  const options: [number, Position][] = [
    [x - west, [west, y]],
    [east - x, [east, y]],
    [y - south, [x, south]],
    [north - y, [x, north]],
  ]
  return options.reduce((best, option) => (option[0] < best[0] ? option : best))[1]
}

/** How far round the edge a position lies, clockwise from the south-west corner, a side counting one. */
function alongEdge([x, y]: Position, [west, south, east, north]: Bounds): number {
  const [u, v] = [(x - west) / (east - west), (y - south) / (north - south)]
  const sides = [u, 1 - v, 1 - u, v]
  const side = sides.indexOf(Math.min(...sides))
  return side + [v, u, 1 - v, 1 - u][side]!
}

/** Land this narrow at the edge is a pier that the bounds cut, as a share of the side: it does not go on outside. */
const STUB = 0.1

/** Joins the two shores of each narrow tongue of land across its cut end; a tongue within one line is an island. */
function withoutStubs(pieces: readonly Position[][], bounds: Bounds, islands: Ring[]): Position[][] {
  const open = [...pieces]
  for (let i = 0; i < open.length; ) {
    const end = alongEdge(open[i]!.at(-1)!, bounds)
    // Land lies between a line's end and the start that comes before it, clockwise.
    const gaps = open.map((piece) => (end - alongEdge(piece[0]!, bounds) + 4) % 4)
    const next = gaps.indexOf(Math.min(...gaps))
    const isStub = gaps[next]! < STUB && Math.floor(end) === Math.floor(alongEdge(open[next]![0]!, bounds))
    if (!isStub) i++
    else if (next === i) islands.push(...open.splice(i, 1).map((ring) => [...ring, ring[0]!]))
    else {
      open[i] = [...open[i]!, ...open[next]!]
      open.splice(next, 1)
      if (next < i) i--
    }
  }
  return open
}

/** From each line's end, goes clockwise along the edge to the next line's start, water always on the right hand. */
function closeAlongEdge(pieces: readonly Position[][], bounds: Bounds): Ring[] {
  const [west, south, east, north] = bounds
  const corners: Position[] = [
    [west, south],
    [west, north],
    [east, north],
    [east, south],
  ]
  const starts = pieces.map((piece) => alongEdge(piece[0]!, bounds))
  const unused = new Set(pieces.keys())
  const rings: Ring[] = []
  for (const first of pieces.keys()) {
    if (!unused.delete(first)) continue
    const ring = [...pieces[first]!]
    for (;;) {
      const from = alongEdge(ring.at(-1)!, bounds)
      const ahead = (to: number) => (to - from + 4) % 4
      const next = [first, ...unused].reduce((a, b) => (ahead(starts[b]!) < ahead(starts[a]!) ? b : a))
      for (let corner = Math.floor(from) + 1; corner - from < ahead(starts[next]!); corner++) ring.push(corners[corner % 4]!)
      if (next === first) break
      unused.delete(next)
      ring.push(...pieces[next]!)
    }
    rings.push([...ring, ring[0]!])
  }
  return rings
}
