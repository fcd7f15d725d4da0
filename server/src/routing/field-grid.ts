import { type LatLon } from '@doorstep/shared/domain'
import type { StreetGraph } from '../city/index.ts'

/** Side of a field's cell in metres. */
export const CELL_M = 150
const METRES_PER_DEGREE = 111_195

/** A city cut into square cells; a cell's number is row times columns plus column, rows from the south. */
export interface FieldGrid {
  west: number
  south: number
  /** Degrees of a cell. */
  stepLat: number
  stepLon: number
  columns: number
  rows: number
}

/** The grid that covers a graph's streets, a cell to spare on each side. */
export function fieldGrid(graph: StreetGraph, cellM = CELL_M): FieldGrid {
  const [west, south, east, north] = streetBounds(graph)
  const stepLat = cellM / METRES_PER_DEGREE
  const stepLon = stepLat / Math.cos((((south + north) / 2) * Math.PI) / 180)
  return {
    west: west - stepLon,
    south: south - stepLat,
    stepLat,
    stepLon,
    columns: Math.max(1, Math.ceil((east - west) / stepLon) + 2),
    rows: Math.max(1, Math.ceil((north - south) / stepLat) + 2),
  }
}

function streetBounds(graph: StreetGraph): [west: number, south: number, east: number, north: number] {
  if (graph.lat.length === 0) return [...graph.bounds]
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let v = 0; v < graph.lat.length; v++) {
    west = Math.min(west, graph.lon[v]! / 1e7)
    east = Math.max(east, graph.lon[v]! / 1e7)
    south = Math.min(south, graph.lat[v]! / 1e7)
    north = Math.max(north, graph.lat[v]! / 1e7)
  }
  return [west, south, east, north]
}

/** The middle of a cell. */
export function cellCentre(grid: FieldGrid, cell: number): LatLon {
  const row = Math.floor(cell / grid.columns)
  const column = cell - row * grid.columns
  return { lat: grid.south + (row + 0.5) * grid.stepLat, lon: grid.west + (column + 0.5) * grid.stepLon }
}
