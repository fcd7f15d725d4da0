import { type Fleet, markChanged, placeInGrid } from './fleet.ts'

/** A position to fold in; `atMs` in the server's clock. Unknown course and speed are NaN. */
export interface Fix {
  lat: number
  lon: number
  atMs: number
  seq: number
  courseDeg: number
  speedMps: number
}

/** `late` and `repeated` fixes change nothing: a driver never moves backwards in time. */
export type MoveOutcome = 'moved' | 'late' | 'repeated'

/** Whether a fix is later than the slot's last one, by time and then by sequence. */
export function compareFix(fleet: Fleet, slot: number, atMs: number, seq: number): MoveOutcome {
  const lastMs = fleet.fixAtMs[slot]!
  const lastSeq = fleet.fixSeq[slot]!
  if (atMs > lastMs || (atMs === lastMs && seq > lastSeq)) return 'moved'
  return atMs === lastMs && seq === lastSeq ? 'repeated' : 'late'
}

/** Moves a driver to a later fix. */
export function moveDriver(fleet: Fleet, slot: number, fix: Fix): MoveOutcome {
  const outcome = compareFix(fleet, slot, fix.atMs, fix.seq)
  if (outcome !== 'moved') return outcome
  fleet.lat[slot] = fix.lat
  fleet.lon[slot] = fix.lon
  fleet.fixAtMs[slot] = fix.atMs
  fleet.fixSeq[slot] = fix.seq
  fleet.speedMps[slot] = fix.speedMps
  if (fix.courseDeg === fix.courseDeg) fleet.courseDeg[slot] = fix.courseDeg
  placeInGrid(fleet, slot)
  markChanged(fleet, slot)
  return 'moved'
}
