import { distanceM, type LatLon } from '@doorstep/shared/domain'

/** A position that was sent or is to be: when the phone made it, where, how fast. */
export interface Fix extends LatLon {
  atMs: number
  courseDeg: number | null
  speedMps: number | null
  accuracyM: number | null
}

/** How often positions go out: every 3 s on the move, every 12 s standing, well before 30 s of silence count as stale. */
export const PACE_MS = { moving: 3_000, still: 12_000 } as const

/** Slower than a slow walk, and nearer than the scatter of GPS, is standing. */
const MOVING_MPS = 0.8
const MOVED_M = 12

/** Whether somebody moves, from the fix itself or from the way since the one that was sent last. */
export function isMoving(fix: Fix, lastSent: Fix | undefined): boolean {
  if (fix.speedMps !== null && fix.speedMps > MOVING_MPS) return true
  return lastSent !== undefined && distanceM(fix, lastSent) > Math.max(MOVED_M, Math.min(fix.accuracyM ?? 0, 50))
}

/** Whether a fix is due. `sinceSentMs` is undefined before the first. */
export function isDue(fix: Fix, lastSent: Fix | undefined, sinceSentMs: number | undefined): boolean {
  if (sinceSentMs === undefined) return true
  return sinceSentMs >= (isMoving(fix, lastSent) ? PACE_MS.moving : PACE_MS.still) - 250
}

/** Fixes kept while there is no connection; beyond that every second of the older half is left out, the way stays known. */
export const KEPT_FIXES = 400

/** Adds a fix to those that wait for a connection. */
export function keepFix<T>(kept: readonly T[], fix: T): T[] {
  const all = [...kept, fix]
  if (all.length <= KEPT_FIXES) return all
  const half = Math.floor(all.length / 2)
  return [...all.slice(0, half).filter((_, index) => index % 2 === 0), ...all.slice(half)]
}

const SEQ_EPOCH_MS = Date.UTC(2026, 0, 1)

/** A number that counts up on a phone also over reloads: tenths of seconds since 2026, or one more than the last. */
export function nextSeq(lastSeq: number, nowMs: number): number {
  return Math.min(4_294_967_295, Math.max(lastSeq + 1, Math.floor((nowMs - SEQ_EPOCH_MS) / 100)))
}
