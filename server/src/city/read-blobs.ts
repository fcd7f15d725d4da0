import { open } from 'node:fs/promises'
import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { PbfReader } from 'pbf'
import { ExtractError } from './extract-error.ts'

/** A block of an `.osm.pbf` file, decompressed (wiki.openstreetmap.org/wiki/PBF_Format, "File format"). */
export interface OsmBlob {
  type: string
  data: Buffer
}

/** Limits the format sets for a blob's header and body, in bytes. */
const HEADER_LIMIT = 64 * 1024
const BODY_LIMIT = 32 * 1024 * 1024

/** Reads a file block by block, so that no more than one is in memory; throws `ExtractError` where it is damaged. */
export async function* readBlobs(file: string): AsyncGenerator<OsmBlob> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new ExtractError('unreadable', file, cause.code === 'ENOENT' ? 'there is no such file' : cause.message, { cause })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new ExtractError('unreadable', file, 'it is not a file')
    const { size } = stat
    if (size === 0) throw new ExtractError('not_osm_pbf', file, 'the file is empty')
    const read = async (at: number, length: number) => {
      if (at + length > size) throw damage(file, at, `it ends early, ${size} bytes in`)
      const bytes = Buffer.allocUnsafe(length)
      await handle.read(bytes, 0, length, at)
      return bytes
    }
    for (let at = 0; at < size; ) {
      const headerBytes = (await read(at, 4)).readUInt32BE(0)
      if (headerBytes === 0 || headerBytes > HEADER_LIMIT) throw damage(file, at, 'a block header is damaged')
      const { type, bytes } = blobHeader(file, at, await read(at + 4, headerBytes))
      yield { type, data: unpack(file, at, await read(at + 4 + headerBytes, bytes)) }
      at += 4 + headerBytes + bytes
    }
  } finally {
    await handle.close()
  }
}

/** Damage in the first bytes means that this never was an extract; later it means that it broke on its way here. */
function damage(file: string, at: number, what: string, cause?: unknown): ExtractError {
  if (at === 0) return new ExtractError('not_osm_pbf', file, 'it does not begin like an .osm.pbf file', { cause })
  return new ExtractError('damaged', file, `${what}; download it again`, { cause })
}

function blobHeader(file: string, at: number, buffer: Buffer): { type: string; bytes: number } {
  const header = { type: '', bytes: 0 }
  try {
    new PbfReader(buffer).readFields((tag, it, reader) => {
      if (tag === 1) it.type = reader.readString()
      else if (tag === 3) it.bytes = reader.readVarint()
    }, header)
  } catch (cause) {
    throw damage(file, at, 'a block header is damaged', cause)
  }
  const known = at === 0 ? header.type === 'OSMHeader' : header.type !== ''
  if (!known || header.bytes <= 0 || header.bytes > BODY_LIMIT) throw damage(file, at, 'a block header is damaged')
  return header
}

function unpack(file: string, at: number, buffer: Buffer): Buffer {
  const blob: { raw?: Uint8Array; zlib?: Uint8Array; zstd?: Uint8Array } = {}
  try {
    new PbfReader(buffer).readFields((tag, it, reader) => {
      if (tag === 1) it.raw = reader.readBytes()
      else if (tag === 3) it.zlib = reader.readBytes()
      else if (tag === 7) it.zstd = reader.readBytes()
    }, blob)
    if (blob.raw) return Buffer.from(blob.raw)
    if (blob.zlib) return inflateSync(blob.zlib, { maxOutputLength: BODY_LIMIT })
    if (blob.zstd) return zstdDecompressSync(blob.zstd, { maxOutputLength: BODY_LIMIT })
  } catch (cause) {
    throw damage(file, at, 'a block cannot be decompressed', cause)
  }
  throw new ExtractError('unsupported', file, 'its blocks are compressed neither with zlib nor with zstd')
}
