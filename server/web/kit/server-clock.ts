import { useEffect, useState } from 'react'

/** The server's clock as this page knows it; it may run faster than the wall in a demo. */
export interface ServerClock {
  nowMs(): number
  /** Sets it by what the server just said. */
  set(nowMs: number, speed?: number): void
}

/** A clock that stands on the wall's until the server has spoken; `wallNowMs` only has to go forwards. */
export function createServerClock(startMs: number, wallNowMs: () => number = () => performance.now()): ServerClock {
  let atMs = startMs
  let atWallMs = wallNowMs()
  let speed = 1
  return {
    nowMs: () => Math.round(atMs + (wallNowMs() - atWallMs) * speed),
    set(nowMs, nextSpeed) {
      speed = nextSpeed ?? speed
      atMs = nowMs
      atWallMs = wallNowMs()
    },
  }
}

/** The server's time, shown anew at this interval. */
export function useNow(clock: ServerClock, everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => clock.nowMs())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(clock.nowMs()), everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return nowMs
}
