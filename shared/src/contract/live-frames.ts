/**
 * Binary frames of the live connection: little-endian, the kind in the first byte. No schema and no dependency, so that
 * browsers, workers and drivers' devices can bundle it. Layouts are written down in docs/live.md.
 */
export const FRAME = { position: 1, fleet: 2, roster: 3, cells: 4, orderPosition: 5 } as const

/** Bits of a fleet, roster or cells frame: part of a whole view that began with `begin` and is whole with `complete`. */
export const FRAME_FLAG = { begin: 1, catchUp: 2, complete: 4 } as const

/** What a driver does, in fleet frames. `none` takes the slot off the map. Whether the fix is stale follows from its age. */
export const DRIVER_STATE = { none: 0, offline: 1, idle: 2, toPickup: 3, carrying: 4, onBreak: 5 } as const
export type DriverStateCode = (typeof DRIVER_STATE)[keyof typeof DRIVER_STATE]

export const POSITION_BYTES = 32
export const FRAME_HEADER_BYTES = 16
export const FLEET_ENTRY_BYTES = 20
export const ROSTER_ENTRY_BYTES = 24
export const CELL_ENTRY_BYTES = 16
export const ORDER_POSITION_BYTES = 64

const DEGREE = 1e7
const UNKNOWN_16 = 0xffff
const UNKNOWN_8 = 0xff

/** A driver's own position on the wire; unknown numbers are NaN. The object can be used again for the next one. */
export interface WirePosition {
  seq: number
  atMs: number
  lat: number
  lon: number
  courseDeg: number
  speedMps: number
  accuracyM: number
  /** 0 to 1. */
  battery: number
}

const scaled = (value: number, scale: number, unknown: number) =>
  value === value ? Math.min(unknown - 1, Math.max(0, Math.round(value * scale))) : unknown
const unscaled = (raw: number, scale: number, unknown: number) => (raw === unknown ? Number.NaN : raw / scale)

/** Writes a position frame of 32 bytes. */
export function writePosition(view: DataView, p: WirePosition): void {
  view.setUint8(0, FRAME.position)
  view.setUint8(1, scaled(p.battery, 100, UNKNOWN_8))
  view.setUint16(2, scaled(p.accuracyM, 10, UNKNOWN_16), true)
  view.setUint32(4, p.seq, true)
  view.setFloat64(8, p.atMs, true)
  view.setInt32(16, Math.round(p.lat * DEGREE), true)
  view.setInt32(20, Math.round(p.lon * DEGREE), true)
  view.setUint16(24, scaled(p.courseDeg, 100, UNKNOWN_16), true)
  view.setUint16(26, scaled(p.speedMps, 100, UNKNOWN_16), true)
  view.setUint32(28, 0, true)
}

/** Reads a position frame into `into`; false when it is not one. */
export function readPosition(view: DataView, into: WirePosition): boolean {
  if (view.byteLength !== POSITION_BYTES || view.getUint8(0) !== FRAME.position) return false
  into.battery = unscaled(view.getUint8(1), 100, UNKNOWN_8)
  into.accuracyM = unscaled(view.getUint16(2, true), 10, UNKNOWN_16)
  into.seq = view.getUint32(4, true)
  into.atMs = view.getFloat64(8, true)
  into.lat = view.getInt32(16, true) / DEGREE
  into.lon = view.getInt32(20, true) / DEGREE
  into.courseDeg = unscaled(view.getUint16(24, true), 100, UNKNOWN_16)
  into.speedMps = unscaled(view.getUint16(26, true), 100, UNKNOWN_16)
  return true
}

/** The head of fleet, roster and cells frames. */
export interface FrameHeader {
  kind: number
  /** Bits of FRAME_FLAG. */
  flags: number
  /** Which fleet topic it belongs to, as its snapshot says. */
  channel: number
  count: number
  /** The server's clock when it was made. */
  atMs: number
}

/** Writes the head of a fleet, roster or cells frame. */
export function writeHeader(view: DataView, header: FrameHeader): void {
  view.setUint8(0, header.kind)
  view.setUint8(1, header.flags)
  view.setUint16(2, header.channel, true)
  view.setUint32(4, header.count, true)
  view.setFloat64(8, header.atMs, true)
}

