import { distanceM } from '@doorstep/shared/domain'

/** The earth's mean radius as `distanceM` has it: half the way around it is π radii. */
export const EARTH_RADIUS_M = distanceM({ lat: 0, lon: 0 }, { lat: 0, lon: 180 }) / Math.PI

const RAD = Math.PI / 180
/** Measured with `bench:nearby`: smaller cells cost empty looks in suburbs, larger ones far drivers in a dense middle. */
const CELL_M = 200
const ROWS = Math.round((Math.PI * EARTH_RADIUS_M) / CELL_M)
const BUCKETS = 1 << 16
const NONE = -1

/** Drivers of one cell that stand side by side in memory. */
export const BLOCK = 8

/**
 * The drivers who can be found, by cells over the whole earth. A cell's drivers stand in blocks with their places beside
 * them, so that looking through a cell reads memory in order; blocks hang on hashed buckets.
 */
export interface Grid {
  /** Cells around the earth along a parallel; as wide as high at the latitude the grid was made for. */
  columns: number
  /** How many drivers are in. */
  size: number
  /** The first block of each bucket, or -1. */
  heads: Int32Array
  /** Blocks below this have been used. */
  blockCount: number
  /** The cell of a block; 0 for a free one. */
  blockCell: Float64Array
  /** The next block of the bucket, or of the free ones. */
  blockNext: Int32Array
  /** Entries in a block, from its start; of a cell's blocks only the first may have room. */
  blockSize: Uint8Array
  /** Slot per entry; entry `i` of block `b` is number `b * BLOCK + i`. */
  entrySlot: Int32Array
  /** Unit vectors x, y, z per entry: chords order like great circles and need no trigonometry. */
  entryUnit: Float64Array
  /** The entry of a slot, or -1. */
  entryOf: Int32Array
  freeBlock: number
}

/** A grid for `capacity` slots, best near a latitude, right everywhere. */
export function createGrid(capacity: number, aroundLat: number): Grid {
  return {
    columns: Math.max(8, Math.round(2 * ROWS * Math.cos(Math.min(80, Math.abs(aroundLat)) * RAD))),
    size: 0,
    heads: new Int32Array(BUCKETS).fill(NONE),
    blockCount: 0,
    ...blocksFor(Math.max(16, capacity >> 2)),
    entryOf: new Int32Array(capacity).fill(NONE),
    freeBlock: NONE,
  }
}

const blocksFor = (blocks: number) => ({
  blockCell: new Float64Array(blocks),
  blockNext: new Int32Array(blocks),
  blockSize: new Uint8Array(blocks),
  entrySlot: new Int32Array(blocks * BLOCK),
  entryUnit: new Float64Array(blocks * BLOCK * 3),
})

/** The row of a latitude, south to north. */
export const rowOf = (lat: number) => Math.min(ROWS - 1, Math.max(0, Math.floor(((lat + 90) / 180) * ROWS)))
/** The column of a longitude, wrapped around the earth. */
export const columnOf = (grid: Grid, lon: number) => {
  const column = Math.floor(((lon + 180) / 360) * grid.columns) % grid.columns
  return column < 0 ? column + grid.columns : column
}
/** A cell's number, unique and above 0; of rows beyond the poles one that no driver has. */
export const cellAt = (grid: Grid, row: number, column: number) => row * grid.columns + column + 1
/** The first block of the bucket that a cell shares with those of the same hash, or -1. */
export const firstBlock = (grid: Grid, cell: number) => grid.heads[bucketOf(cell)]!

const bucketOf = (cell: number) => (Math.imul(cell, 0x9e3779b1) >>> 16) & (BUCKETS - 1)

/** Puts a slot at a place, or moves it there; within a cell only its vector changes. */
export function putInGrid(grid: Grid, slot: number, lat: number, lon: number): void {
  const cell = cellAt(grid, rowOf(lat), columnOf(grid, lon))
  let entry = grid.entryOf[slot]!
  if (entry !== NONE && grid.blockCell[(entry / BLOCK) | 0] !== cell) {
    removeFromGrid(grid, slot)
    entry = NONE
  }
  if (entry === NONE) {
    entry = takeEntry(grid, cell)
    grid.entrySlot[entry] = slot
    grid.entryOf[slot] = entry
    grid.size++
  }
  writeUnit(grid.entryUnit, entry * 3, lat, lon)
}

