import { type Fleet, SHIFT, writeDriverId } from '../fleet/index.ts'
import { BELIEVED_AFTER, checkFix, type FixRule, type LastFix } from './fix-rules.ts'
import { BATCH_DRIVERS, type BatchFix, batchWriter } from './position-batch.ts'

/** Collects the positions that come to this node between two ticks. */
export interface PositionTaker {
  /** Takes a fix of a slot's driver; undefined, or the rule it broke. The fix is copied; its time may be set to now. */
  take(slot: number, fix: BatchFix, nowMs: number): FixRule | undefined
  /** Sends what was taken since the last time, latest per driver, in batches by zone. */
  flush(nowMs: number, send: (zoneId: string, batch: Uint8Array) => void): void
}

/** Makes a taker over a fleet; `onTaken` hears every fix, also those that a later one replaces before the tick. */
export function positionTaker(fleet: Fleet, onTaken: (slot: number, fix: BatchFix) => void): PositionTaker {
  const writer = batchWriter()
  const idBytes = new DataView(new ArrayBuffer(16))
  const last: LastFix = { lat: 0, lon: 0, fixAtMs: 0, seq: 0 }
  const fix: BatchFix = { lat: 0, lon: 0, atMs: 0, seq: 0, courseDeg: 0, speedMps: 0 }
  let pending = pendingArrays(fleet.capacity)
  let count = 0

  const readLast = (slot: number) => {
    const isPending = pending.isSet[slot] === 1
    last.lat = isPending ? pending.lat[slot]! : fleet.lat[slot]!
    last.lon = isPending ? pending.lon[slot]! : fleet.lon[slot]!
    last.fixAtMs = isPending ? pending.atMs[slot]! : fleet.fixAtMs[slot]!
    last.seq = isPending ? pending.seq[slot]! : fleet.fixSeq[slot]!
  }
  const write = (slot: number) => {
    writeDriverId(fleet, slot, idBytes, 0)
    fix.lat = pending.lat[slot]!
    fix.lon = pending.lon[slot]!
    fix.atMs = pending.atMs[slot]!
    fix.seq = pending.seq[slot]!
    fix.courseDeg = pending.courseDeg[slot]!
    fix.speedMps = pending.speedMps[slot]!
    writer.add(idBytes, fix)
  }

  return {
    take(slot, given, nowMs) {
      if (slot < 0 || fleet.shift[slot]! < SHIFT.online) return 'off_shift'
      if (slot >= pending.isSet.length) pending = grown(pending, fleet.capacity)
      readLast(slot)
      const broken = checkFix(given, last, nowMs)
      if (broken === 'too_fast') {
        if (++pending.tooFast[slot]! < BELIEVED_AFTER) return broken
      } else if (broken) return broken
      pending.tooFast[slot] = 0
      pending.lat[slot] = given.lat
      pending.lon[slot] = given.lon
      pending.atMs[slot] = given.atMs
      pending.seq[slot] = given.seq
      pending.courseDeg[slot] = given.courseDeg
      pending.speedMps[slot] = given.speedMps
      if (pending.isSet[slot] === 0) {
        pending.isSet[slot] = 1
        pending.slots[count++] = slot
      }
      onTaken(slot, given)
      return undefined
    },
    flush(nowMs, send) {
      const taken = pending.slots.subarray(0, count)
      for (let zone = 0; zone < fleet.zones.length && count > 0; zone++) {
        for (const slot of taken) {
          if (fleet.zone[slot] !== zone || fleet.ids[slot] === undefined) continue
          write(slot)
          if (writer.count() === BATCH_DRIVERS) send(fleet.zones[zone]!, writer.take(nowMs))
        }
        if (writer.count() > 0) send(fleet.zones[zone]!, writer.take(nowMs))
      }
      for (const slot of taken) pending.isSet[slot] = 0
      count = 0
    },
  }
}

const pendingArrays = (capacity: number) => ({
  isSet: new Uint8Array(capacity),
  slots: new Uint32Array(capacity),
  lat: new Float64Array(capacity),
  lon: new Float64Array(capacity),
  atMs: new Float64Array(capacity),
  seq: new Uint32Array(capacity),
  courseDeg: new Float32Array(capacity),
  speedMps: new Float32Array(capacity),
  tooFast: new Uint8Array(capacity),
})

function grown(old: ReturnType<typeof pendingArrays>, capacity: number): ReturnType<typeof pendingArrays> {
  const arrays = pendingArrays(capacity)
  for (const key of Object.keys(arrays) as (keyof typeof arrays)[]) arrays[key].set(old[key])
  return arrays
}