/** Reads the head of a fleet, roster or cells frame; undefined when it is none or not whole. */
export function readHeader(view: DataView): FrameHeader | undefined {
  if (view.byteLength < FRAME_HEADER_BYTES) return undefined
  const kind = view.getUint8(0)
  const entry = kind === FRAME.fleet ? FLEET_ENTRY_BYTES : kind === FRAME.roster ? ROSTER_ENTRY_BYTES : CELL_ENTRY_BYTES
  const count = view.getUint32(4, true)
  if (kind < FRAME.fleet || kind > FRAME.cells || view.byteLength !== FRAME_HEADER_BYTES + count * entry) return undefined
  return { kind, flags: view.getUint8(1), channel: view.getUint16(2, true), count, atMs: view.getFloat64(8, true) }
}

/** One driver in a fleet frame. The object handed to visitors is used again. */
export interface FleetEntry {
  slot: number
  lat: number
  lon: number
  courseDeg: number
  speedMps: number
  state: DriverStateCode
  activeOrders: number
  /** When the fix was made, to a tenth of a second; 0 when that is more than 109 minutes ago. */
  fixAtMs: number
}

/** Writes entry `index` of a fleet frame whose head says `atMs`. */
export function writeFleetEntry(view: DataView, index: number, atMs: number, e: FleetEntry): void {
  const at = FRAME_HEADER_BYTES + index * FLEET_ENTRY_BYTES
  view.setUint32(at, e.slot, true)
  view.setInt32(at + 4, Math.round(e.lat * DEGREE), true)
  view.setInt32(at + 8, Math.round(e.lon * DEGREE), true)
  view.setUint16(at + 12, scaled(e.courseDeg, 100, UNKNOWN_16), true)
  view.setUint16(at + 14, e.fixAtMs > 0 ? scaled((atMs - e.fixAtMs) / 100, 1, UNKNOWN_16) : UNKNOWN_16, true)
  view.setUint8(at + 16, scaled(e.speedMps, 4, UNKNOWN_8))
  view.setUint8(at + 17, e.state)
  view.setUint8(at + 18, Math.min(255, e.activeOrders))
  view.setUint8(at + 19, 0)
}

const entry: FleetEntry = {
  slot: 0,
  lat: 0,
  lon: 0,
  courseDeg: Number.NaN,
  speedMps: Number.NaN,
  state: DRIVER_STATE.none,
  activeOrders: 0,
  fixAtMs: 0,
}

/** Visits the drivers of a fleet frame; the entry is only lent for the call. */
export function readFleet(view: DataView, header: FrameHeader, visit: (entry: FleetEntry) => void): void {
  for (let i = 0, at = FRAME_HEADER_BYTES; i < header.count; i++, at += FLEET_ENTRY_BYTES) {
    const age = view.getUint16(at + 14, true)
    entry.slot = view.getUint32(at, true)
    entry.lat = view.getInt32(at + 4, true) / DEGREE
    entry.lon = view.getInt32(at + 8, true) / DEGREE
    entry.courseDeg = unscaled(view.getUint16(at + 12, true), 100, UNKNOWN_16)
    entry.fixAtMs = age >= UNKNOWN_16 - 1 ? 0 : header.atMs - age * 100
    entry.speedMps = unscaled(view.getUint8(at + 16), 4, UNKNOWN_8)
    entry.state = view.getUint8(at + 17) as DriverStateCode
    entry.activeOrders = view.getUint8(at + 18)
    visit(entry)
  }
}

/** Writes entry `index` of a roster frame: which driver a slot is. `id` holds the 16 bytes of the driver's UUID. */
export function writeRosterEntry(view: DataView, index: number, slot: number, id: DataView, vehicle: number, maxOrders: number) {
  const at = FRAME_HEADER_BYTES + index * ROSTER_ENTRY_BYTES
  view.setUint32(at, slot, true)
  for (let i = 0; i < 16; i += 4) view.setUint32(at + 4 + i, id.getUint32(i))
  view.setUint8(at + 20, vehicle)
  view.setUint8(at + 21, maxOrders)
  view.setUint16(at + 22, 0, true)
}

