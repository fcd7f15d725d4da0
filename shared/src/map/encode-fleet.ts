import type { LatLon } from '../domain/index.ts'
import type { FleetSlots } from './fleet-slots.ts'
import { type LocalMercator, localMercator, metresPerUnit, offsetX, offsetY } from './mercator.ts'

/** Floats per driver: previous x and y, next x and y, previous and next course, glide start, fix time, state. */
export const FLEET_STRIDE = 9
const PREV_Y = 1
const NEXT_X = 2
const NEXT_Y = 3
const PREV_COURSE = 4
const NEXT_COURSE = 5
const GLIDE_START = 6
const FIX_AT = 7
const STATE = 8

/** Added to a state that is drawn faintly. */
export const DIMMED = 16
/** The course of a driver whose course nobody knows: its glyph stays upright. */
const COURSE_UNKNOWN = 0
/** A jump longer than this is a correction, not a ride: the mark appears at the new place without a glide. */
const MAX_GLIDE_M = 1_000

/** What the shader reads, and the frame of reference its small numbers are in. */
export interface FleetBuffer {
  data: Float32Array
  mercator: LocalMercator
  /** Longest glide in Mercator units. */
  maxGlide: number
  /** Wall time that `glide start` counts from, so that seconds keep milliseconds in 32 bits. */
  wallEpochMs: number
  /** Server time that `fix at` counts from. */
  serverEpochMs: number
}

/** A buffer for `capacity` drivers around a city. */
export function createFleetBuffer(capacity: number, origin: LatLon, wallMs: number, serverMs: number): FleetBuffer {
  return {
    data: new Float32Array(capacity * FLEET_STRIDE),
    mercator: localMercator(origin),
    maxGlide: MAX_GLIDE_M / metresPerUnit(origin.lat),
    wallEpochMs: wallMs,
    serverEpochMs: serverMs,
  }
}

/**
 * Writes the latest fixes of the slots named, or of all: each glide starts where the mark is drawn at this moment, so
 * that a fix which comes in the middle of a glide bends it instead of breaking it. Answers the slots touched, from and
 * up to, for the upload.
 */
export function encodeDrivers(
  buffer: FleetBuffer,
  slots: FleetSlots,
  changed: ArrayLike<number> | undefined,
  wallMs: number,
  glideMs: number,
): { from: number; to: number } {
  const nowS = (wallMs - buffer.wallEpochMs) / 1_000
  const perS = glideMs > 0 ? 1_000 / glideMs : Number.POSITIVE_INFINITY
  const total = changed ? changed.length : slots.count
  let from = slots.count
  let to = 0
  for (let i = 0; i < total; i++) {
    const slot = changed ? changed[i]! : i
    encodeDriver(buffer, slots, slot, nowS, perS)
    if (slot < from) from = slot
    if (slot >= to) to = slot + 1
  }
  return { from, to }
}

function encodeDriver(buffer: FleetBuffer, slots: FleetSlots, slot: number, nowS: number, perS: number) {
  const data = buffer.data
  const at = slot * FLEET_STRIDE
  const state = slots.state[slot]!
  const x = offsetX(buffer.mercator, slots.lon[slot]!)
  const y = offsetY(buffer.mercator, slots.lat[slot]!)
  const course = slots.courseDeg[slot]!
  const turn = course >= 0 ? course : COURSE_UNKNOWN
  const done = (nowS - data[at + GLIDE_START]!) * perS
  const t = done < 1 ? done : 1
  const fromX = data[at]! + (data[at + NEXT_X]! - data[at]!) * t
  const fromY = data[at + PREV_Y]! + (data[at + NEXT_Y]! - data[at + PREV_Y]!) * t
  const reach = data[at + STATE] === 0 ? -1 : buffer.maxGlide
  const jumps = x - fromX > reach || fromX - x > reach || y - fromY > reach || fromY - y > reach
  data[at] = jumps ? x : fromX
  data[at + PREV_Y] = jumps ? y : fromY
  data[at + NEXT_X] = x
  data[at + NEXT_Y] = y
  data[at + PREV_COURSE] = jumps ? turn : data[at + NEXT_COURSE]!
  data[at + NEXT_COURSE] = turn
  data[at + GLIDE_START] = nowS
  data[at + FIX_AT] = (slots.fixAtMs[slot]! - buffer.serverEpochMs) / 1_000
  data[at + STATE] = state === 0 ? 0 : state + (slots.dimmed[slot] ? DIMMED : 0)
}

/** Changes what a mark shows without touching where it is or how it glides. */
export function encodeState(buffer: FleetBuffer, slots: FleetSlots, slot: number): void {
  const state = slots.state[slot]!
  buffer.data[slot * FLEET_STRIDE + STATE] = state === 0 ? 0 : state + (slots.dimmed[slot] ? DIMMED : 0)
}

/** Where a driver's mark is drawn at a moment, in Mercator offsets from the buffer's origin. */
export function drawnAt(buffer: FleetBuffer, slot: number, wallMs: number, glideMs: number): { x: number; y: number } {
  const { data } = buffer
  const at = slot * FLEET_STRIDE
  const sinceMs = wallMs - buffer.wallEpochMs - data[at + GLIDE_START]! * 1_000
  const t = glideMs <= 0 ? 1 : Math.min(1, Math.max(0, sinceMs / glideMs))
  return {
    x: data[at]! + (data[at + NEXT_X]! - data[at]!) * t,
    y: data[at + PREV_Y]! + (data[at + NEXT_Y]! - data[at + PREV_Y]!) * t,
  }
}

/**
 * The nearest drawn driver within `radius` (Mercator units) of a place, or -1. A scan of the arrays costs 0.1 ms at
 * 100,000 drivers, less than keeping an index of moving points would.
 */
export function pickDriver(buffer: FleetBuffer, count: number, x: number, y: number, radius: number): number {
  const { data } = buffer
  let best = -1
  let bestSquared = radius * radius
  for (let slot = 0, at = 0; slot < count; slot++, at += FLEET_STRIDE) {
    if (data[at + STATE] === 0) continue
    const dx = data[at + NEXT_X]! - x
    const dy = data[at + NEXT_Y]! - y
    const squared = dx * dx + dy * dy
    if (squared < bestSquared) {
      bestSquared = squared
      best = slot
    }
  }
  return best
}
