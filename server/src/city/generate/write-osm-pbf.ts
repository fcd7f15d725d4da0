import { writeFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import type { GeneratedCity, OsmNode, OsmRelation, OsmWay } from './osm.ts'

const BLOCK = 8000
const WAY_MEMBER = 1

function blob(type: string, raw: Uint8Array): Buffer {
  const body = new PbfWriter()
  body.writeVarintField(2, raw.length)
  body.writeBytesField(3, deflateSync(raw, { level: 6 }))
  const data = body.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, data.length)
  const head = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, data])
}

function headerBlob(city: GeneratedCity): Buffer {
  const [west, south, east, north] = city.bounds.map((degrees) => Math.round(degrees * 1e9)) as [number, number, number, number]
  const writer = new PbfWriter()
  writer.writeMessage(
    1,
    (_, box) => {
      box.writeSVarintField(1, west)
      box.writeSVarintField(2, east)
      box.writeSVarintField(3, north)
      box.writeSVarintField(4, south)
    },
    null,
  )
  writer.writeStringField(4, 'OsmSchema-V0.6')
  writer.writeStringField(4, 'DenseNodes')
  writer.writeStringField(5, 'Sort.Type_then_ID')
  writer.writeStringField(16, 'doorstep')
  return blob('OSMHeader', writer.finish())
}

type Words = (text: string) => number

function dataBlob(fill: (group: PbfWriter, word: Words) => void): Buffer {
  const table = ['']
  const index = new Map<string, number>()
  const word: Words = (text) => {
    let at = index.get(text)
    if (at === undefined) {
      at = table.length
      table.push(text)
      index.set(text, at)
    }
    return at
  }
  const group = new PbfWriter()
  fill(group, word)
  const body = group.finish()
  const block = new PbfWriter()
  block.writeMessage(
    1,
    (_, strings) => {
      for (const text of table) strings.writeBytesField(1, Buffer.from(text))
    },
    null,
  )
  block.writeBytesField(2, body)
  return blob('OSMData', block.finish())
}

function deltas(values: readonly number[]): number[] {
  let last = 0
  return values.map((value) => {
    const d = value - last
    last = value
    return d
  })
}

function writeNodes(group: PbfWriter, word: Words, nodes: readonly OsmNode[]): void {
  group.writeMessage(
    2,
    (_, dense) => {
      const tags: number[] = []
      for (const node of nodes) {
        for (const [key, value] of Object.entries(node.tags ?? {})) tags.push(word(key), word(value))
        tags.push(0)
      }
      dense.writePackedSVarint(1, deltas(nodes.map((n) => n.id)))
      dense.writePackedSVarint(8, deltas(nodes.map((n) => Math.round(n.lat * 1e7))))
      dense.writePackedSVarint(9, deltas(nodes.map((n) => Math.round(n.lon * 1e7))))
      dense.writePackedVarint(10, tags)
    },
    null,
  )
}

function writeTags(writer: PbfWriter, word: Words, tags: Readonly<Record<string, string>>): void {
  writer.writePackedVarint(
    2,
    Object.keys(tags).map((key) => word(key)),
  )
  writer.writePackedVarint(
    3,
    Object.values(tags).map((value) => word(value)),
  )
}

function writeWay(group: PbfWriter, word: Words, way: OsmWay): void {
  group.writeMessage(
    3,
    (_, writer) => {
      writer.writeVarintField(1, way.id)
      writeTags(writer, word, way.tags)
      writer.writePackedSVarint(8, deltas(way.refs))
    },
    null,
  )
}

function writeRelation(group: PbfWriter, word: Words, relation: OsmRelation): void {
  group.writeMessage(
    4,
    (_, writer) => {
      writer.writeVarintField(1, relation.id)
      writeTags(writer, word, relation.tags)
      writer.writePackedVarint(
        8,
        relation.members.map((m) => word(m.role)),
      )
      writer.writePackedSVarint(9, deltas(relation.members.map((m) => m.ref)))
      writer.writePackedVarint(
        10,
        relation.members.map(() => WAY_MEMBER),
      )
    },
    null,
  )
}

function inBlocks<T>(items: readonly T[], write: (group: PbfWriter, word: Words, block: readonly T[]) => void): Buffer[] {
  const out: Buffer[] = []
  for (let i = 0; i < items.length; i += BLOCK) out.push(dataBlob((group, word) => write(group, word, items.slice(i, i + BLOCK))))
  return out
}

/** The city as the bytes of an OpenStreetMap PBF file (wiki.openstreetmap.org/wiki/PBF_Format), dense nodes, zlib blobs. */
export function encodeOsmPbf(city: GeneratedCity): Buffer {
  return Buffer.concat([
    headerBlob(city),
    ...inBlocks(city.nodes, writeNodes),
    ...inBlocks(city.ways, (group, word, ways) => {
      for (const way of ways) writeWay(group, word, way)
    }),
    ...inBlocks(city.relations, (group, word, relations) => {
      for (const relation of relations) writeRelation(group, word, relation)
    }),
  ])
}

/** Writes the city to `file` as `.osm.pbf`. */
export async function writeOsmPbf(file: string, city: GeneratedCity): Promise<void> {
  await writeFile(file, encodeOsmPbf(city))
}
