import type { LatLon } from '@doorstep/shared/domain'
import type { StreetGraph } from '../city/index.ts'
import { cellCentre, type FieldGrid, fieldGrid } from './field-grid.ts'
import { FieldSearch, type SearchLimits } from './field-search.ts'
import { type Mode, modeStreets } from './field-streets.ts'
import { Snapper } from './snap-places.ts'
import { crowSeconds } from './straight-line.ts'
import { type CellSnaps, fieldFromSearch, offStreetS, type PieceTimes, stopSeeds, type TravelField } from './travel-field.ts'

/** Rings of cells searched for a street: some 1.5 km around a stop, four cells around a cell's centre. */
const STOP_RINGS = 10
const CELL_RINGS = 4

/** Computes fields over the streets of one mode. */
export interface ModeFields {
  field(place: LatLon, direction: 'from_stop' | 'to_stop'): TravelField
}

/** Prepares a mode: rows of edges, the grid, and where each cell meets the streets. */
export function modeFields(graph: StreetGraph, mode: Mode, limits: SearchLimits): ModeFields {
  const streets = modeStreets(graph, mode)
  const grid = fieldGrid(graph)
  const snapper = new Snapper(graph, grid, streets.usable)
  const pieces: PieceTimes = { from: graph.pieceFrom, to: graph.pieceTo, along: streets.along, against: streets.against }
  const at = { grid, vertexCell: vertexCells(graph, grid), snaps: snapCells(grid, snapper), pieces }
  const search = new FieldSearch(graph.lat.length)
  const fallbackSecondsPerM = crowSeconds(mode === 'bicycle' ? 'bicycle' : 'car', 1)
  return {
    field(place, direction) {
      const snap = snapper.snap(place, STOP_RINGS)
      if (snap === null) return emptyField(grid, place, fallbackSecondsPerM)
      search.run(direction === 'from_stop' ? streets.out : streets.into, stopSeeds(pieces, snap, direction), limits)
      return fieldFromSearch(at, search, { place, snap, fallbackSecondsPerM }, direction)
    },
  }
}

/** Far from every street nothing is reached: all of it is read at the fallback's pace. */
function emptyField(grid: FieldGrid, stop: LatLon, secondsPerM: number): TravelField {
  return { grid, column0: 0, row0: 0, columns: 0, rows: 0, seconds: new Uint16Array(0), secondsPerM, stop }
}

function vertexCells(graph: StreetGraph, grid: FieldGrid): Uint32Array {
  return Uint32Array.from(graph.lat, (lat, v) => {
    const row = Math.floor((lat / 1e7 - grid.south) / grid.stepLat)
    return row * grid.columns + Math.floor((graph.lon[v]! / 1e7 - grid.west) / grid.stepLon)
  })
}

function snapCells(grid: FieldGrid, snapper: Snapper): CellSnaps {
  const cells = grid.columns * grid.rows
  const snaps: CellSnaps = {
    piece: new Int32Array(cells).fill(-1),
    along: new Float32Array(cells),
    offS: new Float32Array(cells),
  }
  for (let cell = 0; cell < cells; cell++) {
    const snap = snapper.snap(cellCentre(grid, cell), CELL_RINGS)
    if (snap === null) continue
    snaps.piece[cell] = snap.piece
    snaps.along[cell] = snap.along
    snaps.offS[cell] = offStreetS(snap.offM)
  }
  return snaps
}
