import { randomBytes } from 'node:crypto'

let lastMs = 0
let counter = 0

/**
 * A new UUID version 7 (RFC 9562) for the given time: ids made later sort later, also within a millisecond, where
 * twelve bits count up. The rest is random. Brand it by its type: `newId<OrderId>(nowMs)`.
 */
export function newId<Id extends string = string>(nowMs: number): Id {
  const bytes = randomBytes(16)
  if (nowMs === lastMs) counter = (counter + 1) & 0xfff
  else counter = bytes.readUInt16BE(6) & 0x3ff
  lastMs = nowMs
  bytes.writeUIntBE(Math.max(0, Math.floor(nowMs)), 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
}
