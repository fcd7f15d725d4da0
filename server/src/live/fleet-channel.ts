import { FRAME_FLAG } from '@doorstep/shared/contract'
import { type Fleet, fleetCells, SHIFT } from '../fleet/index.ts'
import { cellsFrame, fleetFrame, rosterFrame } from './fleet-frames.ts'
import { type FleetView, pumpView, restartView } from './fleet-view.ts'
import { coverView, tileKey, worldX, worldY } from './view-tiles.ts'

/** Below this zoom a map shows counts instead of drivers. */
const COUNTS_BELOW_ZOOM = 9
/** Counts are sent this often at most. */
const COUNTS_EVERY_MS = 1_000
const WORLD = [-180, -85, 180, 85] as const

interface Tile {
  views: Set<FleetView>
  slots: number[]
}

/** The fleet of one zone on its way to those who watch it. */
export interface FleetChannel {
  readonly zoneId: string
  readonly channel: number
  add(view: FleetView): void
  /** Shows a view other bounds. */
  move(view: FleetView, bounds: readonly [number, number, number, number], zoom: number): void
  remove(view: FleetView): void
  /** Sends more of whole views where there is room. */
  pump(view: FleetView): void
  /** Notes a driver of the zone that changed. */
  note(slot: number): void
  /** Sends what was noted: one frame per tile, encoded once, to all who see the tile. */
  flush(): void
  watchers(): number
}

/** Makes the channel of a zone; `channel` is the number that its frames carry. */
export function createFleetChannel(fleet: Fleet, zoneId: string, channel: number, nowMs: () => number): FleetChannel {
  const views = new Set<FleetView>()
  const levels = new Map<number, Map<number, Tile>>()
  /** Who a slot was when it was last in a roster, and where it was last sent. */
  const known: (string | undefined)[] = []
  let lastX = new Float64Array(0)
  let lastY = new Float64Array(0)
  const added: number[] = []
  let countsAtMs = 0

  const forTiles = (view: FleetView, visit: (level: Map<number, Tile>, key: number) => void) => {
    const level = levels.get(view.cover.level) ?? new Map<number, Tile>()
    levels.set(view.cover.level, level)
    for (const key of view.cover.keys) visit(level, key)
    if (level.size === 0) levels.delete(view.cover.level)
  }
  const enter = (view: FleetView) => {
    if (view.zoom < COUNTS_BELOW_ZOOM) return
    forTiles(view, (level, key) => {
      const tile = level.get(key) ?? { views: new Set(), slots: [] }
      level.set(key, tile)
      tile.views.add(view)
    })
  }
  const leave = (view: FleetView) =>
    forTiles(view, (level, key) => {
      const tile = level.get(key)
      tile?.views.delete(view)
      if (tile?.views.size === 0) level.delete(key)
    })
  const pump = (view: FleetView) => {
    if (view.zoom >= COUNTS_BELOW_ZOOM) pumpView(fleet, zoneId, channel, view, nowMs())
  }
  const noteTiles = (slot: number) => {
    const x = worldX(fleet.lon[slot]!)
    const y = worldY(fleet.lat[slot]!)
    for (const [level, tiles] of levels) {
      const key = tileKey(level, x, y)
      tiles.get(key)?.slots.push(slot)
      const before = tileKey(level, lastX[slot]!, lastY[slot]!)
      if (before !== key) tiles.get(before)?.slots.push(slot)
    }
    lastX[slot] = x
    lastY[slot] = y
  }
  const sendTiles = (atMs: number) => {
    for (const tiles of levels.values()) {
      for (const tile of tiles.values()) {
        if (tile.slots.length === 0) continue
        const frame = fleetFrame(fleet, channel, tile.slots, tile.slots.length, 0, atMs)
        tile.slots.length = 0
        for (const view of tile.views) if (!view.isBehind && !view.outbox.offer(frame)) view.isBehind = true
      }
    }
  }
  const sendRoster = (atMs: number) => {
    if (added.length === 0) return
    const frame = rosterFrame(
      fleet,
      channel,
      added.splice(0).filter((slot) => fleet.ids[slot] !== undefined),
      0,
      atMs,
    )
    for (const view of views) if (!view.outbox.offer(frame)) view.rosterAt = 0
  }
  const sendCounts = (atMs: number) => {
    const far = [...views].filter((view) => view.zoom < COUNTS_BELOW_ZOOM)
    if (far.length === 0 || Math.abs(atMs - countsAtMs) < COUNTS_EVERY_MS) return
    countsAtMs = atMs
    for (const [zoom, ofZoom] of Map.groupBy(far, (view) => Math.floor(view.zoom))) {
      const flags = FRAME_FLAG.begin | FRAME_FLAG.complete
      const frame = cellsFrame(channel, fleetCells(fleet, zoneId, WORLD, zoom), flags, atMs)
      for (const view of ofZoom) if (view.outbox.isRoomy()) view.outbox.offer(frame)
    }
  }

  return {
    zoneId,
    channel,
    add(view) {
      views.add(view)
      enter(view)
      countsAtMs = 0
      pump(view)
    },
    move(view, bounds, zoom) {
      leave(view)
      view.cover = coverView(bounds)
      view.zoom = zoom
      countsAtMs = 0
      enter(view)
      restartView(view)
      pump(view)
    },
    remove(view) {
      if (views.delete(view)) leave(view)
    },
    pump,
    note(slot) {
      if (slot >= lastX.length) [lastX, lastY] = [grown(lastX, fleet.capacity), grown(lastY, fleet.capacity)]
      if (known[slot] !== fleet.ids[slot] && fleet.shift[slot]! >= SHIFT.online) {
        known[slot] = fleet.ids[slot]
        added.push(slot)
      }
      if (levels.size > 0 && (fleet.fixAtMs[slot]! > 0 || lastX[slot]! > 0)) noteTiles(slot)
    },
    flush() {
      const atMs = nowMs()
      sendRoster(atMs)
      sendTiles(atMs)
      sendCounts(atMs)
    },
    watchers: () => views.size,
  }
}

function grown(old: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const array = new Float64Array(length)
  array.set(old)
  return array
}
