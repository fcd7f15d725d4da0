/** How the console hangs on to the server; always shown, never faked. `alone`: connected, but to a node that has lost the others. */
export type LinkState = 'connecting' | 'live' | 'alone' | 'reconnecting' | 'catching_up' | 'stale' | 'offline'

/** The connection at one moment. */
export interface Link {
  state: LinkState
  /** Round trip of the last heartbeat in milliseconds, null before the first. */
  latencyMs: number | null
  /** When this state began, on the page's own clock. */
  sinceMs: number
}

/** The words for each state, as they stand in the top bar. */
export const LINK_WORDS: Record<LinkState, string> = {
  connecting: 'Connecting',
  live: 'Connected',
  alone: 'Node on its own',
  reconnecting: 'Reconnecting',
  catching_up: 'Catching up',
  stale: 'Stale',
  offline: 'Offline',
}

/** Whether what is on the screen may be behind what is true. */
export const isBehind = (state: LinkState) => state !== 'live'
