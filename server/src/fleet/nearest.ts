import type { LatLon } from '@doorstep/shared/domain'
import { type Fleet, SHIFT, STALE_AFTER_MS } from './fleet.ts'
import { cellAt, chordSquared, headOf, ringBounds, unitVector, wayOfChordSquaredM } from './grid.ts'

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

interface Search {
  /** Squared chord that nobody wanted is beyond: the radius, then the k-th found. */
  limit: number
  fleet: Fleet
  x: number
  y: number
  z: number
  k: number
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
  if (k <= 0) return []
  const [x, y, z] = unitVector(place)
  const limit = chordSquared(radiusM)
  const search: Search = { fleet, x, y, z, k, limit, accept, found: 0, slots: new Int32Array(k), squared: new Float64Array(k) }
  if (!searchRings(search, place)) {
    search.found = 0
    search.limit = limit
    for (let slot = 0; slot < fleet.count; slot++) if (fleet.grid.cell[slot] !== 0) consider(search, slot)
  }
  return Array.from({ length: search.found }, (_, i) => ({
    slot: search.slots[i]!,
    distanceM: wayOfChordSquaredM(search.squared[i]!),
  }))
}

/** Looks at ring after ring, only at sides that can hold somebody nearer than the k-th; false when that takes too many. */
function searchRings(search: Search, place: LatLon): boolean {
  const { grid } = search.fleet
  const { row, column, south, north, west, east } = ringBounds(grid, place)
  searchCell(search, cellAt(grid, row, column))
  // An empty cell costs about as much as a driver, so after more cells than drivers it is better to look at everyone.
  const mostCells = Math.min(search.fleet.count, grid.columns)
  for (let ring = 1; (2 * ring + 1) ** 2 <= mostCells; ring++) {
    let isOver = true
    if (south(ring) <= search.limit) isOver = searchRow(search, row - ring, column, ring)
    if (north(ring) <= search.limit) isOver = searchRow(search, row + ring, column, ring)
    if (west(ring) <= search.limit) isOver = searchColumn(search, row, column - ring, ring)
    if (east(ring) <= search.limit) isOver = searchColumn(search, row, column + ring, ring)
    if (isOver) return true
  }
  return false
}

function searchRow(search: Search, row: number, column: number, ring: number): false {
  const { grid } = search.fleet
  const { columns } = grid
  for (let c = column - ring; c <= column + ring; c++) searchCell(search, cellAt(grid, row, (c + columns) % columns))
  return false
}

function searchColumn(search: Search, row: number, column: number, ring: number): false {
  const { grid } = search.fleet
  const wrapped = (column + grid.columns) % grid.columns
  for (let r = row - ring + 1; r < row + ring; r++) searchCell(search, cellAt(grid, r, wrapped))
  return false
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
  if (squared > search.limit) return
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
  if (search.found === k) search.limit = kept[k - 1]!
}

const isBefore = (squaredA: number, slotA: number, squaredB: number, slotB: number) =>
  squaredA < squaredB || (squaredA === squaredB && slotA < slotB)
