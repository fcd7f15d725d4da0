/**
 * Finds a slot by the 16 bytes of a UUID without making a string: open addressing with linear probing over the slots,
 * at most half full. Removed entries leave a mark until the table grows.
 */
export interface UuidTable {
  /** Per entry slot + 1; 0 is free, -1 was removed. */
  entries: Int32Array
  used: number
  /** Four 32-bit words per slot. */
  words: Uint32Array
}

/** A table for `capacity` slots. */
export function createUuidTable(capacity: number): UuidTable {
  return { entries: new Int32Array(tableSize(capacity)), used: 0, words: new Uint32Array(capacity * 4) }
}

const tableSize = (capacity: number) => 1 << Math.max(4, Math.ceil(Math.log2(capacity * 2 + 1)))

const hash = (a: number, b: number, c: number, d: number) => {
  let h = Math.imul(a ^ (b >>> 15), 0x85ebca6b) ^ Math.imul(c ^ (d >>> 13), 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16) ^ b, 0x27d4eb2f) ^ d
  return (h ^ (h >>> 15)) >>> 0
}

/** The slot of a UUID whose bytes stand at `at`, or -1. */
export function findUuid(table: UuidTable, bytes: DataView, at: number): number {
  const a = bytes.getUint32(at)
  const b = bytes.getUint32(at + 4)
  const c = bytes.getUint32(at + 8)
  const d = bytes.getUint32(at + 12)
  const mask = table.entries.length - 1
  for (let i = hash(a, b, c, d) & mask; ; i = (i + 1) & mask) {
    const entry = table.entries[i]!
    if (entry === 0) return -1
    const w = (entry - 1) * 4
    const { words } = table
    if (entry > 0 && words[w] === a && words[w + 1] === b && words[w + 2] === c && words[w + 3] === d) return entry - 1
  }
}

/** Puts a slot under the UUID at `at`; the UUID must not be in the table. */
export function addUuid(table: UuidTable, slot: number, bytes: DataView, at: number): void {
  if (slot * 4 >= table.words.length) {
    const words = new Uint32Array(Math.max(16, slot * 8))
    words.set(table.words)
    table.words = words
  }
  for (let i = 0; i < 4; i++) table.words[slot * 4 + i] = bytes.getUint32(at + i * 4)
  if ((table.used + 1) * 2 > table.entries.length) rebuild(table)
  insert(table, slot)
}

/** Takes a slot out of the table. */
export function removeUuid(table: UuidTable, slot: number): void {
  const mask = table.entries.length - 1
  for (let i = hashOfSlot(table, slot) & mask; table.entries[i] !== 0; i = (i + 1) & mask) {
    if (table.entries[i] !== slot + 1) continue
    table.entries[i] = -1
    return
  }
}

function hashOfSlot({ words }: UuidTable, slot: number): number {
  const w = slot * 4
  return hash(words[w]!, words[w + 1]!, words[w + 2]!, words[w + 3]!)
}

function insert(table: UuidTable, slot: number): void {
  const mask = table.entries.length - 1
  let i = hashOfSlot(table, slot) & mask
  while (table.entries[i]! > 0) i = (i + 1) & mask
  if (table.entries[i] === 0) table.used++
  table.entries[i] = slot + 1
}

function rebuild(table: UuidTable): void {
  const slots = table.entries.filter((entry) => entry > 0)
  table.entries = new Int32Array(tableSize(slots.length * 2 + 2))
  table.used = 0
  for (const entry of slots) insert(table, entry - 1)
}

/** Writes the 16 bytes of a UUID string; false when it is not one. */
export function bytesOfUuid(uuid: string, bytes: DataView, at: number): boolean {
  const hex = uuid.replaceAll('-', '')
  if (hex.length !== 32 || !/^[0-9a-f]{32}$/i.test(hex)) return false
  for (let i = 0; i < 4; i++) bytes.setUint32(at + i * 4, Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16))
  return true
}

/** The UUID string of 16 bytes. */
export function uuidOfBytes(bytes: DataView, at: number): string {
  let hex = ''
  for (let i = 0; i < 4; i++)
    hex += bytes
      .getUint32(at + i * 4)
      .toString(16)
      .padStart(8, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
