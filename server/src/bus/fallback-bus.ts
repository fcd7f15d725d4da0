import type { Bus, BusEvent, BusOptions, LoggedEvent } from './bus.ts'
import { memoryBus } from './memory-bus.ts'
import { recentIds } from './recent-ids.ts'

/** How often the connection is looked at. */
const LOOK_EVERY_MS = 200
/** Events kept for the shared bus while it is away. Beyond, the oldest are let go: followers read anew when it is back. */
const MOST_OWED = 50_000
const REMEMBERED_IDS = 50_000

interface Follower {
  zoneId: string
  onGap(): void
}

/**
 * A shared bus that a node can do without: while it is away, what this node appends and sends reaches this node's own
 * followers; when it is back, what it missed is appended to it (each event once, whoever appended it too) and followers
 * are told of a gap. Every node follows the log of the database, so orders go on everywhere meanwhile.
 */
export function fallbackBus(shared: Bus, options: BusOptions & { nowMs: () => number }): Bus {
  const local = memoryBus(options)
  const followers = new Set<Follower>()
  let owed: { zoneId: string; events: readonly BusEvent[] }[] = []
  let wasConnected = shared.isConnected()
  let isRepaying = false

  const repay = async () => {
    if (isRepaying) return
    isRepaying = true
    try {
      for (let next = owed[0]; next && shared.isConnected(); next = owed[0]) {
        await shared.append(next.zoneId, next.events)
        owed.shift()
      }
      if (owed.length > 0) return
      wasConnected = true
      for (const follower of followers) follower.onGap()
    } finally {
      isRepaying = false
    }
  }
  const timer = setInterval(() => {
    if (!shared.isConnected()) wasConnected = false
    else if (!wasConnected) repay().catch(options.onError)
  }, LOOK_EVERY_MS)
  /** Until what is owed has been repaid, the shared log would be told things in the wrong order. */
  const isShared = () => wasConnected && shared.isConnected()

  const appendHere = async (zoneId: string, events: readonly BusEvent[]) => {
    wasConnected = false
    owed.push({ zoneId, events })
    if (owed.length > MOST_OWED) owed = owed.slice(-MOST_OWED)
    await local.append(zoneId, events)
  }

  return {
    async append(zoneId, events) {
      if (!isShared()) return appendHere(zoneId, events)
      try {
        await shared.append(zoneId, events)
      } catch (error) {
        if (shared.isConnected()) throw error
        await appendHere(zoneId, events)
      }
    },
    async follow(zoneId, follower) {
      const told = recentIds(REMEMBERED_IDS)
      const tell = (event: LoggedEvent) => {
        if (told.isNew(event.id)) follower.onEvent(event)
      }
      const entry = { zoneId, onGap: () => follower.onGap?.() }
      followers.add(entry)
      const ends = [
        await local.follow(zoneId, { onEvent: tell }),
        await shared.follow(zoneId, { onEvent: tell, onGap: entry.onGap }),
        () => followers.delete(entry),
      ]
      return () => {
        for (const end of ends) end()
      }
    },
    read: (zoneId, after) => (isShared() ? shared.read(zoneId, after) : local.read(zoneId, after)),
    position: (zoneId) => (isShared() ? shared.position(zoneId) : local.position(zoneId)),
    send: (zoneId, signal, bytes) => (isShared() ? shared : local).send(zoneId, signal, bytes),
    async listen(zoneId, signal, onBytes) {
      const ends = [await local.listen(zoneId, signal, onBytes), await shared.listen(zoneId, signal, onBytes)]
      return () => {
        for (const end of ends) end()
      }
    },
    isConnected: shared.isConnected,
    async close() {
      clearInterval(timer)
      await Promise.all([shared.close(), local.close()])
    },
  }
}
