import { type DriverStateCode, FRAME } from '@doorstep/shared/client'

// Layouts as in shared/src/contract/live-frames.ts, written here byte by byte so that a change there is noticed.
const HEADER = 16

function frame(kind: number, flags: number, count: number, entryBytes: number): DataView {
  const view = new DataView(new ArrayBuffer(HEADER + count * entryBytes))
  view.setUint8(0, kind)
  view.setUint8(1, flags)
  view.setUint32(4, count, true)
  view.setFloat64(8, 1_764_000_000_000, true)
  return view
}

/** A roster frame: which driver each slot is. */
export function rosterFrame(entries: [slot: number, driverId: string][]): DataView {
  const view = frame(FRAME.roster, 0, entries.length, 24)
  for (const [i, [slot, id]] of entries.entries()) {
    const at = HEADER + i * 24
    view.setUint32(at, slot, true)
    const hex = id.replaceAll('-', '')
    for (let b = 0; b < 16; b++) view.setUint8(at + 4 + b, Number.parseInt(hex.slice(b * 2, b * 2 + 2), 16))
  }
  return view
}

/** A fleet frame with a fix of this moment for each driver. */
export function fleetFrame(entries: { slot: number; lat: number; lon: number; state: DriverStateCode }[], flags = 0): DataView {
  const view = frame(FRAME.fleet, flags, entries.length, 20)
  for (const [i, { slot, lat, lon, state }] of entries.entries()) {
    const at = HEADER + i * 20
    view.setUint32(at, slot, true)
    view.setInt32(at + 4, Math.round(lat * 1e7), true)
    view.setInt32(at + 8, Math.round(lon * 1e7), true)
    view.setUint16(at + 12, 0xffff, true)
    view.setUint8(at + 17, state)
  }
  return view
}
