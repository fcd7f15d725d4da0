import type { Bus, BusEvent, BusOptions, LoggedEvent } from './bus.ts'
import { memoryBus } from './memory-bus.ts'
import { recentIds } from './recent-ids.ts'

/** How often the connection is looked at. */
const LOOK_EVERY_MS = 200
/** Events kept for the shared bus while it is away. Beyond, the oldest are let go: followers read anew when it is back. */
const MOST_OWED = 50_000
const REMEMBERED_IDS = 50_000
/** After what is owed could not be appended, it is tried again this much later. */
const REPAY_AGAIN_MS = 1_000

interface Follower {
  zoneId: string
  onGap(): void
}

/**
 * A shared bus that a node can do without: while it is away, or refuses what is appended, what this node appends and sends
 * reaches this node's own followers; when it is back, what it missed is appended to it (each event once, whoever appended it
 * too) and followers are told of a gap. Every node follows the log of the database, so orders go on everywhere meanwhile.
 * Sequences go on growing into the loss, so `nowMs` has to be the time by which the shared bus gives them.
 */
export function fallbackBus(shared: Bus, options: BusOptions & { nowMs: () => number }): Bus {
  /** The highest sequence of each zone that came from the shared bus. */
  const heard = new Map<string, number>()
  const hear = (zoneId: string, sequence: number) => {
    if (sequence > (heard.get(zoneId) ?? 0)) heard.set(zoneId, sequence)
    return sequence
  }
  const local = memoryBus({ ...options, leastSequence: (zoneId) => heard.get(zoneId) ?? 0 })
  const followers = new Set<Follower>()
  let owed: { zoneId: string; events: readonly BusEvent[] }[] = []
  let wasConnected = shared.isConnected()
  let isRepaying = false
  let repayAtMs = 0

  const repay = async () => {
    if (isRepaying) return
    isRepaying = true
    try {
      for (let next = owed[0]; next && shared.isConnected(); next = owed[0]) {
        await shared.append(next.zoneId, next.events)
        if (owed[0] === next) owed.shift()
      }
      if (owed.length > 0) return
      wasConnected = true
      for (const follower of followers) follower.onGap()
    } catch (error) {
      repayAtMs = performance.now() + REPAY_AGAIN_MS
      options.onError(error)
    } finally {
      isRepaying = false
    }
  }
  const timer = setInterval(() => {
    if (!shared.isConnected()) wasConnected = false
    else if (!wasConnected && performance.now() >= repayAtMs) void repay()
  }, LOOK_EVERY_MS)
  /** Until what is owed has been repaid, the shared log would be told things in the wrong order. */
  const isShared = () => wasConnected && shared.isConnected()

  const appendHere = async (zoneId: string, events: readonly BusEvent[]) => {
    wasConnected = false
    owed.push({ zoneId, events })
    if (owed.length > MOST_OWED) owed = owed.slice(-MOST_OWED)
    await local.append(zoneId, events)
  }

  /** Asks the shared bus, and this node's own while that cannot answer. */
  const sharedOr = async <Answer>(ask: () => Promise<Answer>, alone: () => Promise<Answer>): Promise<Answer> => {
    if (!isShared()) return alone()
    try {
      return await ask()
    } catch (error) {
      options.onError(error)
      return alone()
    }
  }

  return {
    async append(zoneId, events) {
      if (!isShared()) return appendHere(zoneId, events)
      try {
        await shared.append(zoneId, events)
      } catch (error) {
        options.onError(error)
        await appendHere(zoneId, events)
      }
    },
    async follow(zoneId, follower) {
      const told = recentIds(REMEMBERED_IDS)
      const tell = (event: LoggedEvent) => {
        if (told.isNew(event.id)) follower.onEvent(event)
      }
      const tellShared = (event: LoggedEvent) => {
        hear(zoneId, event.sequence)
        tell(event)
      }
      const entry = { zoneId, onGap: () => follower.onGap?.() }
      followers.add(entry)
      const ends = [
        await local.follow(zoneId, { onEvent: tell }),
        await shared.follow(zoneId, { onEvent: tellShared, onGap: entry.onGap }),
        () => followers.delete(entry),
      ]
      return () => {
        for (const end of ends) end()
      }
    },
    read: (zoneId, after) =>
      sharedOr(
        () => shared.read(zoneId, after),
        () => local.read(zoneId, after),
      ),
    position: (zoneId) =>
      sharedOr(
        async () => hear(zoneId, await shared.position(zoneId)),
        () => local.position(zoneId),
      ),
    send: (zoneId, signal, bytes) => (isShared() ? shared : local).send(zoneId, signal, bytes),
    async listen(zoneId, signal, onBytes) {
      const ends = [await local.listen(zoneId, signal, onBytes), await shared.listen(zoneId, signal, onBytes)]
      return () => {
        for (const end of ends) end()
      }
    },
    isConnected: isShared,
    async close() {
      clearInterval(timer)
      await Promise.all([shared.close(), local.close()])
    },
  }
}
