import { hostTimers, type Timers } from '@doorstep/shared/client'
import { createTaskQueue } from './task-queue.ts'

/** Time as the simulated people live it: the server's clock, and one queue for everything that anybody is going to do. */
export interface PeopleClock {
  /** The server's clock in ms since 1970. */
  nowMs(): number
  /** The same, less the time spent paused: for how long something has gone on. */
  livedMs(): number
  /** Seconds of the server's clock in one second of the wall. */
  speed(): number
  /** Runs a task after `delayMs` of the server's clock, not counting the time while paused; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void
  /** Takes over the server's clock. */
  set(nowMs: number, speed: number): void
  pause(): void
  resume(): void
  isPaused(): boolean
  /** Nothing runs any more. */
  stop(): void
}

/** No timer of the host is shorter, in ms of the wall: what is due within it runs together. */
const GRAIN_MS = 10

/** Makes the clock; it runs with the wall until it is set. A task that throws is told to `onError` and stops nobody else. */
export function createPeopleClock(onError: (error: unknown) => void, timers: Timers = hostTimers): PeopleClock {
  const queue = createTaskQueue()
  let server = { nowMs: timers.nowMs(), atMs: timers.nowMs(), speed: 1 }
  // Time lived: goes with the server's speed, stands while paused, and does not jump when the server's clock is set.
  let lived = { ms: 0, atMs: timers.nowMs() }
  let isPaused = false
  let isStopped = false
  let wake: { atMs: number; cancel(): void } | undefined

  const livedMs = () => (isPaused ? lived.ms : lived.ms + (timers.nowMs() - lived.atMs) * server.speed)
  const settle = () => {
    lived = { ms: livedMs(), atMs: timers.nowMs() }
  }
  const sleep = () => {
    const next = queue.peek()
    if (isPaused || isStopped || !next || (wake && wake.atMs <= next.atMs)) return
    wake?.cancel()
    wake = { atMs: next.atMs, cancel: timers.after(Math.max(GRAIN_MS, (next.atMs - livedMs()) / server.speed), work) }
  }
  const work = () => {
    wake = undefined
    const untilMs = livedMs()
    for (let next = queue.peek(); next && next.atMs <= untilMs && !isPaused && !isStopped; next = queue.peek()) {
      queue.pop()
      try {
        next.run()
      } catch (error) {
        onError(error)
      }
    }
    sleep()
  }
  const wakeAnew = () => {
    wake?.cancel()
    wake = undefined
    sleep()
  }

  return {
    nowMs: () => Math.round(server.nowMs + (timers.nowMs() - server.atMs) * server.speed),
    livedMs,
    speed: () => server.speed,
    after(delayMs, task) {
      const entry = queue.add(livedMs() + Math.max(0, delayMs), task)
      sleep()
      return () => {
        entry.isCancelled = true
      }
    },
    set(nowMs, speed) {
      settle()
      server = { nowMs, atMs: timers.nowMs(), speed }
      wakeAnew()
    },
    pause() {
      settle()
      isPaused = true
      wakeAnew()
    },
    resume() {
      if (!isPaused) return
      isPaused = false
      lived.atMs = timers.nowMs()
      wakeAnew()
    },
    isPaused: () => isPaused,
    stop() {
      isStopped = true
      wakeAnew()
    },
  }
}
