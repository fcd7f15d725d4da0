import { CHUNK_FIXES, CHUNK_MS, CRUMB_BYTES, type Crumb, writeCrumb } from './breadcrumb-chunk.ts'
import type { BreadcrumbChunk } from './breadcrumbs-sql.ts'

const BLOCK_BYTES = CHUNK_FIXES * CRUMB_BYTES

/** Packs the fixes of many drivers, each into its own chunk of a minute; `onChunk` gets those that are closed. */
export interface CrumbPacker {
  add(slot: number, crumb: Crumb): void
  /** Closes chunks begun before a moment; all of them with Infinity. */
  closeBefore(atMs: number): void
}

/**
 * A packer by slot. `whoIs` tells whose the slot is when a chunk is closed: close everything of a slot before it is given to
 * another driver. Minutes begin with a driver's first fix, so that not all chunks close at once.
 */
export function crumbPacker(
  whoIs: (slot: number) => { driverId: string; zoneId: string },
  onChunk: (chunk: BreadcrumbChunk) => void,
): CrumbPacker {
  let bytes = new DataView(new ArrayBuffer(0))
  let counts = new Uint8Array(0)
  let started = new Float64Array(0)

  const makeRoom = (slots: number) => {
    const grown = new Uint8Array(slots * BLOCK_BYTES)
    grown.set(new Uint8Array(bytes.buffer))
    bytes = new DataView(grown.buffer)
    const [oldCounts, oldStarted] = [counts, started]
    counts = new Uint8Array(slots)
    counts.set(oldCounts)
    started = new Float64Array(slots)
    started.set(oldStarted)
  }
  const close = (slot: number) => {
    const count = counts[slot]!
    counts[slot] = 0
    const packed = new Uint8Array(bytes.buffer, slot * BLOCK_BYTES, count * CRUMB_BYTES).slice()
    onChunk({ ...whoIs(slot), startedMs: started[slot]!, count, bytes: packed })
  }

  return {
    add(slot, crumb) {
      if (slot >= counts.length) makeRoom(Math.max(64, slot + 1, counts.length * 2))
      const count = counts[slot]!
      if (count > 0 && (count === CHUNK_FIXES || crumb.atMs - started[slot]! >= CHUNK_MS)) close(slot)
      if (counts[slot] === 0) started[slot] = crumb.atMs
      writeCrumb(bytes, slot * BLOCK_BYTES, counts[slot]!++, started[slot]!, crumb)
    },
    closeBefore(atMs) {
      for (let slot = 0; slot < counts.length; slot++) if (counts[slot]! > 0 && started[slot]! < atMs) close(slot)
    },
  }
}