/** Visits a roster frame: slot, driver id, index into VEHICLES, and how many orders the driver may have. */
export function readRoster(
  view: DataView,
  header: FrameHeader,
  visit: (slot: number, driverId: string, vehicle: number, maxOrders: number) => void,
): void {
  for (let i = 0, at = FRAME_HEADER_BYTES; i < header.count; i++, at += ROSTER_ENTRY_BYTES) {
    visit(view.getUint32(at, true), readUuid(view, at + 4), view.getUint8(at + 20), view.getUint8(at + 21))
  }
}

/** Writes entry `index` of a cells frame: how many drivers are around a place of a zoomed-out map. */
export function writeCell(view: DataView, index: number, cell: { lat: number; lon: number; idle: number; busy: number }): void {
  const at = FRAME_HEADER_BYTES + index * CELL_ENTRY_BYTES
  view.setInt32(at, Math.round(cell.lat * DEGREE), true)
  view.setInt32(at + 4, Math.round(cell.lon * DEGREE), true)
  view.setUint32(at + 8, cell.idle, true)
  view.setUint32(at + 12, cell.busy, true)
}

/** Visits a cells frame. */
export function readCells(
  view: DataView,
  header: FrameHeader,
  visit: (lat: number, lon: number, idle: number, busy: number) => void,
): void {
  for (let i = 0, at = FRAME_HEADER_BYTES; i < header.count; i++, at += CELL_ENTRY_BYTES) {
    const lat = view.getInt32(at, true) / DEGREE
    visit(lat, view.getInt32(at + 4, true) / DEGREE, view.getUint32(at + 8, true), view.getUint32(at + 12, true))
  }
}

/** Where the driver of a followed order is. */
export interface OrderPosition {
  orderId: string
  driverId: string
  lat: number
  lon: number
  courseDeg: number
  speedMps: number
  atMs: number
}

/** Writes an order-position frame of 64 bytes; the ids are given as bytes. */
export function writeOrderPosition(
  view: DataView,
  order: DataView,
  driver: DataView,
  p: Omit<OrderPosition, 'orderId' | 'driverId'>,
) {
  view.setUint8(0, FRAME.orderPosition)
  view.setUint8(1, 0)
  view.setUint16(2, scaled(p.courseDeg, 100, UNKNOWN_16), true)
  view.setUint16(4, scaled(p.speedMps, 100, UNKNOWN_16), true)
  view.setUint16(6, 0, true)
  view.setFloat64(8, p.atMs, true)
  view.setInt32(16, Math.round(p.lat * DEGREE), true)
  view.setInt32(20, Math.round(p.lon * DEGREE), true)
  for (let i = 0; i < 16; i += 4) view.setUint32(24 + i, order.getUint32(i))
  for (let i = 0; i < 16; i += 4) view.setUint32(40 + i, driver.getUint32(i))
  view.setFloat64(56, 0, true)
}

/** Reads an order-position frame; undefined when it is not one. */
export function readOrderPosition(view: DataView): OrderPosition | undefined {
  if (view.byteLength !== ORDER_POSITION_BYTES || view.getUint8(0) !== FRAME.orderPosition) return undefined
  return {
    orderId: readUuid(view, 24),
    driverId: readUuid(view, 40),
    lat: view.getInt32(16, true) / DEGREE,
    lon: view.getInt32(20, true) / DEGREE,
    courseDeg: unscaled(view.getUint16(2, true), 100, UNKNOWN_16),
    speedMps: unscaled(view.getUint16(4, true), 100, UNKNOWN_16),
    atMs: view.getFloat64(8, true),
  }
}

/** The UUID string of 16 bytes. */
function readUuid(view: DataView, at: number): string {
  let hex = ''
  for (let i = 0; i < 16; i += 4)
    hex += view
      .getUint32(at + i)
      .toString(16)
      .padStart(8, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
