import { distanceM, type LatLon } from '@doorstep/shared/domain'

/** The earth's mean radius as `distanceM` has it: half the way around it is π radii. */
export const EARTH_RADIUS_M = distanceM({ lat: 0, lon: 0 }, { lat: 0, lon: 180 }) / Math.PI

const RAD = Math.PI / 180
const CELL_M = 250
const ROWS = Math.round((Math.PI * EARTH_RADIUS_M) / CELL_M)
const BUCKETS = 1 << 16
const NONE = -1

/** Cells of about 250 m over the whole earth, hashed to lists of slots that are linked through the arrays. */
export interface Grid {
  /** Cells around the earth along a parallel; they are 250 m wide at the latitude the grid was made for. */
  columns: number
  heads: Int32Array
  next: Int32Array
  previous: Int32Array
  /** The cell a slot is in, plus 1; 0 for none. */
  cell: Float64Array
  /** Unit vectors x, y, z per slot: chords order like great circles and need no trigonometry. */
  unit: Float64Array
}

/** A grid for `capacity` slots, best near a latitude, right everywhere. */
export function createGrid(capacity: number, aroundLat: number): Grid {
  const columns = Math.max(8, Math.round(2 * ROWS * Math.cos(Math.min(80, Math.abs(aroundLat)) * RAD)))
  return {
    columns,
    heads: new Int32Array(BUCKETS).fill(NONE),
    next: new Int32Array(capacity).fill(NONE),
    previous: new Int32Array(capacity).fill(NONE),
    cell: new Float64Array(capacity),
    unit: new Float64Array(capacity * 3),
  }
}

/** The row of a latitude, south to north. */
export const rowOf = (lat: number) => Math.min(ROWS - 1, Math.max(0, Math.floor(((lat + 90) / 180) * ROWS)))
/** The column of a longitude, wrapped around the earth. */
export const columnOf = (grid: Grid, lon: number) => {
  const column = Math.floor(((lon + 180) / 360) * grid.columns) % grid.columns
  return column < 0 ? column + grid.columns : column
}
/** A cell's number, unique and above 0. */
export const cellAt = (grid: Grid, row: number, column: number) => row * grid.columns + column + 1
/** The first slot of the list that a cell shares with those of the same hash, or -1. */
export const headOf = (grid: Grid, cell: number) => grid.heads[bucketOf(cell)]!

const bucketOf = (cell: number) => (Math.imul(cell, 0x9e3779b1) >>> 16) & (BUCKETS - 1)

/** Puts a slot at a place, or moves it there; within a cell only its vector changes. */
export function putInGrid(grid: Grid, slot: number, lat: number, lon: number): void {
  const cosLat = Math.cos(lat * RAD)
  grid.unit[slot * 3] = cosLat * Math.cos(lon * RAD)
  grid.unit[slot * 3 + 1] = cosLat * Math.sin(lon * RAD)
  grid.unit[slot * 3 + 2] = Math.sin(lat * RAD)
  const cell = cellAt(grid, rowOf(lat), columnOf(grid, lon))
  if (grid.cell[slot] === cell) return
  removeFromGrid(grid, slot)
  const bucket = bucketOf(cell)
  const head = grid.heads[bucket]!
  grid.cell[slot] = cell
  grid.next[slot] = head
  grid.previous[slot] = NONE
  if (head !== NONE) grid.previous[head] = slot
  grid.heads[bucket] = slot
}

/** Takes a slot out; nothing happens to one that is not in. */
export function removeFromGrid(grid: Grid, slot: number): void {
  const cell = grid.cell[slot]!
  if (cell === 0) return
  const next = grid.next[slot]!
  const previous = grid.previous[slot]!
  if (next !== NONE) grid.previous[next] = previous
  if (previous !== NONE) grid.next[previous] = next
  else grid.heads[bucketOf(cell)] = next
  grid.cell[slot] = 0
}

/** How far a place is from the rings of cells around its own: what a ring holds on a side is at least that far away. */
export interface RingBounds {
  row: number
  column: number
  /** Squared chords to the southern, northern, western and eastern side of a ring. */
  south(ring: number): number
  north(ring: number): number
  west(ring: number): number
  east(ring: number): number
}

/** The cell of a place and its distances to the rings around it. */
export function ringBounds(grid: Grid, place: LatLon): RingBounds {
  const row = rowOf(place.lat)
  const column = columnOf(grid, place.lon)
  const inRow = ((place.lat + 90) / 180) * ROWS - row
  const exact = ((place.lon + 180) / 360) * grid.columns
  const inColumn = exact - Math.floor(exact)
  const cosLat = Math.cos(place.lat * RAD)
  const rows = (units: number) => (2 * Math.sin((Math.max(0, units) * Math.PI) / ROWS / 2)) ** 2
  const columns = (units: number) => {
    const angle = (Math.max(0, units) * 2 * Math.PI) / grid.columns
    if (angle >= Math.PI / 2) return 0
    // The distance to a meridian; its squared chord without the loss of precision of 2 - 2 cos.
    const sine = Math.sin(angle) * cosLat
    return (sine * sine * 2) / (1 + Math.sqrt(1 - sine * sine))
  }
  return {
    row,
    column,
    south: (ring) => rows(inRow + ring - 1),
    north: (ring) => rows(ring - inRow),
    west: (ring) => columns(inColumn + ring - 1),
    east: (ring) => columns(ring - inColumn),
  }
}

/** The squared chord, on the unit sphere, of a way along the earth. */
export const chordSquared = (wayM: number) => (2 * Math.sin(Math.min(Math.PI, wayM / EARTH_RADIUS_M) / 2)) ** 2
/** The way along the earth of a squared chord. */
export const wayOfChordSquaredM = (squared: number) => 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(squared) / 2))

/** The unit vector of a place. */
export function unitVector(place: LatLon): [x: number, y: number, z: number] {
  const cosLat = Math.cos(place.lat * RAD)
  return [cosLat * Math.cos(place.lon * RAD), cosLat * Math.sin(place.lon * RAD), Math.sin(place.lat * RAD)]
}

/** The same grid with room for more slots. */
export function growGrid(grid: Grid, capacity: number): void {
  const grown = createGrid(capacity, 0)
  for (const key of ['next', 'previous'] as const) grown[key].set(grid[key])
  grown.cell.set(grid.cell)
  grown.unit.set(grid.unit)
  Object.assign(grid, { next: grown.next, previous: grown.previous, cell: grown.cell, unit: grown.unit })
}
