import type { BatchFix } from './position-batch.ts'

/** Bytes of a fix as Redis keeps it: time f64 · latitude, longitude i32, 10^-7 degrees · seq u32 · course, speed f32. Little-endian. */
export const LIVE_FIX_BYTES = 28

/** Writes a fix at a place of a buffer. */
export function writeLiveFix(bytes: Buffer, at: number, fix: BatchFix): void {
  bytes.writeDoubleLE(fix.atMs, at)
  bytes.writeInt32LE(Math.round(fix.lat * 1e7), at + 8)
  bytes.writeInt32LE(Math.round(fix.lon * 1e7), at + 12)
  bytes.writeUInt32LE(fix.seq, at + 16)
  bytes.writeFloatLE(fix.courseDeg, at + 20)
  bytes.writeFloatLE(fix.speedMps, at + 24)
}

/** Reads a fix, undefined when the bytes are none. */
export function readLiveFix(bytes: Buffer): BatchFix | undefined {
  if (bytes.byteLength !== LIVE_FIX_BYTES) return undefined
  return {
    atMs: bytes.readDoubleLE(0),
    lat: bytes.readInt32LE(8) / 1e7,
    lon: bytes.readInt32LE(12) / 1e7,
    seq: bytes.readUInt32LE(16),
    courseDeg: bytes.readFloatLE(20),
    speedMps: bytes.readFloatLE(24),
  }
}
