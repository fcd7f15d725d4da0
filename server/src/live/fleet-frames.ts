import {
  CELL_ENTRY_BYTES,
  DRIVER_STATE,
  type DriverStateCode,
  FLEET_ENTRY_BYTES,
  type FleetEntry,
  FRAME,
  FRAME_HEADER_BYTES,
  ORDER_POSITION_BYTES,
  type OrderPosition,
  ROSTER_ENTRY_BYTES,
  writeCell,
  writeFleetEntry,
  writeHeader,
  writeOrderPosition,
  writeRosterEntry,
} from '@doorstep/shared/contract'
import { bytesOfUuid, type Fleet, type FleetCell, SHIFT, writeDriverId } from '../fleet/index.ts'

const entry: FleetEntry = {
  slot: 0,
  lat: 0,
  lon: 0,
  courseDeg: 0,
  speedMps: 0,
  state: DRIVER_STATE.none,
  activeOrders: 0,
  fixAtMs: 0,
}
const idBytes = new DataView(new ArrayBuffer(16))
const orderBytes = new DataView(new ArrayBuffer(16))

/** What a driver does, as frames say it. */
export function stateOf(fleet: Fleet, slot: number): DriverStateCode {
  switch (fleet.shift[slot]) {
    case SHIFT.online:
      if (fleet.carriedOrders[slot]! > 0) return DRIVER_STATE.carrying
      return fleet.activeOrders[slot]! > 0 ? DRIVER_STATE.toPickup : DRIVER_STATE.idle
    case SHIFT.onBreak:
      return DRIVER_STATE.onBreak
    case SHIFT.offline:
      return DRIVER_STATE.offline
    default:
      return DRIVER_STATE.none
  }
}

/** A frame with the drivers of these slots as they are now. */
export function fleetFrame(fleet: Fleet, channel: number, slots: ArrayLike<number>, count: number, flags: number, atMs: number) {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + count * FLEET_ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  writeHeader(view, { kind: FRAME.fleet, flags, channel, count, atMs })
  for (let i = 0; i < count; i++) {
    const slot = slots[i]!
    entry.slot = slot
    entry.lat = fleet.lat[slot]!
    entry.lon = fleet.lon[slot]!
    entry.courseDeg = fleet.courseDeg[slot]!
    entry.speedMps = fleet.speedMps[slot]!
    entry.state = stateOf(fleet, slot)
    entry.activeOrders = fleet.activeOrders[slot]!
    entry.fixAtMs = fleet.fixAtMs[slot]!
    writeFleetEntry(view, i, atMs, entry)
  }
  return bytes
}

/** A frame that says which drivers these slots are. */
export function rosterFrame(fleet: Fleet, channel: number, slots: readonly number[], flags: number, atMs: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + slots.length * ROSTER_ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  writeHeader(view, { kind: FRAME.roster, flags, channel, count: slots.length, atMs })
  slots.forEach((slot, i) => {
    writeDriverId(fleet, slot, idBytes, 0)
    writeRosterEntry(view, i, slot, idBytes, fleet.vehicle[slot]!, fleet.maxOrders[slot]!)
  })
  return bytes
}

/** A frame of counts for a zoomed-out map; it is always whole. */
export function cellsFrame(channel: number, cells: readonly FleetCell[], flags: number, atMs: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + cells.length * CELL_ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  writeHeader(view, { kind: FRAME.cells, flags, channel, count: cells.length, atMs })
  cells.forEach((cell, i) => {
    writeCell(view, i, cell)
  })
  return bytes
}

/** Where a driver is; unknown course and speed are NaN. */
export type Place = Omit<OrderPosition, 'orderId' | 'driverId'>

/** A frame that tells the customer of an order where its driver, the one of this slot, is. */
export function orderPositionFrame(fleet: Fleet, orderId: string, slot: number, place: Place): Uint8Array {
  const bytes = new Uint8Array(ORDER_POSITION_BYTES)
  bytesOfUuid(orderId, orderBytes, 0)
  writeDriverId(fleet, slot, idBytes, 0)
  writeOrderPosition(new DataView(bytes.buffer), orderBytes, idBytes, place)
  return bytes
}
