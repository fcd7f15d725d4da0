import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Bounds } from '@doorstep/shared/domain'
import { PbfWriter } from 'pbf'
import { zxyToTileId } from 'pmtiles'

/** One vector tile, gzipped. */
export interface StoredTile {
  z: number
  x: number
  y: number
  data: Uint8Array
}

/** What the archive says about itself. */
export interface ArchiveInfo {
  bounds: Bounds
  minZoom: number
  maxZoom: number
  /** Names, attribution and layers, as TileJSON has them. */
  metadata: Record<string, unknown>
}

interface Entry {
  tileId: number
  offset: number
  length: number
  runLength: number
}

const HEADER_BYTES = 127
/** Header and root directory must lie in the first 16 KiB, which is what readers fetch first. */
const FIRST_FETCH = 16_384
const GZIP = 2
const VECTOR_TILE = 1

/** Writes tiles as one PMTiles archive, version 3 (github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md). */
export async function writePmtiles(file: string, tiles: readonly StoredTile[], info: ArchiveInfo): Promise<void> {
  const { entries, contents } = layOut(tiles)
  const { root, leaves } = directories(entries)
  const metadata = gzipSync(JSON.stringify(info.metadata))
  const parts = [root, metadata, leaves, Buffer.concat(contents)]
  const header = headerOf(parts, info, { tiles: tiles.length, entries: entries.length, contents: contents.length })
  await writeFile(file, Buffer.concat([header, ...parts]))
}

/** Tiles along the Hilbert curve; the same content, open sea for instance, is stored once. */
function layOut(tiles: readonly StoredTile[]): { entries: Entry[]; contents: Uint8Array[] } {
  const ordered = tiles.map((tile) => ({ tileId: zxyToTileId(tile.z, tile.x, tile.y), data: tile.data }))
  ordered.sort((a, b) => a.tileId - b.tileId)
  const known = new Map<string, number>()
  const entries: Entry[] = []
  const contents: Uint8Array[] = []
  let end = 0
  for (const { tileId, data } of ordered) {
    const hash = createHash('sha256').update(data).digest('base64')
    const offset = known.get(hash) ?? end
    if (offset === end) {
      known.set(hash, end)
      contents.push(data)
      end += data.length
    }
    const last = entries.at(-1)
    if (last && last.offset === offset && last.tileId + last.runLength === tileId) last.runLength++
    else entries.push({ tileId, offset, length: data.length, runLength: 1 })
  }
  return { entries, contents }
}

/** One root directory, or one that points to leaves when it would not fit in the first fetch. */
function directories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const flat = directory(entries)
  if (HEADER_BYTES + flat.length <= FIRST_FETCH) return { root: flat, leaves: new Uint8Array(0) }
  for (let size = 4096; ; size *= 2) {
    const pointers: Entry[] = []
    const leaves: Uint8Array[] = []
    let offset = 0
    for (let i = 0; i < entries.length; i += size) {
      const leaf = directory(entries.slice(i, i + size))
      pointers.push({ tileId: entries[i]!.tileId, offset, length: leaf.length, runLength: 0 })
      leaves.push(leaf)
      offset += leaf.length
    }
    const root = directory(pointers)
    if (HEADER_BYTES + root.length <= FIRST_FETCH) return { root, leaves: Buffer.concat(leaves) }
  }
}

function directory(entries: readonly Entry[]): Uint8Array {
  const writer = new PbfWriter()
  writer.writeVarint(entries.length)
  for (const [i, { tileId }] of entries.entries()) writer.writeVarint(tileId - (i === 0 ? 0 : entries[i - 1]!.tileId))
  for (const { runLength } of entries) writer.writeVarint(runLength)
  for (const { length } of entries) writer.writeVarint(length)
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1]
    writer.writeVarint(before && offset === before.offset + before.length ? 0 : offset + 1)
  })
  return gzipSync(writer.finish())
}

function headerOf(
  parts: readonly Uint8Array[],
  { bounds, minZoom, maxZoom }: ArchiveInfo,
  counts: { tiles: number; entries: number; contents: number },
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles', 'latin1')
  header.writeUInt8(3, 7)
  let offset = HEADER_BYTES
  parts.forEach((part, i) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + i * 16)
    header.writeBigUInt64LE(BigInt(part.length), 16 + i * 16)
    offset += part.length
  })
  header.writeBigUInt64LE(BigInt(counts.tiles), 72)
  header.writeBigUInt64LE(BigInt(counts.entries), 80)
  header.writeBigUInt64LE(BigInt(counts.contents), 88)
  header.set([1, GZIP, GZIP, VECTOR_TILE, minZoom, maxZoom], 96)
  const [west, south, east, north] = bounds.map((degrees) => Math.round(degrees * 1e7)) as [number, number, number, number]
  ;[west, south, east, north].forEach((value, i) => void header.writeInt32LE(value, 102 + i * 4))
  header.writeUInt8(Math.min(maxZoom, Math.max(minZoom, 13)), 118)
  header.writeInt32LE(Math.round((west + east) / 2), 119)
  header.writeInt32LE(Math.round((south + north) / 2), 123)
  return header
}
