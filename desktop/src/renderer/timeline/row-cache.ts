import type { BoardDriver, BoardOrder } from '@doorstep/shared/contract'
import { driverRank, type Trouble } from './driver-rank.ts'
import { type DoneStop, rowOf, type TimelineRow } from './timeline-bars.ts'

/** Everything the rows are made of. */
export interface TimelineFacts {
  drivers: ReadonlyMap<string, BoardDriver>
  orders: ReadonlyMap<string, BoardOrder>
  troubled: ReadonlyMap<string, Trouble>
  done: ReadonlyMap<string, readonly DoneStop[]>
}

interface Kept {
  driver: BoardDriver
  orders: readonly (BoardOrder | undefined)[]
  trouble: Trouble | undefined
  done: readonly DoneStop[]
  minute: number
  row: TimelineRow
  rank: number
}

const NOTHING: readonly DoneStop[] = []

/** Makes the rows, worst first; a driver of whom nothing changed keeps the same row, so that it is not drawn again. */
export function createRowCache(): (facts: TimelineFacts, nowMs: number) => TimelineRow[] {
  const kept = new Map<string, Kept>()
  const entryOf = (driver: BoardDriver, { orders, troubled, done }: TimelineFacts, nowMs: number): Kept => {
    const before = kept.get(driver.id)
    const trouble = troubled.get(driver.id)
    const mine = done.get(driver.id) ?? NOTHING
    const carried = driver.stops.map((stop) => orders.get(stop.orderId))
    const minute = Math.floor(nowMs / 60_000)
    const isSame =
      before?.driver === driver &&
      before.trouble === trouble &&
      before.done === mine &&
      before.minute === minute &&
      before.orders.every((order, i) => order === carried[i])
    if (isSame) return before
    const row = rowOf(driver, mine, orders, trouble ?? null, nowMs)
    const entry = { driver, orders: carried, trouble, done: mine, minute, row, rank: driverRank(driver, orders, trouble, nowMs) }
    kept.set(driver.id, entry)
    return entry
  }
  return (facts, nowMs) => {
    const entries: Kept[] = []
    for (const driver of facts.drivers.values()) {
      if (driver.isOnline || driver.stops.length > 0) entries.push(entryOf(driver, facts, nowMs))
    }
    for (const id of kept.keys()) if (!facts.drivers.has(id)) kept.delete(id)
    return entries
      .sort((a, b) => (a.rank === b.rank ? a.driver.name.localeCompare(b.driver.name) : a.rank - b.rank))
      .map(({ row }) => row)
  }
}
