import type { Clock, Database, Log } from '../platform/index.ts'
import { eventsAfter, type FollowedEvent, type LogPosition, logEnd, readCursor, writeCursor } from './events-sql.ts'

const BATCH = 500
/** How often the log is looked at when nobody in this process says that it grew (another node may have written). */
const POLL_MS = 250
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
  let isAwake = false
  let wasWoken = false
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const readOn = async () => {
    for (;;) {
      const events = await eventsAfter(deps.db, at, BATCH)
      const last = events.at(-1)
      if (!last) break
      await handle(events)
      at = { xid: last.xid, position: last.position }
      if (Date.now() - rememberedAt > REMEMBER_MS) {
        rememberedAt = Date.now()
        await writeCursor(deps.db, reader, at)
      }
    }
  }
  const run = () => {
    clearTimeout(timer)
    if (isStopped) return
    wasWoken = isAwake
    if (isAwake) return
    isAwake = true
    running = readOn()
      .catch((error: unknown) => deps.log.warn({ err: error, reader }, 'the event log could not be read; trying again'))
      .finally(() => {
        isAwake = false
        if (!isStopped) timer = setTimeout(run, wasWoken ? 0 : POLL_MS)
        wasWoken = false
      })
  }
  run()
  return {
    wake: run,
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
