import { DRIVER_STATE, FRAME, FRAME_FLAG, readCells, readFleet, readHeader, readRoster } from '@doorstep/shared/client'
import type { FleetStore } from './fleet-store.ts'

/** How many drivers are around a place of a zoomed-out map. */
export interface FleetCell {
  lat: number
  lon: number
  idle: number
  busy: number
}

/** Takes the binary frames of one fleet topic into the fleet store. */
export interface FrameReader {
  take(frame: DataView): void
  /** What each driver does by the latest frames; the server's own words of `DRIVER_STATE`. */
  doing(driverId: string): number
}

/**
 * Slots on the wire are the server's; the roster says which driver each is, and the store seats them by driver so that a
 * reconnect to another node moves nobody. A whole view (`begin` to `complete`) takes off the map who is not in it.
 */
export function createFrameReader(fleet: FleetStore, showCells: (cells: FleetCell[]) => void): FrameReader {
  const drivers = new Map<number, string>()
  const doing = new Map<string, number>()
  let view: Set<string> | undefined
  let cells: FleetCell[] = []

  const takeFleet = (frame: DataView, header: NonNullable<ReturnType<typeof readHeader>>) => {
    readFleet(frame, header, (entry) => {
      const id = drivers.get(entry.slot)
      if (!id) return
      if (entry.state === DRIVER_STATE.none) {
        doing.delete(id)
        fleet.remove(id)
        return
      }
      view?.add(id)
      doing.set(id, entry.state)
      const course = entry.courseDeg >= 0 ? entry.courseDeg : null
      fleet.move(id, entry.lat, entry.lon, course, entry.fixAtMs)
    })
  }

  return {
    doing: (driverId) => doing.get(driverId) ?? DRIVER_STATE.none,
    take(frame) {
      const header = readHeader(frame)
      if (!header) return
      if (header.flags & FRAME_FLAG.begin) {
        view = new Set()
        cells = []
      }
      if (header.kind === FRAME.roster) readRoster(frame, header, (slot, id) => drivers.set(slot, id))
      else if (header.kind === FRAME.fleet) takeFleet(frame, header)
      else if (header.kind === FRAME.cells) {
        if (!(header.flags & FRAME_FLAG.catchUp) && !view) cells = []
        readCells(frame, header, (lat, lon, idle, busy) => cells.push({ lat, lon, idle, busy }))
      }
      if (header.flags & FRAME_FLAG.complete && view) {
        fleet.keepOnly(view)
        view = undefined
      }
      if (header.kind === FRAME.cells || header.flags & FRAME_FLAG.complete) showCells(cells)
    },
  }
}
