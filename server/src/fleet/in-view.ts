import type { Bounds } from '@doorstep/shared/domain'
import { type Fleet, SHIFT } from './fleet.ts'

/** Whether a place lies within bounds; those whose west is greater than their east cross the 180th meridian. */
export function isInBounds(bounds: Bounds, lat: number, lon: number): boolean {
  const [west, south, east, north] = bounds
  return lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east)
}

/**
 * Visits the drivers on shift of a zone that are in view, from a slot on, until `visit` answers false. Answers the slot
 * to go on from, or -1 at the end: so a view of any size can be sent in pieces.
 */
export function forEachInView(
  fleet: Fleet,
  zoneId: string,
  bounds: Bounds,
  from: number,
  visit: (slot: number) => boolean,
): number {
  const zone = fleet.zones.indexOf(zoneId)
  if (zone < 0) return -1
  for (let slot = from; slot < fleet.count; slot++) {
    if (fleet.zone[slot] !== zone || fleet.shift[slot]! < SHIFT.online || fleet.fixAtMs[slot] === 0) continue
    if (isInBounds(bounds, fleet.lat[slot]!, fleet.lon[slot]!) && !visit(slot)) return slot + 1
  }
  return -1
}
