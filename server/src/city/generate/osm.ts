import type { Bounds } from '@doorstep/shared/domain'
import type { Point } from './plane.ts'

/** OpenStreetMap tags, all text. */
export type OsmTags = Readonly<Record<string, string>>
/** An OpenStreetMap node, degrees. */
export type OsmNode = { readonly id: number; readonly lat: number; readonly lon: number; readonly tags?: OsmTags }
/** An OpenStreetMap way; a closed one repeats its first node. */
export type OsmWay = { readonly id: number; readonly refs: readonly number[]; readonly tags: OsmTags }
/** An OpenStreetMap relation whose members are ways. */
export type OsmRelation = {
  readonly id: number
  readonly members: readonly { readonly ref: number; readonly role: 'outer' | 'inner' }[]
  readonly tags: OsmTags
}
/** A whole town as OpenStreetMap would hold it; `bounds` is where a map should stop, the data goes on beyond it. */
export type GeneratedCity = {
  readonly name: string
  readonly nodes: readonly OsmNode[]
  readonly ways: readonly OsmWay[]
  readonly relations: readonly OsmRelation[]
  readonly bounds: Bounds
}

/** Collects map objects given in metres and numbers them. */
export type MapSheet = {
  readonly nodes: OsmNode[]
  readonly ways: OsmWay[]
  readonly relations: OsmRelation[]
  node(p: Point, tags?: OsmTags): number
  way(refs: readonly number[], tags: OsmTags): number
  line(points: readonly Point[], tags: OsmTags): number
  /** An area from an open outer ring and open holes; with holes it becomes a multipolygon relation. */
  area(ring: readonly Point[], tags: OsmTags, holes?: readonly (readonly Point[])[]): void
  toLonLat(p: Point): readonly [lon: number, lat: number]
}

const METRES_PER_DEGREE = 111_320

/** An empty sheet whose plane touches the globe at `origin`; positions are kept to 1e-6 degrees (0.1 m). */
export function mapSheet(origin: { readonly lat: number; readonly lon: number }): MapSheet {
  const nodes: OsmNode[] = []
  const ways: OsmWay[] = []
  const relations: OsmRelation[] = []
  const lonScale = METRES_PER_DEGREE * Math.cos((origin.lat * Math.PI) / 180)
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
  const toLonLat = (p: Point): readonly [number, number] => [
    round(origin.lon + p[0] / lonScale),
    round(origin.lat + p[1] / METRES_PER_DEGREE),
  ]
  const node = (p: Point, tags?: OsmTags): number => {
    const [lon, lat] = toLonLat(p)
    const id = nodes.length + 1
    nodes.push(tags ? { id, lat, lon, tags } : { id, lat, lon })
    return id
  }
  const way = (refs: readonly number[], tags: OsmTags): number => {
    const id = ways.length + 1
    ways.push({ id, refs, tags })
    return id
  }
  const closed = (ring: readonly Point[], tags: OsmTags): number => {
    const refs = ring.map((p) => node(p))
    return way([...refs, refs[0] as number], tags)
  }
  const area: MapSheet['area'] = (ring, tags, holes = []) => {
    if (holes.length === 0) {
      closed(ring, tags)
      return
    }
    const members = [{ ref: closed(ring, {}), role: 'outer' as const }]
    const inner = holes.map((hole) => ({ ref: closed(hole, {}), role: 'inner' as const }))
    relations.push({ id: relations.length + 1, members: [...members, ...inner], tags: { type: 'multipolygon', ...tags } })
  }
  const line = (points: readonly Point[], tags: OsmTags): number =>
    way(
      points.map((p) => node(p)),
      tags,
    )
  return { nodes, ways, relations, node, way, line, area, toLonLat }
}
