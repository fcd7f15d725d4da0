/**
 * How a node tells the others, once a tick and zone, where drivers are: a head of 16 bytes, then 48 bytes a driver, so
 * that a batch is written and read without an object per driver. Little-endian; ids are the UUID's 16 bytes.
 */
const HEAD_BYTES = 16
const ENTRY_BYTES = 48
const KIND = 1

/** Drivers to a batch at most: what a tick has beyond goes into another. */
export const BATCH_DRIVERS = 4_096

/** A fix of one driver as batches carry it; unknown course and speed are NaN. */
export interface BatchFix {
  lat: number
  lon: number
  atMs: number
  seq: number
  courseDeg: number
  speedMps: number
}

/** A batch being written; the buffer is used for one after the other. */
export interface BatchWriter {
  add(driverId: DataView, fix: BatchFix): void
  count(): number
  /** The bytes written, on loan until the next `add`; and starts anew. */
  take(sentAtMs: number): Uint8Array
}

/** A writer with its own buffer. */
export function batchWriter(): BatchWriter {
  const view = new DataView(new ArrayBuffer(HEAD_BYTES + BATCH_DRIVERS * ENTRY_BYTES))
  let count = 0
  return {
    count: () => count,
    add(driverId, fix) {
      const at = HEAD_BYTES + count++ * ENTRY_BYTES
      for (let i = 0; i < 16; i += 4) view.setUint32(at + i, driverId.getUint32(i))
      view.setFloat64(at + 16, fix.atMs, true)
      view.setInt32(at + 24, Math.round(fix.lat * 1e7), true)
      view.setInt32(at + 28, Math.round(fix.lon * 1e7), true)
      view.setUint32(at + 32, fix.seq, true)
      view.setFloat32(at + 36, fix.courseDeg, true)
      view.setFloat32(at + 40, fix.speedMps, true)
      view.setUint32(at + 44, 0, true)
    },
    take(sentAtMs) {
      view.setUint32(0, KIND, true)
      view.setUint32(4, count, true)
      view.setFloat64(8, sentAtMs, true)
      const bytes = new Uint8Array(view.buffer, 0, HEAD_BYTES + count * ENTRY_BYTES)
      count = 0
      return bytes
    },
  }
}

const lent: BatchFix = { lat: 0, lon: 0, atMs: 0, seq: 0, courseDeg: 0, speedMps: 0 }

/** Visits a batch: where in `view` the driver's id stands, and the fix, which is only lent. False when it is no batch. */
export function readBatch(bytes: Uint8Array, visit: (view: DataView, idAt: number, fix: BatchFix) => void): boolean {
  if (bytes.byteLength < HEAD_BYTES) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(4, true)
  if (view.getUint32(0, true) !== KIND || bytes.byteLength !== HEAD_BYTES + count * ENTRY_BYTES) return false
  for (let i = 0, at = HEAD_BYTES; i < count; i++, at += ENTRY_BYTES) {
    lent.atMs = view.getFloat64(at + 16, true)
    lent.lat = view.getInt32(at + 24, true) / 1e7
    lent.lon = view.getInt32(at + 28, true) / 1e7
    lent.seq = view.getUint32(at + 32, true)
    lent.courseDeg = view.getFloat32(at + 36, true)
    lent.speedMps = view.getFloat32(at + 40, true)
    visit(view, at, lent)
  }
  return true
}
