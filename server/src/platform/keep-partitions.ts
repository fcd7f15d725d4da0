import { DAY_MS, dayOf, dropPartitionsBefore, ensurePartition, type TableByDay } from './partitions-sql.ts'
import type { Database } from './postgres.ts'

/** The partitions of a table by day on one node. */
export interface PartitionKeeper {
  /** Makes the partition of a moment's day, once. */
  ensure(atMs: number): Promise<void>
  /** Once a day: makes the partitions of today and tomorrow, drops those past retention, and answers how many those were. */
  tidy(nowMs: number): Promise<number>
}

/** Keeps a table's partitions by day for so many days. */
export function keepPartitions(db: Database, table: TableByDay, days: number): PartitionKeeper {
  const made = new Map<number, Promise<void>>()
  let tidiedDayMs = 0
  const ensure = (atMs: number) => {
    const dayMs = dayOf(atMs)
    const known = made.get(dayMs)
    if (known) return known
    const making = ensurePartition(db, table, dayMs)
    made.set(dayMs, making)
    making.catch(() => made.delete(dayMs))
    return making
  }
  return {
    ensure,
    async tidy(nowMs) {
      const dayMs = dayOf(nowMs)
      if (dayMs === tidiedDayMs) return 0
      await ensure(dayMs)
      await ensure(dayMs + DAY_MS)
      const dropped = await dropPartitionsBefore(db, table, dayMs - days * DAY_MS)
      tidiedDayMs = dayMs
      return dropped
    },
  }
}
