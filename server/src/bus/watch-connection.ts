import type { Clock } from '../platform/index.ts'
import type { Bus } from './bus.ts'

/** Whether a node reaches the others, and since when. */
export interface BusConnection {
  isConnected: boolean
  sinceMs: number
}

/** A connection that is being watched. */
export interface WatchedConnection {
  state(): BusConnection
  stop(): void
}

/** How often the bus is asked, in ms of the wall. */
const LOOK_EVERY_MS = 500
/** A loss counts once this many looks in a row have seen it, so that a hiccup alarms nobody. */
const LOOKS_TO_LOSE = 2

/** Watches whether a node reaches the others; what is lost is told after a second, what is back at once. */
export function watchConnection(
  bus: Pick<Bus, 'isConnected'>,
  clock: Clock,
  onChange: (state: BusConnection) => void,
): WatchedConnection {
  let state: BusConnection = { isConnected: bus.isConnected(), sinceMs: clock.nowMs() }
  let lostAtMs = 0
  let looksLost = 0
  let cancel = () => {}

  const become = (isConnected: boolean, sinceMs: number) => {
    if (isConnected === state.isConnected) return
    state = { isConnected, sinceMs }
    onChange(state)
  }
  const look = () => {
    if (bus.isConnected()) {
      looksLost = 0
      become(true, clock.nowMs())
    } else {
      if (looksLost++ === 0) lostAtMs = clock.nowMs()
      if (looksLost >= LOOKS_TO_LOSE) become(false, lostAtMs)
    }
    cancel = clock.after(LOOK_EVERY_MS * clock.speed, look)
  }
  cancel = clock.after(LOOK_EVERY_MS * clock.speed, look)
  return { state: () => state, stop: () => cancel() }
}
