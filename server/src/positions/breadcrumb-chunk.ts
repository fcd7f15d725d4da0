/** Bytes of a fix in a chunk, as migrations/0005_positions.sql describes them. */
export const CRUMB_BYTES = 14
/** Fixes to a chunk at most: one a second for its minute. */
export const CHUNK_FIXES = 60
/** A chunk is closed when its first fix is this old. */
export const CHUNK_MS = 60_000

/** A recorded position; unknown speed and course are NaN. */
export interface Crumb {
  atMs: number
  lat: number
  lon: number
  speedMps: number
  courseDeg: number
}

const UNKNOWN = 0xffff

/** Writes fix `index` of a chunk that begins at `at` and whose first fix was made at `startedMs`. */
export function writeCrumb(view: DataView, at: number, index: number, startedMs: number, crumb: Crumb): void {
  const p = at + index * CRUMB_BYTES
  const scaled = (value: number) => (value === value ? Math.min(UNKNOWN - 1, Math.round(value * 100)) : UNKNOWN)
  view.setUint16(p, Math.min(UNKNOWN, Math.max(0, Math.round(crumb.atMs - startedMs))), true)
  view.setInt32(p + 2, Math.round(crumb.lat * 1e7), true)
  view.setInt32(p + 6, Math.round(crumb.lon * 1e7), true)
  view.setUint16(p + 10, scaled(crumb.speedMps), true)
  view.setUint16(p + 12, scaled(crumb.courseDeg), true)
}

/** Unpacks a chunk. */
export function readCrumbs(bytes: Uint8Array, startedMs: number): Crumb[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const known = (raw: number) => (raw === UNKNOWN ? Number.NaN : raw / 100)
  return Array.from({ length: Math.floor(bytes.byteLength / CRUMB_BYTES) }, (_, i) => {
    const p = i * CRUMB_BYTES
    return {
      atMs: startedMs + view.getUint16(p, true),
      lat: view.getInt32(p + 2, true) / 1e7,
      lon: view.getInt32(p + 6, true) / 1e7,
      speedMps: known(view.getUint16(p + 10, true)),
      courseDeg: known(view.getUint16(p + 12, true)),
    }
  })
}
