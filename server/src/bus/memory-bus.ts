import { type Bus, type BusOptions, KEPT_EVENTS, type LogFollower, type LoggedEvent, type Signal } from './bus.ts'
import { recentIds } from './recent-ids.ts'
import { nextSequence } from './sequence.ts'

interface ZoneLog {
  events: LoggedEvent[]
  /** Everything after this sequence is still kept. */
  floor: number
  last: number
  followers: Set<LogFollower>
  delivered: number
  isDelivering: boolean
  ids: ReturnType<typeof recentIds>
}

/** What a bus in memory is made from. */
export interface MemoryBusOptions extends BusOptions {
  /** Only has to grow from one life of the process to the next. */
  nowMs(): number
  /** What was heard of a zone elsewhere: sequences are given above this, and what lies below is not in this log. */
  leastSequence?(zoneId: string): number
}

/** The bus of a single process. */
export function memoryBus(options: MemoryBusOptions): Bus {
  const kept = options.keptEvents ?? KEPT_EVENTS
  const logs = new Map<string, ZoneLog>()
  const listeners = new Map<string, Set<(bytes: Uint8Array) => void>>()

  const logOf = (zoneId: string): ZoneLog => {
    let log = logs.get(zoneId)
    if (!log) {
      const start = nextSequence(0, options.nowMs())
      log = {
        events: [],
        floor: start,
        last: start,
        followers: new Set(),
        delivered: 0,
        isDelivering: false,
        ids: recentIds(kept),
      }
      logs.set(zoneId, log)
    }
    const least = options.leastSequence?.(zoneId) ?? 0
    if (least > log.last) log.last = log.floor = least
    return log
  }

  return {
    async append(zoneId, events) {
      const log = logOf(zoneId)
      for (const event of events) {
        if (!log.ids.isNew(event.id)) continue
        log.last = nextSequence(log.last, options.nowMs())
        log.events.push({ ...event, sequence: log.last })
      }
      deliver(log, options.onError)
      trim(log, kept)
    },
    async follow(zoneId, follower) {
      const { followers } = logOf(zoneId)
      followers.add(follower)
      return () => followers.delete(follower)
    },
    async read(zoneId, afterSequence) {
      const log = logOf(zoneId)
      if (afterSequence < log.floor || afterSequence > log.last) return { events: [], complete: false }
      return { events: log.events.slice(firstAfter(log.events, afterSequence)), complete: true }
    },
    position: async (zoneId) => logOf(zoneId).last,
    send(zoneId, signal, bytes) {
      for (const listener of listeners.get(`${signal}:${zoneId}`) ?? []) guarded(() => listener(bytes), options.onError)
    },
    async listen(zoneId, signal: Signal, onBytes) {
      const key = `${signal}:${zoneId}`
      const set = listeners.get(key) ?? new Set()
      listeners.set(key, set.add(onBytes))
      return () => set.delete(onBytes)
    },
    isConnected: () => true,
    async close() {
      for (const log of logs.values()) log.followers.clear()
      listeners.clear()
    },
  }
}

/** A follower that appends while it is told gets its own event after everyone has seen the one before. */
function deliver(log: ZoneLog, onError: (error: unknown) => void): void {
  if (log.isDelivering) return
  log.isDelivering = true
  while (log.delivered < log.events.length) {
    const event = log.events[log.delivered++]!
    for (const follower of log.followers) guarded(() => follower.onEvent(event), onError)
  }
  log.isDelivering = false
}

function trim(log: ZoneLog, kept: number): void {
  if (log.isDelivering || log.events.length < kept * 1.25) return
  const dropped = log.events.splice(0, log.events.length - kept)
  log.floor = dropped.at(-1)!.sequence
  log.delivered = log.events.length
}

function firstAfter(events: readonly LoggedEvent[], sequence: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (events[middle]!.sequence <= sequence) low = middle + 1
    else high = middle
  }
  return low
}

function guarded(task: () => void, onError: (error: unknown) => void): void {
  try {
    task()
  } catch (error) {
    onError(error)
  }
}
