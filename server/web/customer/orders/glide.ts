import type { LatLon } from '@doorstep/shared/domain'

/** A marker on its way from one fix to the next; times in milliseconds of the wall. */
export interface Glide {
  from: LatLon
  to: LatLon
  startMs: number
  durationMs: number
}

/** A glide never takes longer than this, so that a marker is never far behind its driver. */
const LONGEST_MS = 4_000
/** About 150 m in degrees: a jump beyond this many steps is a gap in the fixes, not a ride. */
const GAP_DEG = 0.006

/** Where the marker is now. */
export function glideAt({ from, to, startMs, durationMs }: Glide, nowMs: number): LatLon {
  const t = durationMs <= 0 ? 1 : Math.min(1, Math.max(0, (nowMs - startMs) / durationMs))
  return { lat: from.lat + (to.lat - from.lat) * t, lon: from.lon + (to.lon - from.lon) * t }
}

/** The next glide, from wherever the marker is drawn now; it takes as long as the fixes are apart, and jumps over gaps. */
export function nextGlide(before: Glide | undefined, to: LatLon, nowMs: number, sinceLastFixMs: number, isStill: boolean): Glide {
  const from = before ? glideAt(before, nowMs) : to
  const isGap = Math.abs(from.lat - to.lat) + Math.abs(from.lon - to.lon) > GAP_DEG
  return { from, to, startMs: nowMs, durationMs: isStill || isGap ? 0 : Math.min(LONGEST_MS, sinceLastFixMs) }
}
