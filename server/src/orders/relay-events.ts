import type { Clock, Database, Log } from '../platform/index.ts'
import { eventsAfter, type FollowedEvent, type LogPosition, logEnd, readCursor, writeCursor } from './events-sql.ts'

const BATCH = 500
/** How often the log is looked at when nobody in this process says that it grew (another node may have written). */
const POLL_MS = 250
/**
 * How soon the log is looked at again while an open transaction holds up what was committed after it, at first; each time
 * twice as long. Whoever ends it may be another node, or roll back, and then nobody says so.
 */
const LOOK_AGAIN_MS = 4
/** Reads begin at least so far apart: under load, what several transactions committed is read and told together. */
const PACE_MS = 4
/** How often the place reached is written down; after a crash at most this much is told again. */
const REMEMBER_MS = 2_000

/** Follows the log and hands every entry on, in commit order. */
export interface EventRelay {
  /** Says that something was committed, so that it is read at once. */
  wake(): void
  stop(): Promise<void>
}

/**
 * Starts following the log after what `reader` has seen (from the log's end the first time). `handle` gets batches one
 * after the other; when it throws, the same batch comes again.
 */
export async function relayEvents(
  deps: { db: Database; clock: Clock; log: Log },
  reader: string,
  handle: (events: readonly FollowedEvent[]) => Promise<void>,
): Promise<EventRelay> {
  let at: LogPosition = (await readCursor(deps.db, reader)) ?? (await logEnd(deps.db))
  let rememberedAt = Date.now()
  let isReading = false
  let wasWoken = false
  let isStopped = false
  let lookAgainMs = LOOK_AGAIN_MS
  let readAtMs = 0
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const remember = async () => {
    if (Date.now() - rememberedAt <= REMEMBER_MS) return
    rememberedAt = Date.now()
    await writeCursor(deps.db, reader, at)
  }
  /** Answers whether something was seen that cannot be told of yet. */
  const readOn = async (): Promise<boolean> => {
    for (;;) {
      const found = await eventsAfter(deps.db, at, BATCH)
      const events = found.filter((event) => event.isSettled)
      const last = events.at(-1)
      if (!last) return found.length > 0
      await handle(events)
      at = { xid: last.xid, position: last.position }
      await remember()
      if (events.length < found.length) return true
      if (events.length < BATCH) return false
    }
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
      .catch((error: unknown) => {
        deps.log.warn({ err: error, reader }, 'the event log could not be read; trying again')
        return false
      })
      .then((isHeldUp) => {
        isReading = false
        if (isStopped) return
        if (wasWoken) return wake()
        readIn(isHeldUp ? lookAgainMs : POLL_MS)
        lookAgainMs = isHeldUp ? Math.min(lookAgainMs * 2, POLL_MS) : LOOK_AGAIN_MS
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
      await writeCursor(deps.db, reader, at).catch((error: unknown) =>
        deps.log.warn({ err: error, reader }, 'the place in the event log was not written'),
      )
    },
  }
}
