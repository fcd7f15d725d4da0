/** The server's time as this page knows it, so that slack and ages do not depend on the reader's own clock. */
export interface ServerClock {
  nowMs(): number
  /** Takes the server's time as just heard; `speed` is how many of its seconds pass in one of ours. */
  set(serverMs: number, speed?: number): void
  readonly isKnown: boolean
}

/** A correction smaller than this is network jitter and ignored, so that clocks on screen never step back and forth. */
const JITTER_MS = 400

/** Runs on the page's monotonic clock between corrections. */
export function createServerClock(monotonicMs: () => number = () => performance.now()): ServerClock {
  let base: { serverMs: number; atMs: number } | undefined
  let speed = 1
  const nowMs = () => (base ? base.serverMs + (monotonicMs() - base.atMs) * speed : Date.now())
  return {
    nowMs,
    set(serverMs, nextSpeed) {
      const changed = nextSpeed !== undefined && nextSpeed !== speed
      if (nextSpeed !== undefined) speed = nextSpeed
      if (!base || changed || Math.abs(nowMs() - serverMs) > JITTER_MS * speed) base = { serverMs, atMs: monotonicMs() }
    },
    get isKnown() {
      return base !== undefined
    },
  }
}
