import type { LoggedEvent } from '../bus/index.ts'

/** Events kept per zone: at 100 a second, those of the last 40 s, in which nearly everyone who lost a connection is back. */
const KEPT = 4_000

/** The end of a zone's log as this node has seen it, so that those who come back together do not each read it anew. */
export interface RecentEvents {
  add(event: LoggedEvent): void
  /** Nothing here can be relied on until it begins anew. */
  forget(): void
  /** Begins anew at a place of the log: what came before is not known. */
  restart(position: number): void
  /** The events after one that is known here; undefined where only the log itself can tell. */
  since(sequence: number): LoggedEvent[] | undefined
}

/** Nothing is known yet. */
export function createRecentEvents(kept = KEPT): RecentEvents {
  let events: LoggedEvent[] = []
  /** The place of the event before the first one. */
  let floor: number | undefined
  return {
    add(event) {
      if (floor === undefined || event.sequence <= (events.at(-1)?.sequence ?? floor)) return
      events.push(event)
      if (events.length < kept * 1.25) return
      floor = events[events.length - kept - 1]!.sequence
      events = events.slice(-kept)
    },
    forget() {
      events = []
      floor = undefined
    },
    restart(position) {
      events = []
      floor = position
    },
    since(sequence) {
      if (floor === undefined || sequence < floor) return undefined
      if (sequence === floor) return events.slice()
      const at = indexOf(events, sequence)
      return at < 0 ? undefined : events.slice(at + 1)
    },
  }
}

/** Only the exact event will do: a number between two is from another life of the log. */
function indexOf(events: readonly LoggedEvent[], sequence: number): number {
  let low = 0
  let high = events.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = events[middle]!.sequence
    if (found === sequence) return middle
    if (found < sequence) low = middle + 1
    else high = middle - 1
  }
  return -1
}
