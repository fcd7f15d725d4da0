import type { LatLon } from '@doorstep/shared/domain'
import type { StreetGraph } from '../city/index.ts'
import type { FieldGrid } from './field-grid.ts'

/** The spot on the streets nearest to a place. */
export interface Snap {
  piece: number
  /** How far along the piece, 0 at its beginning to 1 at its end. */
  along: number
  /** Metres from the place to the street. */
  offM: number
}

const METRES_PER_DEGREE = 111_195

/** Finds the nearest usable street: stretches of street are kept by grid cell, and cells are searched in growing rings. */
export class Snapper {
  private readonly graph: StreetGraph
  private readonly grid: FieldGrid
  private readonly first: Uint32Array
  private readonly stretches: Uint32Array
  private readonly pieceOfBend: Uint32Array
  /** Metres from a piece's beginning to each of its bends. */
  private readonly bendM: Float32Array
  private readonly metresPerLon: number

  constructor(graph: StreetGraph, grid: FieldGrid, usable: Uint8Array) {
    this.graph = graph
    this.grid = grid
    this.metresPerLon = METRES_PER_DEGREE * (grid.stepLat / grid.stepLon)
    this.pieceOfBend = new Uint32Array(graph.shapeLat.length)
    this.bendM = new Float32Array(graph.shapeLat.length)
    this.measureBends()
    const cells = grid.columns * grid.rows
    this.first = new Uint32Array(cells + 1)
    this.eachCellOfStretches(usable, (cell) => void this.first[cell + 1]!++)
    for (let c = 0; c < cells; c++) this.first[c + 1]! += this.first[c]!
    this.stretches = new Uint32Array(this.first[cells]!)
    const next = this.first.slice()
    this.eachCellOfStretches(usable, (cell, bend) => void (this.stretches[next[cell]!++] = bend))
  }

  /** The nearest spot within `maxRings` cells; null where there is none. */
  snap(place: LatLon, maxRings: number): Snap | null {
    const row = Math.floor((place.lat - this.grid.south) / this.grid.stepLat)
    const column = Math.floor((place.lon - this.grid.west) / this.grid.stepLon)
    const cellM = this.grid.stepLat * METRES_PER_DEGREE
    const best: Best = { bend: -1, share: 0, squareM: Number.POSITIVE_INFINITY }
    for (let ring = 0; ring <= maxRings; ring++) {
      if (best.bend >= 0 && best.squareM <= ((ring - 1) * cellM) ** 2) break
      for (let r = row - ring; r <= row + ring; r++) {
        if (r < 0 || r >= this.grid.rows) continue
        const step = r === row - ring || r === row + ring || ring === 0 ? 1 : 2 * ring
        for (let c = column - ring; c <= column + ring; c += step) {
          if (c >= 0 && c < this.grid.columns) this.searchCell(r * this.grid.columns + c, place, best)
        }
      }
    }
    if (best.bend < 0) return null
    const piece = this.pieceOfBend[best.bend]!
    const end = this.graph.shapeFirst[piece + 1]! - 1
    const atM = this.bendM[best.bend]! + best.share * (this.bendM[best.bend + 1]! - this.bendM[best.bend]!)
    return { piece, along: this.bendM[end]! > 0 ? atM / this.bendM[end]! : 0, offM: Math.sqrt(best.squareM) }
  }

  private searchCell(cell: number, place: LatLon, best: Best) {
    const { shapeLat, shapeLon } = this.graph
    for (let k = this.first[cell]!; k < this.first[cell + 1]!; k++) {
      const bend = this.stretches[k]!
      const ax = (shapeLon[bend]! / 1e7 - place.lon) * this.metresPerLon
      const ay = (shapeLat[bend]! / 1e7 - place.lat) * METRES_PER_DEGREE
      const dx = (shapeLon[bend + 1]! / 1e7 - place.lon) * this.metresPerLon - ax
      const dy = (shapeLat[bend + 1]! / 1e7 - place.lat) * METRES_PER_DEGREE - ay
      const square = dx * dx + dy * dy
      const share = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square))
      const squareM = (ax + share * dx) ** 2 + (ay + share * dy) ** 2
      if (squareM >= best.squareM) continue
      best.bend = bend
      best.share = share
      best.squareM = squareM
    }
  }

  private measureBends() {
    const { shapeFirst, shapeLat, shapeLon } = this.graph
    for (let piece = 0; piece + 1 < shapeFirst.length; piece++) {
      for (let bend = shapeFirst[piece]!; bend < shapeFirst[piece + 1]!; bend++) {
        this.pieceOfBend[bend] = piece
        if (bend === shapeFirst[piece]) continue
        const dx = ((shapeLon[bend]! - shapeLon[bend - 1]!) / 1e7) * this.metresPerLon
        const dy = ((shapeLat[bend]! - shapeLat[bend - 1]!) / 1e7) * METRES_PER_DEGREE
        this.bendM[bend] = this.bendM[bend - 1]! + Math.hypot(dx, dy)
      }
    }
  }

  /** Names every cell that the box of a stretch (bend to next bend) touches. */
  private eachCellOfStretches(usable: Uint8Array, visit: (cell: number, bend: number) => void) {
    const { shapeFirst, shapeLat, shapeLon } = this.graph
    const rowOf = (lat: number) => clamp(Math.floor((lat / 1e7 - this.grid.south) / this.grid.stepLat), this.grid.rows)
    const columnOf = (lon: number) => clamp(Math.floor((lon / 1e7 - this.grid.west) / this.grid.stepLon), this.grid.columns)
    for (let piece = 0; piece + 1 < shapeFirst.length; piece++) {
      if (usable[piece] === 0) continue
      for (let bend = shapeFirst[piece]!; bend + 1 < shapeFirst[piece + 1]!; bend++) {
        const [r1, r2] = ordered(rowOf(shapeLat[bend]!), rowOf(shapeLat[bend + 1]!))
        const [c1, c2] = ordered(columnOf(shapeLon[bend]!), columnOf(shapeLon[bend + 1]!))
        for (let r = r1; r <= r2; r++) for (let c = c1; c <= c2; c++) visit(r * this.grid.columns + c, bend)
      }
    }
  }
}

interface Best {
  bend: number
  share: number
  squareM: number
}

const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value))
const ordered = (a: number, b: number): [number, number] => (a <= b ? [a, b] : [b, a])
