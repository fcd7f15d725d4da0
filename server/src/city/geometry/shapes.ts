import type { Bounds } from '@doorstep/shared/domain'
import type { OsmExtract, OsmRelation, OsmTags, OsmWay } from '../read-extract.ts'
import { clipRing } from './clip.ts'
import { areaM2, inBounds, type Polygon, type Position, type Ring, ringContains } from './plane.ts'

/** An area of the map with the tags it carries, cut to the bounds. */
export interface OsmArea {
  /** Type and number of the element, for instance `way/123`. */
  id: string
  tags: OsmTags
  polygons: Polygon[]
}

/** Where a list of nodes runs; nodes missing from the extract are left out. */
export function lineOf(extract: OsmExtract, refs: readonly number[]): Position[] {
  const line: Position[] = []
  for (const ref of refs) {
    const place = extract.place(ref)
    if (place) line.push([place.lon, place.lat])
  }
  return line
}

/** Whether a way is a closed ring of at least three corners. */
export const isClosed = (refs: readonly number[]): boolean => refs.length > 3 && refs[0] === refs.at(-1)

/** Finds the ways and multipolygons of an extract that are areas of interest; a multipolygon's tags are its own. */
export function* areasOf(extract: OsmExtract, bounds: Bounds, isWanted: (tags: OsmTags) => boolean): Generator<OsmArea> {
  for (const way of extract.ways) {
    if (!isClosed(way.refs) || !isWanted(way.tags)) continue
    const ring = clipRing(lineOf(extract, way.refs), bounds)
    if (ring.length > 3) yield { id: `way/${way.id}`, tags: way.tags, polygons: [[ring]] }
  }
  const wanted = extract.relations.filter(({ tags }) => isAreaRelation(tags) && isWanted(tags))
  const members = waysOf(extract, wanted)
  for (const relation of wanted) {
    const polygons = polygonsOf(extract, relation, members, bounds)
    if (polygons.length > 0) yield { id: `relation/${relation.id}`, tags: relation.tags, polygons }
  }
}

const isAreaRelation = (tags: OsmTags) => tags['type'] === 'multipolygon' || tags['type'] === 'boundary'

/** The ways that some relations name, by number. */
export function waysOf(extract: OsmExtract, relations: readonly OsmRelation[]): Map<number, OsmWay> {
  const named = new Set(relations.flatMap(({ members }) => members.filter((m) => m.type === 'way').map((m) => m.ref)))
  return new Map(extract.ways.filter((way) => named.has(way.id)).map((way) => [way.id, way]))
}

function polygonsOf(extract: OsmExtract, relation: OsmRelation, ways: Map<number, OsmWay>, bounds: Bounds): Polygon[] {
  const outer = ringsOf(extract, partsOf(relation, ways, false), bounds)
  const inner = ringsOf(extract, partsOf(relation, ways, true), bounds)
  const polygons: Polygon[] = outer.map((ring) => [ring])
  for (const hole of inner) {
    const corner = hole[0]!
    const around = polygons.filter(
      ([ring]) => ringContains(ring!, corner) || ring!.some(([x, y]) => x === corner[0] && y === corner[1]),
    )
    around.sort(([a], [b]) => areaM2(a!) - areaM2(b!))[0]?.push(hole)
  }
  return polygons
}

function partsOf(relation: OsmRelation, ways: Map<number, OsmWay>, isInner: boolean): number[][] {
  return relation.members
    .filter((member) => member.type === 'way' && (member.role === 'inner') === isInner)
    .flatMap((member) => {
      const way = ways.get(member.ref)
      return way ? [way.refs] : []
    })
}

/** Rings cut to the bounds. A ring of which the extract lacks a part is closed where both its ends lie outside. */
function ringsOf(extract: OsmExtract, parts: readonly number[][], bounds: Bounds): Ring[] {
  const rings: Ring[] = []
  for (const chain of joinEnds(parts)) {
    const line = lineOf(extract, chain)
    const [first, last] = [line[0], line.at(-1)]
    if (!first || !last || line.length < 3) continue
    if (chain[0] !== chain.at(-1)) {
      if (isInside(bounds, first) || isInside(bounds, last)) continue
      line.push(first)
    }
    const ring = clipRing(line, bounds)
    if (ring.length > 3) rings.push(ring)
  }
  return rings
}

const isInside = (bounds: Bounds, [lon, lat]: Position) => inBounds(bounds, { lat, lon })

/** Joins lists of nodes at their common ends into the longest chains, turning parts round where that is needed. */
export function joinEnds(parts: readonly (readonly number[])[]): number[][] {
  const byEnd = new Map<number, Set<number>>()
  const touch = (end: number, part: number) => byEnd.set(end, (byEnd.get(end) ?? new Set()).add(part))
  parts.forEach((refs, i) => {
    if (refs.length < 2) return
    touch(refs[0]!, i)
    touch(refs.at(-1)!, i)
  })
  const take = (end: number): readonly number[] | null => {
    const next = byEnd.get(end)?.values().next().value
    if (next === undefined) return null
    const refs = parts[next]!
    byEnd.get(refs[0]!)?.delete(next)
    byEnd.get(refs.at(-1)!)?.delete(next)
    return refs[0] === end ? refs : refs.toReversed()
  }
  const chains: number[][] = []
  for (const part of parts) {
    for (let start = part.length < 2 ? null : take(part[0]!); start !== null; start = take(part[0]!)) {
      chains.push(grownBothWays(start, take))
    }
  }
  return chains
}

function grownBothWays(start: readonly number[], take: (end: number) => readonly number[] | null): number[] {
  let chain = [...start]
  for (let turns = 0; turns < 2; turns++) {
    for (let next = nextPart(chain, take); next !== null; next = nextPart(chain, take)) chain.push(...next.slice(1))
    if (chain[0] === chain.at(-1)) return chain
    chain = chain.toReversed()
  }
  return chain
}

const nextPart = (chain: readonly number[], take: (end: number) => readonly number[] | null) =>
  chain[0] === chain.at(-1) ? null : take(chain.at(-1)!)
