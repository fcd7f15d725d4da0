/** Where the server reads the time, so that tests can hold it and a demo can run it faster. */
export interface Clock {
  /** Milliseconds since 1970 in the server's own time. */
  nowMs(): number
  /** How many seconds of this clock pass in one second of the wall, 1 in production. */
  readonly speed: number
  /** Runs `task` once after `delayMs` of this clock; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void
}

/** The wall clock; or one that shows `startMs` at a moment of the wall (`startWallMs`, now unless said) and runs `speed` times as fast. */
export function systemClock(options: { speed?: number; startMs?: number; startWallMs?: number } = {}): Clock {
  const { speed = 1 } = options
  const wallMs = options.startWallMs ?? Date.now()
  const startMs = options.startMs ?? wallMs
  return {
    speed,
    nowMs: () => Math.round(startMs + (Date.now() - wallMs) * speed),
    after(delayMs, task) {
      const timer = setTimeout(task, Math.max(0, delayMs / speed))
      return () => clearTimeout(timer)
    },
  }
}

/** A clock that stands still until it is told to advance; tasks due on the way run in order of time. */
export function manualClock(startMs: number): Clock & { advance(ms: number): void; set(ms: number): void } {
  let nowMs = startMs
  let tasks: { atMs: number; task: () => void }[] = []
  const runUntil = (untilMs: number) => {
    for (;;) {
      const due = tasks.filter((t) => t.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      tasks = tasks.filter((t) => t !== due)
      nowMs = Math.max(nowMs, due.atMs)
      due.task()
    }
    nowMs = Math.max(nowMs, untilMs)
  }
  return {
    speed: 1,
    nowMs: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + Math.max(0, delayMs), task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter((t) => t !== entry)
      }
    },
    advance: (ms) => runUntil(nowMs + ms),
    set: runUntil,
  }
}
