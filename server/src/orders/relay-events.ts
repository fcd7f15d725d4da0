import type { Clock, Database, Log } from '../platform/index.ts'
import { eventsSince, type FollowedEvent, type LogPage, type LogSnapshot, logNow, readCursor, writeCursor } from './events-sql.ts'

const BATCH = 500
/** How often the log is looked at when nobody in this process says that it grew (another node may have written). */
const POLL_MS = 250
/** Reads begin at least so far apart: under load, what several transactions committed is read and told together. */
const PACE_MS = 4
/** How often the place reached is written down; after a crash at most this much is told again. */
const REMEMBER_MS = 2_000

/** Follows the log and hands every entry on as soon as it is committed, those of one order in their order. */
export interface EventRelay {
  /** Says that something was committed, so that it is read at once. */
  wake(): void
  stop(): Promise<void>
}

/**
 * Starts following the log after what `reader` has seen (from now on the first time). `handle` gets batches one after the
 * other; when it throws they come again, as may what was last before a crash.
 */
export async function relayEvents(
  deps: { db: Database; clock: Clock; log: Log },
  reader: string,
  handle: (events: readonly FollowedEvent[]) => Promise<void>,
): Promise<EventRelay> {
  let seen: LogSnapshot = (await readCursor(deps.db, reader)) ?? (await logNow(deps.db))
  let rememberedAt = Date.now()
  let isReading = false
  let wasWoken = false
  let isStopped = false
  let readAtMs = 0
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const remember = async () => {
    if (Date.now() - rememberedAt <= REMEMBER_MS) return
    rememberedAt = Date.now()
    await writeCursor(deps.db, reader, seen)
  }
  const readOn = async () => {
    let page: LogPage | undefined
    for (;;) {
      const events = await eventsSince(deps.db, seen, page, BATCH)
      const [first, last] = [events[0], events.at(-1)]
      if (first && last) {
        await handle(events)
        page = { snapshot: page?.snapshot ?? first.snapshot, position: last.position }
      }
      if (events.length < BATCH) break
    }
    if (!page) return
    seen = page.snapshot
    await remember()
  }
  const readIn = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(read, ms)
  }
  const read = () => {
    clearTimeout(timer)
    if (isStopped) return
    isReading = true
    wasWoken = false
    readAtMs = performance.now()
    running = readOn()
      .catch((error: unknown) => deps.log.warn({ err: error, reader }, 'the event log could not be read; trying again'))
      .then(() => {
        isReading = false
        if (isStopped) return
        if (wasWoken) wake()
        else readIn(POLL_MS)
      })
  }
  const wake = () => {
    if (isReading || isStopped) {
      wasWoken = true
      return
    }
    const waitMs = readAtMs + PACE_MS - performance.now()
    if (waitMs > 0) readIn(waitMs)
    else read()
  }
  read()
  return {
    wake,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
      await writeCursor(deps.db, reader, seen).catch((error: unknown) =>
        deps.log.warn({ err: error, reader }, 'the place in the event log was not written'),
      )
    },
  }
}
