import { driverAt, type Fleet, moveDriver, slotOf } from '../fleet/index.ts'
import type { Clock, Log, Sql } from '../platform/index.ts'
import { type LastPositionRow, lastPositionsSince, writeLastPositions } from './last-positions-sql.ts'

/** Last positions are written this often. */
const WRITE_EVERY_MS = 5_000
const ROWS_PER_STATEMENT = 5_000
/** Older positions are of no use at a start. */
const LOADED_MS = 24 * 3_600_000

/** Keeps last positions in the database. */
export interface LastPositionKeeper {
  /** Notes that this node took a position for a slot. */
  note(slot: number): void
  /** Puts the last positions of drivers that the fleet knows into it. */
  load(): Promise<number>
  stop(): Promise<void>
}

/** Starts writing what is noted, every few seconds; each driver by the node that took its position. */
export function keepLastPositions(deps: { sql: Sql; clock: Clock; log: Log; fleet: Fleet }): LastPositionKeeper {
  const { sql, clock, log, fleet } = deps
  let noted = new Set<number>()
  let isStopped = false
  let running = Promise.resolve()
  let cancel = () => {}

  const write = async () => {
    const slots = [...noted].filter((slot) => fleet.ids[slot] !== undefined && fleet.fixAtMs[slot]! > 0)
    noted = new Set()
    try {
      for (let from = 0; from < slots.length; from += ROWS_PER_STATEMENT) {
        const rows = slots.slice(from, from + ROWS_PER_STATEMENT).map((slot) => rowOf(fleet, slot))
        await writeLastPositions(sql, rows, clock.nowMs())
      }
    } catch (error) {
      for (const slot of slots) noted.add(slot)
      log.warn({ err: error }, 'last positions could not be written; the next turn tries again')
    }
  }
  const turn = async () => {
    await write()
    if (!isStopped) schedule()
  }
  const schedule = () => {
    cancel = clock.after(WRITE_EVERY_MS * clock.speed, () => {
      running = turn()
    })
  }
  schedule()

  return {
    note: (slot) => void noted.add(slot),
    async load() {
      const nowMs = clock.nowMs()
      let loaded = 0
      for (const row of await lastPositionsSince(sql, nowMs - LOADED_MS)) {
        const slot = slotOf(fleet, row.driverId)
        if (slot < 0) continue
        const fix = { lat: row.lat, lon: row.lon, atMs: Math.min(nowMs, row.fixAt), seq: 0 }
        moveDriver(fleet, slot, { ...fix, courseDeg: row.courseDeg ?? Number.NaN, speedMps: row.speedMps ?? Number.NaN })
        loaded++
      }
      return loaded
    },
    async stop() {
      isStopped = true
      cancel()
      await running
      await write()
    },
  }
}

function rowOf(fleet: Fleet, slot: number): LastPositionRow {
  const known = (value: number) => (value === value ? value : null)
  return {
    driverId: driverAt(fleet, slot),
    lat: fleet.lat[slot]!,
    lon: fleet.lon[slot]!,
    courseDeg: known(fleet.courseDeg[slot]!),
    speedMps: known(fleet.speedMps[slot]!),
    fixAt: fleet.fixAtMs[slot]!,
    fixSeq: fleet.fixSeq[slot]!,
  }
}
