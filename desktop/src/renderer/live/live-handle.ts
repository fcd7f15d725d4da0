import type { FleetCell } from './apply-frame.ts'
import type { LiveConnection } from './connect-live.ts'

/** The live connection as the map holds it: it may come, go and come again while the map stays. */
export interface LiveHandle {
  connection: LiveConnection | null
  /** The map's latest view, told to a new connection at once. */
  view: { bounds: [number, number, number, number]; zoom: number }
  /** Where counts of a zoomed-out map go. */
  onCells: (cells: FleetCell[]) => void
  drawCellsWith(draw: (cells: FleetCell[]) => void): void
  setView(view: LiveHandle['view']): void
  doing(driverId: string): number
}

/** A handle without a connection yet; nothing is in view until the map says so. */
export function createLiveHandle(): LiveHandle {
  return {
    connection: null,
    view: { bounds: [-180, -85, 180, 85], zoom: 12 },
    onCells: () => {},
    drawCellsWith(draw) {
      this.onCells = draw
    },
    setView(view) {
      this.view = view
      this.connection?.setView(view)
    },
    doing(driverId) {
      return this.connection?.frames.doing(driverId) ?? 0
    },
  }
}
