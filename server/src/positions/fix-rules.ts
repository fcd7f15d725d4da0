import { distanceM } from '@doorstep/shared/domain'
import type { BatchFix } from './position-batch.ts'

/** Why a position was not taken; counted by these names and told to the device. */
export const FIX_RULES = [
  'off_shift',
  'out_of_range',
  'clock_ahead',
  'too_old',
  'repeated',
  'late',
  'too_often',
  'too_fast',
] as const
export type FixRule = (typeof FIX_RULES)[number]

/** A device's clock may be this far ahead; up to there a fix counts as made now. */
const CLOCK_AHEAD_MS = 30_000
/** Older fixes say nothing any more. */
const TOO_OLD_MS = 24 * 3_600_000
/** Fixes closer in time than this are a fault or a flood. */
const LEAST_GAP_MS = 100
/** 250 km/h, above what any delivery vehicle rides. */
const FASTEST_MPS = 70
/** What a fix may jump by the scatter of GPS among houses, whatever the time between. */
const SCATTER_M = 150
/** After so many fixes in a row that would be too fast, the device is believed: it was the one before that was wrong. */
export const BELIEVED_AFTER = 5

/** What is known of a driver before a fix: `fixAtMs` 0 for nothing. */
export interface LastFix {
  lat: number
  lon: number
  fixAtMs: number
  seq: number
}

/** Looks at a fix by itself and against the one before; sets a time that is a little ahead to now. Undefined when it is good. */
export function checkFix(fix: BatchFix, last: LastFix, nowMs: number): FixRule | undefined {
  const { lat, lon } = fix
  if (!(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) || !Number.isFinite(fix.atMs)) return 'out_of_range'
  if (fix.courseDeg < 0 || fix.courseDeg > 360 || fix.speedMps < 0) return 'out_of_range'
  if (fix.atMs > nowMs + CLOCK_AHEAD_MS) return 'clock_ahead'
  if (fix.atMs < nowMs - TOO_OLD_MS) return 'too_old'
  if (fix.atMs > nowMs) fix.atMs = nowMs
  if (last.fixAtMs === 0) return undefined
  const sinceMs = fix.atMs - last.fixAtMs
  if (sinceMs === 0 && fix.seq === last.seq) return 'repeated'
  if (sinceMs < 0 || (sinceMs === 0 && fix.seq < last.seq)) return 'late'
  if (sinceMs < LEAST_GAP_MS) return 'too_often'
  if (distanceM(last, fix) > SCATTER_M + (FASTEST_MPS * sinceMs) / 1_000) return 'too_fast'
  return undefined
}