/** Takes a slot out; nothing happens to one that is not in. The last of the cell's first block takes its place. */
export function removeFromGrid(grid: Grid, slot: number): void {
  const entry = grid.entryOf[slot]!
  if (entry === NONE) return
  const cell = grid.blockCell[(entry / BLOCK) | 0]!
  const block = blockOf(grid, cell)
  const last = block * BLOCK + --grid.blockSize[block]!
  if (last !== entry) {
    const moved = grid.entrySlot[last]!
    grid.entrySlot[entry] = moved
    grid.entryOf[moved] = entry
    grid.entryUnit.copyWithin(entry * 3, last * 3, last * 3 + 3)
  }
  grid.entryOf[slot] = NONE
  grid.size--
  if (grid.blockSize[block] === 0) freeBlock(grid, block, cell)
}

/** The first block of a cell in its bucket, or -1. */
function blockOf(grid: Grid, cell: number): number {
  let block = firstBlock(grid, cell)
  while (block !== NONE && grid.blockCell[block] !== cell) block = grid.blockNext[block]!
  return block
}

function takeEntry(grid: Grid, cell: number): number {
  let block = blockOf(grid, cell)
  if (block === NONE || grid.blockSize[block] === BLOCK) block = takeBlock(grid, cell)
  return block * BLOCK + grid.blockSize[block]!++
}

function takeBlock(grid: Grid, cell: number): number {
  let block = grid.freeBlock
  if (block !== NONE) grid.freeBlock = grid.blockNext[block]!
  else {
    block = grid.blockCount++
    if (block >= grid.blockCell.length) growBlocks(grid)
  }
  const bucket = bucketOf(cell)
  grid.blockCell[block] = cell
  grid.blockNext[block] = grid.heads[bucket]!
  grid.heads[bucket] = block
  return block
}

function freeBlock(grid: Grid, block: number, cell: number): void {
  const bucket = bucketOf(cell)
  const next = grid.blockNext[block]!
  if (grid.heads[bucket] === block) grid.heads[bucket] = next
  else {
    let before = grid.heads[bucket]!
    while (grid.blockNext[before] !== block) before = grid.blockNext[before]!
    grid.blockNext[before] = next
  }
  grid.blockCell[block] = 0
  grid.blockNext[block] = grid.freeBlock
  grid.freeBlock = block
}

function growBlocks(grid: Grid): void {
  const grown = blocksFor(grid.blockCell.length * 2)
  for (const key of Object.keys(grown) as (keyof typeof grown)[]) grown[key].set(grid[key])
  Object.assign(grid, grown)
}

/** Makes room for the slots of a fleet that has grown. */
export function growGrid(grid: Grid, capacity: number): void {
  const entryOf = new Int32Array(capacity).fill(NONE)
  entryOf.set(grid.entryOf)
  grid.entryOf = entryOf
}

/** The least squared chord, on the unit sphere, between places that are `rows` rows apart. */
export const chordOfRows = (rows: number) => (2 * Math.sin((Math.max(0, rows) * Math.PI) / ROWS / 2)) ** 2

/** The least squared chord from a place, given the cosine of its latitude, to a meridian `columns` columns away. */
export function chordOfColumns(grid: Grid, cosLat: number, columns: number): number {
  const angle = (Math.max(0, columns) * 2 * Math.PI) / grid.columns
  if (angle >= Math.PI / 2) return 0
  // The squared chord of an angle without the loss of precision of 2 - 2 cos.
  const sine = Math.sin(angle) * cosLat
  return (sine * sine * 2) / (1 + Math.sqrt(1 - sine * sine))
}

/** Where a place lies within its row, 0 to 1 from the south. */
export const withinRow = (lat: number, row: number) => ((lat + 90) / 180) * ROWS - row
/** Where a place lies within its column, 0 to 1 from the west. */
export const withinColumn = (grid: Grid, lon: number) => {
  const exact = ((lon + 180) / 360) * grid.columns
  return exact - Math.floor(exact)
}

/** The squared chord, on the unit sphere, of a way along the earth. */
export const chordSquared = (wayM: number) => (2 * Math.sin(Math.min(Math.PI, wayM / EARTH_RADIUS_M) / 2)) ** 2
/** The way along the earth of a squared chord. */
export const wayOfChordSquaredM = (squared: number) => 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(squared) / 2))

/** Writes the unit vector of a place. */
export function writeUnit(vectors: Float64Array, at: number, lat: number, lon: number): void {
  const cosLat = Math.cos(lat * RAD)
  vectors[at] = cosLat * Math.cos(lon * RAD)
  vectors[at + 1] = cosLat * Math.sin(lon * RAD)
  vectors[at + 2] = Math.sin(lat * RAD)
}
