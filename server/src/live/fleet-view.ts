import { FRAME_FLAG } from '@doorstep/shared/contract'
import type { Bounds } from '@doorstep/shared/domain'
import { type Fleet, forEachInView, SHIFT } from '../fleet/index.ts'
import { fleetFrame, rosterFrame } from './fleet-frames.ts'
import type { Outbox } from './outbox.ts'
import { coverView, type TileCover } from './view-tiles.ts'

/** Drivers to a frame of a whole view: about 40 kB, so that a slow reader is filled in small pieces. */
const CHUNK = 2_000

/** What one connection sees of a zone's fleet. Whole views go out in pieces, each with the latest places, as there is room. */
export interface FleetView {
  outbox: Outbox
  cover: TileCover
  zoom: number
  /** The next slot whose identity is to be sent; -1 when all were. */
  rosterAt: number
  /** The next slot of the whole view to be sent; -1 when all were. */
  viewAt: number
  isBegun: boolean
  /** Something was let go while the reader was behind: the whole view goes out again. */
  isBehind: boolean
}

/** A view that has yet to be sent as a whole. */
export function createView(outbox: Outbox, bounds: Bounds, zoom: number): FleetView {
  return { outbox, cover: coverView(bounds), zoom, rosterAt: 0, viewAt: 0, isBegun: false, isBehind: false }
}

/** Starts the whole view over, for other bounds or because something was let go. */
export function restartView(view: FleetView): void {
  view.viewAt = 0
  view.isBegun = false
  view.isBehind = false
}

/** Sends as much of roster and view as there is room for. It ends with a frame that says that the view is whole. */
export function pumpView(fleet: Fleet, zoneId: string, channel: number, view: FleetView, atMs: number): void {
  while (view.rosterAt >= 0 && view.outbox.isRoomy()) {
    const slots: number[] = []
    view.rosterAt = nextOnShift(fleet, zoneId, view.rosterAt, slots)
    if (slots.length > 0) view.outbox.offer(rosterFrame(fleet, channel, slots, 0, atMs))
  }
  if (view.rosterAt >= 0) return
  if (view.isBehind && view.outbox.isRoomy()) restartView(view)
  while (view.viewAt >= 0 && view.outbox.isRoomy()) {
    const slots: number[] = []
    view.viewAt = forEachInView(fleet, zoneId, view.cover.bounds, view.viewAt, (slot) => slots.push(slot) < CHUNK)
    const flags = FRAME_FLAG.catchUp | (view.isBegun ? 0 : FRAME_FLAG.begin) | (view.viewAt < 0 ? FRAME_FLAG.complete : 0)
    view.outbox.offer(fleetFrame(fleet, channel, slots, slots.length, flags, atMs))
    view.isBegun = true
  }
}

function nextOnShift(fleet: Fleet, zoneId: string, from: number, slots: number[]): number {
  const zone = fleet.zones.indexOf(zoneId)
  for (let slot = from; slot < fleet.count; slot++) {
    if (fleet.zone[slot] !== zone || fleet.shift[slot]! < SHIFT.online || fleet.ids[slot] === undefined) continue
    slots.push(slot)
    if (slots.length === CHUNK) return slot + 1
  }
  return -1
}
