import { useSyncExternalStore } from 'react'

/** Beats once a second, for everything on screen that counts time; one timer for the whole page. */
export interface Tick {
  subscribe(listener: () => void): () => void
}

/** A tick that only runs while somebody listens. */
export function createTick(everyMs = 1_000): Tick {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    subscribe(listener) {
      listeners.add(listener)
      timer ??= setInterval(() => {
        for (const each of listeners) each()
      }, everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}

/** A value that depends on the time: the component renders again only when the value differs, not every second. */
export function useTicking<T extends string | number | boolean | null>(tick: Tick, read: () => T): T {
  return useSyncExternalStore(tick.subscribe, read)
}
