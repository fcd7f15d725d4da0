import type { Bounds, LatLon } from '@doorstep/shared/domain'
import { parse } from 'osm-pbf-parser-node'
import { PbfReader } from 'pbf'
import { ExtractError } from './extract-error.ts'
import { collectNodePlaces } from './node-places.ts'
import { readBlobs } from './read-blobs.ts'

/** OpenStreetMap tags, all text. */
export type OsmTags = Record<string, string>
/** A tagged node, degrees. */
export interface OsmNode {
  id: number
  lat: number
  lon: number
  tags: OsmTags
}
/** A way; a closed one repeats its first node, and nodes it names may be missing from the extract. */
export interface OsmWay {
  id: number
  refs: number[]
  tags: OsmTags
}
/** A relation; members may be missing from the extract. */
export interface OsmRelation {
  id: number
  members: { type: 'node' | 'way' | 'relation'; ref: number; role: string }[]
  tags: OsmTags
}

/** What an `.osm.pbf` file holds, in memory: only tagged nodes are objects, the others are found by `place`. */
export interface OsmExtract {
  /** The box named in the file's header, else the box around its nodes: data may reach beyond the former. */
  bounds: Bounds
  /** Where a node lies, tagged or not; undefined where the extract does not hold it. */
  place(nodeId: number): LatLon | undefined
  nodes: OsmNode[]
  ways: OsmWay[]
  relations: OsmRelation[]
}

type Parsed =
  | { type: 'node'; id: number; lat: number; lon: number; tags?: OsmTags }
  | { type: 'way'; id: number; refs: number[]; tags?: OsmTags }
  | { type: 'relation'; id: number; members: OsmRelation['members']; tags?: OsmTags }

/** Reads an extract; throws `ExtractError` for a file that is missing, no `.osm.pbf`, broken or without any node. */
export async function readExtract(file: string): Promise<OsmExtract> {
  const places = collectNodePlaces()
  const nodes: OsmNode[] = []
  const ways: OsmWay[] = []
  const relations: OsmRelation[] = []
  let headerBounds: Bounds | null = null
  for await (const { type, data } of readBlobs(file)) {
    if (type === 'OSMHeader') headerBounds = readHeader(file, data)
    if (type !== 'OSMData') continue
    for (const item of parseBlock(file, data)) {
      if (item.type === 'node') {
        places.add(item.id, item.lat, item.lon)
        if (item.tags) nodes.push({ id: item.id, lat: item.lat, lon: item.lon, tags: item.tags })
      } else if (item.type === 'way') ways.push({ id: item.id, refs: item.refs, tags: item.tags ?? {} })
      else relations.push({ id: item.id, members: item.members, tags: item.tags ?? {} })
    }
  }
  const found = places.finish()
  const bounds = headerBounds ?? found.bounds()
  if (bounds === null || found.count === 0) throw new ExtractError('not_osm_pbf', file, 'it holds no places at all')
  return { bounds, place: found.place, nodes, ways, relations }
}

function parseBlock(file: string, data: Buffer): Parsed[] {
  try {
    return parse(data, { withTags: true, withInfo: false }) as Parsed[]
  } catch (cause) {
    throw new ExtractError('damaged', file, 'a block of data is damaged; download it again', { cause })
  }
}

/** Features of the format that this reader understands. */
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes'])
const NANODEGREES = 1e9

function readHeader(file: string, data: Buffer): Bounds | null {
  const box: number[] = []
  const features: string[] = []
  try {
    new PbfReader(data).readFields((tag, _, reader) => {
      if (tag === 1) reader.readMessage((field, it, inner) => void (it[field] = inner.readSVarint() / NANODEGREES), box)
      else if (tag === 4) features.push(reader.readString())
    }, null)
  } catch (cause) {
    throw new ExtractError('damaged', file, 'its header is damaged; download it again', { cause })
  }
  const unknown = features.find((feature) => !KNOWN_FEATURES.has(feature))
  if (unknown) throw new ExtractError('unsupported', file, `it needs the format feature "${unknown}"`)
  const [, west, east, north, south] = box
  if (west === undefined || east === undefined || north === undefined || south === undefined) return null
  return west < east && south < north ? [west, south, east, north] : null
}
