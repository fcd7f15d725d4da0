/** Time as clients need it; a test passes one that it moves by hand. */
export interface Timers {
  /** Milliseconds of a clock that only has to go forwards. */
  nowMs(): number
  /** Runs `task` once after a delay; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void
}

const host = globalThis as unknown as {
  setTimeout(task: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

/** The timers of the browser or of Node. */
export const hostTimers: Timers = {
  nowMs: () => Date.now(),
  after(delayMs, task) {
    const timer = host.setTimeout(task, delayMs)
    return () => host.clearTimeout(timer)
  },
}

/** Of a delay at least this share is waited, so that a server that refuses at once is not asked without a pause. */
const LEAST_SHARE = 0.1

/** A delay of up to `firstMs`, doubling to `mostMs`, anywhere below it, so that thousands who were lost together come back one by one. */
export function backoffMs(attempt: number, firstMs: number, mostMs: number, random: () => number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20)) * (LEAST_SHARE + random() * (1 - LEAST_SHARE))
}
