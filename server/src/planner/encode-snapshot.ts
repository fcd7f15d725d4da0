import { type NumberColumn, packNumbers, unpackNumbers } from './pack-numbers.ts'
import type { Policy } from './policy.ts'
import type { StoredSnapshot } from './record-travel.ts'
import type { RecordedTick } from './replay.ts'

/** Raised when the bytes change their form, so that older ones are refused and not misread. */
const FORM = 1

/** Rows by their fields: numbers as packed columns, all else as it is. */
interface TableHead {
  count: number
  numbers: Record<string, NumberColumn>
  others: Record<string, unknown[]>
}

interface Head extends Pick<StoredSnapshot, 'previous' | 'ordersPerDriverHour'> {
  form: number
  policy: Policy
  nowMs: number
  seed: number
  orders: TableHead
  drivers: TableHead
  places: TableHead
  ways: NumberColumn
  seconds: NumberColumn
}

/**
 * A recorded tick as bytes: a head in JSON, then columns of numbers, bit for bit. Not compressed, but laid out for it:
 * zstd makes a fifth to a tenth of it. NaN is not a number that a snapshot may hold.
 */
export function encodeSnapshot(stored: StoredSnapshot, policy: Policy, nowMs: number, seed: number): Uint8Array {
  const parts: Uint8Array[] = []
  const pack = (values: ArrayLike<number | null>) => {
    const { column, bytes } = packNumbers(values)
    parts.push(bytes)
    return column
  }
  const { orders, drivers, places, travel, ...rest } = stored
  const head: Head = {
    form: FORM,
    policy,
    nowMs,
    seed,
    ...rest,
    orders: packTable(orders, pack),
    drivers: packTable(drivers, pack),
    places: packTable(places, pack),
    ways: pack(differences(travel.keys)),
    seconds: pack(travel.seconds),
  }
  return joined([asciiBytes(JSON.stringify(head)), ...parts])
}

/** What `encodeSnapshot` was given; throws on bytes of another form. */
export function decodeSnapshot(bytes: Uint8Array): RecordedTick {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const head = JSON.parse(asciiText(bytes.subarray(4, 4 + headLength))) as Head
  if (head.form !== FORM) throw new Error(`a snapshot of form ${head.form}; this planner reads form ${FORM}`)
  let at = 4 + headLength
  const unpack = (column: NumberColumn) => {
    const values = unpackNumbers(column, bytes, at)
    at += column.count * column.width
    return values
  }
  const { form: _, policy, nowMs, seed, orders, drivers, places, ways, seconds, ...rest } = head
  const snapshot: StoredSnapshot = {
    ...rest,
    orders: unpackTable(orders, unpack),
    drivers: unpackTable(drivers, unpack),
    places: unpackTable(places, unpack),
    travel: { keys: sums(unpack(ways)), seconds: Float64Array.from(unpack(seconds) as number[]) },
  }
  return { snapshot, policy, nowMs, seed }
}

function packTable(rows: readonly object[], pack: (values: (number | null)[]) => NumberColumn): TableHead {
  const table: TableHead = { count: rows.length, numbers: {}, others: {} }
  for (const key of Object.keys(rows[0] ?? {})) {
    const values = rows.map((row) => (row as Record<string, unknown>)[key])
    if (values.every((value) => value === null || typeof value === 'number')) table.numbers[key] = pack(values)
    else table.others[key] = values
  }
  return table
}

function unpackTable<Row>(table: TableHead, unpack: (column: NumberColumn) => (number | null)[]): Row[] {
  const rows = Array.from({ length: table.count }, (): Record<string, unknown> => ({}))
  const columns = Object.entries(table.numbers).map(([key, column]) => [key, unpack(column)] as const)
  for (const [key, values] of [...columns, ...Object.entries(table.others)]) {
    for (const [i, row] of rows.entries()) row[key] = values[i]
  }
  return rows as Row[]
}

/** What each is above the one before: small for sorted numbers. */
function differences(values: Float64Array): Float64Array {
  return values.map((value, i) => value - (values[i - 1] ?? 0))
}

function sums(differences: readonly (number | null)[]): Float64Array {
  let sum = 0
  return Float64Array.from(differences, (difference) => (sum += difference!))
}

/** The head's length in four bytes, the head, and the columns. */
function joined([head, ...columns]: readonly [Uint8Array, ...Uint8Array[]]): Uint8Array {
  const bytes = new Uint8Array(4 + columns.reduce((sum, part) => sum + part.length, head.length))
  new DataView(bytes.buffer).setUint32(0, head.length)
  let at = 4
  for (const part of [head, ...columns]) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** JSON with everything beyond ASCII escaped is one byte a character. */
function asciiBytes(json: string): Uint8Array {
  const text = json.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

function asciiText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
