import type { LatLon } from '@doorstep/shared/domain'
import { AVAILABLE_BELOW_ORDERS, type Fleet, SHIFT, STALE_AFTER_MS } from './fleet.ts'
import {
  BLOCK,
  cellAt,
  chordOfColumns,
  chordOfRows,
  chordSquared,
  columnOf,
  firstBlock,
  rowOf,
  wayOfChordSquaredM,
  withinColumn,
  withinRow,
} from './grid.ts'

/** What is asked: the k available drivers nearest to a place. */
export interface NearestQuery {
  place: LatLon
  k: number
  radiusM: number
  /** Drivers whose last fix is stale by then are not found. */
  nowMs: number
  /** Only drivers of these indexes into `fleet.zones`; undefined for all. */
  zones: ReadonlySet<number> | undefined
}

/** Room for the answers of one query after the other, so that asking makes no garbage: the first `count` are the answer. */
export interface NearestAnswer {
  count: number
  readonly slots: Int32Array
  readonly distanceM: Float64Array
  /** Where the search keeps its notes. */
  readonly search: Search
}

/** A search under way. */
interface Search {
  x: number
  y: number
  z: number
  k: number
  /** The earliest fix that is not stale. */
  sinceMs: number
  zones: ReadonlySet<number> | undefined
  /** Squared chord that nobody wanted is beyond: the radius, then the k-th found. */
  limit: number
  found: number
  slots: Int32Array
  squared: Float64Array
}

/** Room for answers of up to `k` drivers. */
export function createNearestAnswer(k: number): NearestAnswer {
  const slots = new Int32Array(k)
  const distanceM = new Float64Array(k)
  const start = { x: 0.5, y: 0.5, z: 0.5, k, sinceMs: 0.5, zones: undefined, limit: 0.5, found: 0 }
  return { count: 0, slots, distanceM, search: { ...start, slots, squared: distanceM } }
}

/** Whether a driver may be offered an order now: available, and heard of lately. */
export function isOfferable(fleet: Fleet, slot: number, nowMs: number): boolean {
  return (
    fleet.shift[slot] === SHIFT.online &&
    fleet.activeOrders[slot]! < AVAILABLE_BELOW_ORDERS &&
    nowMs - fleet.fixAtMs[slot]! <= STALE_AFTER_MS
  )
}

const RAD = Math.PI / 180

/**
 * Finds the k available drivers nearest to a place within a radius, nearest first, ties in slot order, and answers how
 * many. The same answer as looking at everyone.
 */
export function nearestInto(fleet: Fleet, query: NearestQuery, answer: NearestAnswer): number {
  const { place, k } = query
  const { search, distanceM } = answer
  if (k > distanceM.length) throw new RangeError(`the answer has room for ${distanceM.length}, not ${k}`)
  answer.count = 0
  if (k <= 0) return 0
  begin(search, query)
  if (!searchRings(fleet, search, place)) {
    begin(search, query)
    const { grid } = fleet
    for (let block = 0; block < grid.blockCount; block++) if (grid.blockCell[block] !== 0) searchBlock(fleet, search, block)
  }
  for (let i = 0; i < search.found; i++) distanceM[i] = wayOfChordSquaredM(distanceM[i]!)
  answer.count = search.found
  return search.found
}

function begin(search: Search, { place, k, radiusM, nowMs, zones }: NearestQuery): void {
  const cosLat = Math.cos(place.lat * RAD)
  search.x = cosLat * Math.cos(place.lon * RAD)
  search.y = cosLat * Math.sin(place.lon * RAD)
  search.z = Math.sin(place.lat * RAD)
  search.k = k
  search.sinceMs = nowMs - STALE_AFTER_MS
  search.zones = zones
  search.limit = chordSquared(radiusM)
  search.found = 0
}

/** Looks at ring after ring, only at sides that can hold somebody nearer than the k-th; false when that takes too many. */
function searchRings(fleet: Fleet, search: Search, place: LatLon): boolean {
  const { grid } = fleet
  const cosLat = Math.cos(place.lat * RAD)
  const row = rowOf(place.lat)
  const column = columnOf(grid, place.lon)
  const inRow = withinRow(place.lat, row)
  const inColumn = withinColumn(grid, place.lon)
  searchCell(fleet, search, cellAt(grid, row, column))
  // An empty cell costs about as much as a driver, so after more cells than drivers it is better to look at everyone.
  const mostCells = Math.min(grid.size, grid.columns)
  for (let ring = 1; (2 * ring + 1) ** 2 <= mostCells; ring++) {
    let isOver = true
    if (chordOfRows(inRow + ring - 1) <= search.limit) isOver = searchRow(fleet, search, row - ring, column, ring)
    if (chordOfRows(ring - inRow) <= search.limit) isOver = searchRow(fleet, search, row + ring, column, ring)
    if (chordOfColumns(grid, cosLat, inColumn + ring - 1) <= search.limit)
      isOver = searchColumn(fleet, search, row, column - ring, ring)
    if (chordOfColumns(grid, cosLat, ring - inColumn) <= search.limit)
      isOver = searchColumn(fleet, search, row, column + ring, ring)
    if (isOver) return true
  }
  return false
}

function searchRow(fleet: Fleet, search: Search, row: number, column: number, ring: number): false {
  const { grid } = fleet
  const { columns } = grid
  for (let c = column - ring; c <= column + ring; c++) searchCell(fleet, search, cellAt(grid, row, (c + columns) % columns))
  return false
}

function searchColumn(fleet: Fleet, search: Search, row: number, column: number, ring: number): false {
  const { grid } = fleet
  const wrapped = (column + grid.columns) % grid.columns
  for (let r = row - ring + 1; r < row + ring; r++) searchCell(fleet, search, cellAt(grid, r, wrapped))
  return false
}

function searchCell(fleet: Fleet, search: Search, cell: number): void {
  const { grid } = fleet
  for (let block = firstBlock(grid, cell); block >= 0; block = grid.blockNext[block]!) {
    if (grid.blockCell[block] === cell) searchBlock(fleet, search, block)
  }
}

function searchBlock(fleet: Fleet, search: Search, block: number): void {
  const { entryUnit, entrySlot, blockSize } = fleet.grid
  const { x, y, z } = search
  const end = block * BLOCK + blockSize[block]!
  for (let entry = block * BLOCK; entry < end; entry++) {
    const dx = entryUnit[entry * 3]! - x
    const dy = entryUnit[entry * 3 + 1]! - y
    const dz = entryUnit[entry * 3 + 2]! - z
    const squared = dx * dx + dy * dy + dz * dz
    if (squared <= search.limit) consider(fleet, search, entrySlot[entry]!, squared)
  }
}

function consider(fleet: Fleet, search: Search, slot: number, squared: number): void {
  const { zones, slots, squared: kept, k } = search
  if (fleet.fixAtMs[slot]! < search.sinceMs) return
  if (zones !== undefined && !zones.has(fleet.zone[slot]!)) return
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
