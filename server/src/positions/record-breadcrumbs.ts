import { type Clock, type Database, dayOf, keepPartitions, type Log } from '../platform/index.ts'
import { CHUNK_MS, type Crumb } from './breadcrumb-chunk.ts'
import { type BreadcrumbChunk, copyChunks, notYetWritten } from './breadcrumbs-sql.ts'
import { crumbPacker } from './pack-breadcrumbs.ts'

/** Closed chunks are written this often, all in one COPY. */
const WRITE_EVERY_MS = 2_000
/** Chunks kept while the database is away; beyond, the oldest are let go, and counted. */
const MOST_WAITING = 200_000

/** Writes down the ways of drivers; see `recordBreadcrumbs`. */
export interface BreadcrumbRecorder {
  add(slot: number, crumb: Crumb): void
  /** Writes everything, also what is not a whole minute yet. */
  stop(): Promise<void>
}

/** What the recorder needs. */
export interface RecorderDeps {
  db: Database
  clock: Clock
  log: Log
  whoIs(slot: number): { driverId: string; zoneId: string }
  retentionDays: number
  onWritten(chunks: number): void
  onLost(chunks: number): void
}

/**
 * Packs fixes by driver and minute and writes them in batches; a crash costs the minute that was being packed. While the
 * database is away chunks wait, within bounds; a batch whose answer was lost is not written twice. Makes the partitions of
 * today and tomorrow, and drops those past retention.
 */
export function recordBreadcrumbs(deps: RecorderDeps): BreadcrumbRecorder {
  const { db, clock, log } = deps
  const partitions = keepPartitions(db, 'breadcrumbs', deps.retentionDays)
  let waiting: BreadcrumbChunk[] = []
  /** So many of those waiting were sent once already, and nobody knows whether they arrived. */
  let doubtful = 0
  let isStopped = false
  let cancel = () => {}
  const packer = crumbPacker(deps.whoIs, (chunk) => waiting.push(chunk))

  const tidy = async (nowMs: number) => {
    const dropped = await partitions.tidy(nowMs)
    if (dropped > 0) log.info({ days: dropped }, 'breadcrumbs past their retention were dropped')
  }
  const write = async () => {
    const batch = waiting
    if (batch.length === 0) return
    waiting = []
    try {
      for (const dayMs of new Set(batch.map((chunk) => dayOf(chunk.startedMs)))) await partitions.ensure(dayMs)
      const again = doubtful > 0 ? await notYetWritten(db, batch.slice(0, doubtful)) : []
      await copyChunks(db, [...again, ...batch.slice(doubtful)])
      doubtful = 0
      deps.onWritten(batch.length)
    } catch (error) {
      waiting = [...batch, ...waiting]
      const lost = waiting.splice(0, Math.max(0, waiting.length - MOST_WAITING))
      doubtful = Math.max(0, batch.length - lost.length)
      deps.onLost(lost.length)
      throw error
    }
  }
  const turn = async () => {
    const nowMs = clock.nowMs()
    try {
      packer.closeBefore(nowMs - CHUNK_MS)
      await write()
      await tidy(nowMs)
    } catch (error) {
      log.warn({ err: error, waiting: waiting.length }, 'breadcrumbs could not be written; they wait')
    }
    if (!isStopped) cancel = clock.after(WRITE_EVERY_MS * clock.speed, schedule)
  }
  let running = Promise.resolve()
  const schedule = () => {
    running = turn()
  }
  schedule()

  return {
    add: packer.add,
    async stop() {
      isStopped = true
      cancel()
      await running
      packer.closeBefore(Number.POSITIVE_INFINITY)
      await write()
    },
  }
}
