import type { LatLon } from '@doorstep/shared/domain'
import type { FieldGrid } from './field-grid.ts'
import type { FieldSearch } from './field-search.ts'
import type { Snap } from './snap-places.ts'

/** The value of a cell that the search did not reach. */
export const UNREACHED = 65_535

/** Seconds between one stop and the cells around it, in one direction: a window of the city's grid. */
export interface TravelField {
  grid: FieldGrid
  column0: number
  row0: number
  columns: number
  rows: number
  /** Free-flow seconds by cell of the window, rows from the south; UNREACHED beyond. */
  seconds: Uint16Array
  /** Seconds a metre of straight line takes at the edge of the field: how it goes on beyond. */
  secondsPerM: number
  stop: LatLon
}

/** Where each cell's centre meets the streets of a mode. */
export interface CellSnaps {
  /** Piece of street, -1 where none is near. */
  piece: Int32Array
  /** How far along it, 0 to 1. */
  along: Float32Array
  /** Seconds on foot between the street and the centre, where they are far apart. */
  offS: Float32Array
}

/** Pieces of street as a field reads them. */
export interface PieceTimes {
  from: Uint32Array
  to: Uint32Array
  along: Float32Array
  against: Float32Array
}

/** Seconds between the stop and one cell's centre by what the search found; Infinity where it found nothing. */
export function cellSeconds(
  search: { seconds: Float32Array },
  pieces: PieceTimes,
  stop: Snap,
  cell: { piece: number; along: number; offS: number },
  direction: 'from_stop' | 'to_stop',
): number {
  const { piece, along } = cell
  const leaving = direction === 'from_stop'
  // Leaving the stop a cell is entered along its piece from the beginning; towards the stop it is left to the beginning against it.
  const viaBegin = times(along, (leaving ? pieces.along : pieces.against)[piece]!) + search.seconds[pieces.from[piece]!]!
  const viaEnd = times(1 - along, (leaving ? pieces.against : pieces.along)[piece]!) + search.seconds[pieces.to[piece]!]!
  const best = Math.min(viaBegin, viaEnd)
  if (piece !== stop.piece) return best + cell.offS
  const forwards = leaving ? along >= stop.along : along <= stop.along
  return Math.min(best, times(Math.abs(along - stop.along), (forwards ? pieces.along : pieces.against)[piece]!)) + cell.offS
}

/** A share of a time that may be infinite: nothing of a closed street is still nothing. */
const times = (share: number, seconds: number) => (share === 0 ? 0 : share * seconds)

/** The seeds of a search: the ends of the stop's own piece, with the seconds to them (or from them). */
export function stopSeeds(pieces: PieceTimes, stop: Snap, direction: 'from_stop' | 'to_stop'): [number, number][] {
  const leaving = direction === 'from_stop'
  const toEnd = times(1 - stop.along, (leaving ? pieces.along : pieces.against)[stop.piece]!)
  const toBegin = times(stop.along, (leaving ? pieces.against : pieces.along)[stop.piece]!)
  const seeds: [number, number][] = [
    [pieces.to[stop.piece]!, toEnd],
    [pieces.from[stop.piece]!, toBegin],
  ]
  return seeds.filter(([, seconds]) => seconds < Number.POSITIVE_INFINITY)
}

/** Fills the window of cells that a search reached. */
export function fieldFromSearch(
  at: { grid: FieldGrid; vertexCell: Uint32Array; snaps: CellSnaps; pieces: PieceTimes },
  search: FieldSearch,
  stop: { place: LatLon; snap: Snap; fallbackSecondsPerM: number },
  direction: 'from_stop' | 'to_stop',
): TravelField {
  const { grid, snaps, pieces } = at
  const box = reachedBox(grid, at.vertexCell, search)
  const seconds = new Uint16Array(box.columns * box.rows).fill(UNREACHED)
  const cell = { piece: -1, along: 0, offS: 0 }
  const stopOffS = offStreetS(stop.snap.offM)
  const edge = { seconds: 0, metres: 0 }
  for (let row = 0; row < box.rows; row++) {
    for (let column = 0; column < box.columns; column++) {
      const id = (box.row0 + row) * grid.columns + box.column0 + column
      cell.piece = snaps.piece[id]!
      if (cell.piece < 0) continue
      cell.along = snaps.along[id]!
      cell.offS = snaps.offS[id]!
      const found = cellSeconds(search, pieces, stop.snap, cell, direction) + stopOffS
      if (!(found <= search.reachedS)) continue
      seconds[row * box.columns + column] = Math.min(UNREACHED - 1, Math.round(found))
      if (found < search.reachedS / 2) continue
      edge.seconds += found
      edge.metres += metresBetween(grid, stop.place, centreLat(grid, box.row0 + row), centreLon(grid, box.column0 + column))
    }
  }
  const secondsPerM = edge.metres > 1000 ? edge.seconds / edge.metres : stop.fallbackSecondsPerM
  return { grid, ...box, seconds, secondsPerM, stop: stop.place }
}

