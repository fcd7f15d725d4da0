import { prebuiltCommand } from '../platform/index.ts'
import { LIVE_FIX_BYTES, writeLiveFix } from './live-fix.ts'
import type { BatchFix } from './position-batch.ts'

/**
 * `GEOADD` and `HSET` of many drivers in the bytes that go over the wire: every entry has the same length, so it is written
 * with a few stores. Argument arrays would cost an object, a string and a search per argument, three to four times as much.
 */
export interface PositionCommands {
  /** Adds a driver by the UUID's 36 characters. */
  add(driverId: string, fix: BatchFix): void
  count(): number
  /** The commands for what was added; and starts anew. */
  take(): ReturnType<typeof prebuiltCommand>[]
}

const DEGREES = 12
const UUID = 36
const GEO_ENTRY = 2 * bulkBytes(DEGREES) + bulkBytes(UUID)
const HASH_ENTRY = bulkBytes(UUID) + bulkBytes(LIVE_FIX_BYTES)
/** Beyond this latitude Redis takes no place into a GEO set. */
const GEO_LATITUDE = 85.05
const [ZERO, PLUS, MINUS, POINT] = [0x30, 0x2b, 0x2d, 0x2e]

/** Builds the commands for one zone's keys, of at most `most` drivers at a time. */
export function positionCommands(keys: { geo: string; fixes: string }, most: number): PositionCommands {
  const geo = entryWriter('geoadd', keys.geo, most, GEO_ENTRY, 3)
  const hash = entryWriter('hset', keys.fixes, most, HASH_ENTRY, 2)
  return {
    count: hash.count,
    add(driverId, fix) {
      if (Math.abs(fix.lat) < GEO_LATITUDE) {
        const at = geo.next()
        putDegrees(geo.bytes(), putHead(geo.bytes(), at, DEGREES), fix.lon)
        putDegrees(geo.bytes(), putHead(geo.bytes(), at + bulkBytes(DEGREES), DEGREES), fix.lat)
        putUuid(geo.bytes(), at + 2 * bulkBytes(DEGREES), driverId)
      }
      const at = hash.next()
      putUuid(hash.bytes(), at, driverId)
      const fixAt = putHead(hash.bytes(), at + bulkBytes(UUID), LIVE_FIX_BYTES)
      writeLiveFix(hash.bytes(), fixAt, fix)
      putEnd(hash.bytes(), fixAt + LIVE_FIX_BYTES)
    },
    take: () => [geo, hash].filter((writer) => writer.count() > 0).map((writer) => writer.take()),
  }
}

/** Entries of one command behind room for its head, in a buffer that the command takes with it. */
function entryWriter(name: string, key: string, most: number, entryBytes: number, argumentsEach: number) {
  const headOf = (count: number) =>
    `*${2 + count * argumentsEach}\r\n$${name.length}\r\n${name}\r\n$${Buffer.byteLength(key)}\r\n${key}\r\n`
  const room = Buffer.byteLength(headOf(most))
  const fresh = () => Buffer.allocUnsafe(room + most * entryBytes)
  let bytes = fresh()
  let count = 0
  return {
    count: () => count,
    bytes: () => bytes,
    next: () => room + count++ * entryBytes,
    take() {
      const head = headOf(count)
      const from = room - Buffer.byteLength(head)
      bytes.write(head, from, 'latin1')
      const built = bytes.subarray(from, room + count * entryBytes)
      bytes = fresh()
      count = 0
      return prebuiltCommand(name, key, built)
    },
  }
}

function bulkBytes(length: number): number {
  return 1 + String(length).length + 2 + length + 2
}

/** Writes the head of a bulk string of two-digit length; answers where the string begins. */
function putHead(bytes: Buffer, at: number, length: number): number {
  bytes[at] = 0x24
  bytes[at + 1] = ZERO + Math.floor(length / 10)
  bytes[at + 2] = ZERO + (length % 10)
  return putEnd(bytes, at + 3)
}

function putEnd(bytes: Buffer, at: number): number {
  bytes[at] = 0x0d
  bytes[at + 1] = 0x0a
  return at + 2
}

function putUuid(bytes: Buffer, at: number, uuid: string): void {
  const from = putHead(bytes, at, UUID)
  bytes.write(uuid, from, UUID, 'latin1')
  putEnd(bytes, from + UUID)
}

/** Degrees as a sign, three digits, a point and seven digits, and the end of the string. */
function putDegrees(bytes: Buffer, at: number, degrees: number): void {
  let rest = Math.round(Math.abs(degrees) * 1e7)
  bytes[at] = degrees < 0 ? MINUS : PLUS
  for (let p = at + 11; p > at; p--) {
    if (p === at + 4) bytes[p] = POINT
    else {
      bytes[p] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }
  putEnd(bytes, at + DEGREES)
}
