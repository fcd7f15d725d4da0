import type { Bounds } from '@doorstep/shared/domain'
import type { Fleet } from './fleet.ts'
import { forEachInView } from './in-view.ts'

/** Drivers of one cell of a zoomed-out map, at their mean place. */
export interface FleetCell {
  lat: number
  lon: number
  idle: number
  busy: number
}

/** A cell is this many pixels of a map whose world is 512 · 2^zoom pixels wide. */
const CELL_PX = 64

/** Counts the drivers in view by cells of the Mercator map at a zoom, so that far out a city is a few marks. */
export function fleetCells(fleet: Fleet, zoneId: string, bounds: Bounds, zoom: number): FleetCell[] {
  const perWorld = (512 * 2 ** Math.floor(zoom)) / CELL_PX
  const cells = new Map<number, FleetCell>()
  forEachInView(fleet, zoneId, bounds, 0, (slot) => {
    const lat = fleet.lat[slot]!
    const lon = fleet.lon[slot]!
    const x = Math.floor(((lon + 180) / 360) * perWorld)
    const y = Math.floor(mercatorY(lat) * perWorld)
    const key = y * perWorld * 2 + x
    let cell = cells.get(key)
    if (!cell) cells.set(key, (cell = { lat: 0, lon: 0, idle: 0, busy: 0 }))
    cell.lat += lat
    cell.lon += lon
    if (fleet.activeOrders[slot]! > 0) cell.busy++
    else cell.idle++
    return true
  })
  for (const cell of cells.values()) {
    cell.lat /= cell.idle + cell.busy
    cell.lon /= cell.idle + cell.busy
  }
  return [...cells.values()]
}

function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}