function reachedBox(grid: FieldGrid, vertexCell: Uint32Array, search: FieldSearch) {
  let [minColumn, maxColumn, minRow, maxRow] = [grid.columns, -1, grid.rows, -1]
  for (let i = 0; i < search.settledCount; i++) {
    const id = vertexCell[search.settled[i]!]!
    const row = (id / grid.columns) | 0
    const column = id - row * grid.columns
    if (column < minColumn) minColumn = column
    if (column > maxColumn) maxColumn = column
    if (row < minRow) minRow = row
    if (row > maxRow) maxRow = row
  }
  if (maxColumn < 0) return { column0: 0, row0: 0, columns: 0, rows: 0 }
  const [column0, row0] = [Math.max(0, minColumn - 1), Math.max(0, minRow - 1)]
  const columns = Math.min(grid.columns, maxColumn + 2) - column0
  return { column0, row0, columns, rows: Math.min(grid.rows, maxRow + 2) - row0 }
}

/** Metres off a street that cost nothing: a house stands back from its street. */
const FREE_OFF_M = 150
/** Walking speed (m/s) for what is further off. */
const WALK_MPS = 1.4

/** Seconds on foot between a place and the street nearest to it. */
export const offStreetS = (offM: number): number => Math.max(0, offM - FREE_OFF_M) / WALK_MPS

const centreLat = (grid: FieldGrid, row: number) => grid.south + (row + 0.5) * grid.stepLat
const centreLon = (grid: FieldGrid, column: number) => grid.west + (column + 0.5) * grid.stepLon

const METRES_PER_DEGREE = 111_195

/** Straight metres on the grid's flat earth: within a city as good as the great circle, and cheaper. */
function metresBetween(grid: FieldGrid, stop: LatLon, lat: number, lon: number): number {
  const dy = (lat - stop.lat) * METRES_PER_DEGREE
  const dx = (lon - stop.lon) * METRES_PER_DEGREE * (grid.stepLat / grid.stepLon)
  return Math.sqrt(dx * dx + dy * dy)
}

/**
 * Free-flow seconds between a field's stop and a place: interpolated between the four cells around it, at the pace of the
 * field's edge beyond its reach, and never more than that pace within a cell of the stop.
 */
export function readField(field: TravelField, lat: number, lon: number): number {
  const { grid, seconds, columns } = field
  const x = (lon - grid.west) / grid.stepLon - 0.5 - field.column0
  const y = (lat - grid.south) / grid.stepLat - 0.5 - field.row0
  const column = Math.floor(x)
  const row = Math.floor(y)
  if (column < 0 || row < 0 || column + 1 >= columns || row + 1 >= field.rows) return beyond(field, lat, lon)
  const at = row * columns + column
  const a = seconds[at]!
  const b = seconds[at + 1]!
  const c = seconds[at + columns]!
  const d = seconds[at + columns + 1]!
  const fx = x - column
  const fy = y - row
  if (a === UNREACHED || b === UNREACHED || c === UNREACHED || d === UNREACHED) {
    const nearest = fy < 0.5 ? (fx < 0.5 ? a : b) : fx < 0.5 ? c : d
    return nearest === UNREACHED ? beyond(field, lat, lon) : nearest
  }
  const value = (a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy
  return value > NEAR_S ? value : Math.min(value, beyond(field, lat, lon))
}

/** Below this a place may be so near the stop that the cells around it know less than the straight line does. */
const NEAR_S = 90

const beyond = (field: TravelField, lat: number, lon: number) =>
  metresBetween(field.grid, field.stop, lat, lon) * field.secondsPerM
