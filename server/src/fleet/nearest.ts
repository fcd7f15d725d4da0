import type { LatLon } from '@doorstep/shared/domain'
import { type Fleet, SHIFT, STALE_AFTER_MS } from './fleet.ts'
import {
  cellAt,
  chordSquared,
  columnOf,
  headOf,
  outsideRingsM,
  ringsWithin,
  rowOf,
  unitVector,
  wayOfChordSquaredM,
} from './grid.ts'

/** A driver found near a place. */
export interface Near {
  slot: number
  distanceM: number
}

/** Whether a driver may be offered an order now: online, heard of lately, with fewer than `belowOrders` orders. */
export function isOfferable(fleet: Fleet, slot: number, nowMs: number, belowOrders: number): boolean {
  return (
    fleet.shift[slot] === SHIFT.online &&
    nowMs - fleet.fixAtMs[slot]! <= STALE_AFTER_MS &&
    fleet.activeOrders[slot]! < belowOrders
  )
}

/** Rings beyond which looking at every driver is cheaper than looking at every cell. */
const MAX_RINGS = 64

interface Search {
  fleet: Fleet
  x: number
  y: number
  z: number
  k: number
  limit: number
  accept: (slot: number) => boolean
  found: number
  slots: Int32Array
  squared: Float64Array
}

/**
 * The k drivers on shift nearest to a place within a radius that `accept` takes, nearest first; ties in slot order.
 * The same answer as looking at everyone.
 */
export function nearest(fleet: Fleet, place: LatLon, k: number, radiusM: number, accept: (slot: number) => boolean): Near[] {
  const [x, y, z] = unitVector(place)
  const limit = chordSquared(radiusM)
  const search: Search = { fleet, x, y, z, k, limit, accept, found: 0, slots: new Int32Array(k), squared: new Float64Array(k) }
  const rings = ringsWithin(fleet.grid, place.lat, radiusM)
  if (k <= 0) return []
  if (rings <= MAX_RINGS) searchRings(search, place, rings)
  else for (let slot = 0; slot < fleet.count; slot++) if (fleet.grid.cell[slot] !== 0) consider(search, slot)
  return Array.from({ length: search.found }, (_, i) => ({
    slot: search.slots[i]!,
    distanceM: wayOfChordSquaredM(search.squared[i]!),
  }))
}

function searchRings(search: Search, place: LatLon, rings: number): void {
  const { grid } = search.fleet
  const row = rowOf(place.lat)
  const column = columnOf(grid, place.lon)
  for (let ring = 0; ring <= rings; ring++) {
    for (let dRow = -ring; dRow <= ring; dRow++) {
      const step = Math.abs(dRow) === ring ? 1 : 2 * ring
      for (let dColumn = -ring; dColumn <= ring; dColumn += step || 1) {
        searchCell(search, cellAt(grid, row + dRow, (column + dColumn + grid.columns) % grid.columns))
      }
    }
    if (search.found === search.k && search.squared[search.k - 1]! < chordSquared(outsideRingsM(grid, place.lat, ring))) return
  }
}

function searchCell(search: Search, cell: number): void {
  const { grid } = search.fleet
  for (let slot = headOf(grid, cell); slot >= 0; slot = grid.next[slot]!) {
    if (grid.cell[slot] === cell) consider(search, slot)
  }
}

function consider(search: Search, slot: number): void {
  const { unit } = search.fleet.grid
  const dx = unit[slot * 3]! - search.x
  const dy = unit[slot * 3 + 1]! - search.y
  const dz = unit[slot * 3 + 2]! - search.z
  const squared = dx * dx + dy * dy + dz * dz
  if (squared > search.limit || (search.found === search.k && squared > search.squared[search.k - 1]!)) return
  if (!search.accept(slot)) return
  insert(search, slot, squared)
}

function insert(search: Search, slot: number, squared: number): void {
  const { slots, squared: kept, k } = search
  if (search.found === k && !isBefore(squared, slot, kept[k - 1]!, slots[k - 1]!)) return
  let i = search.found < k ? search.found++ : k - 1
  while (i > 0 && isBefore(squared, slot, kept[i - 1]!, slots[i - 1]!)) {
    kept[i] = kept[i - 1]!
    slots[i] = slots[i - 1]!
    i--
  }
  kept[i] = squared
  slots[i] = slot
}

const isBefore = (squaredA: number, slotA: number, squaredB: number, slotB: number) =>
  squaredA < squaredB || (squaredA === squaredB && slotA < slotB)
