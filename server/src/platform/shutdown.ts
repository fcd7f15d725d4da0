import type { Log } from './log.ts'

/** Collects what has to be stopped and stops it in the reverse order of starting. */
export interface Shutdown {
  /** Called later, stopped earlier. */
  add(name: string, stop: () => Promise<void> | void): void
  /** Stops everything, once; true when all of it stopped in time. */
  run(reason: string): Promise<boolean>
}

/** What one step and all of them may take, in milliseconds of the wall. */
export interface ShutdownBounds {
  stepMs: number
  allMs: number
}

const within = (work: Promise<void>, boundMs: number) => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), boundMs)
  })
  return Promise.race([work.then(() => 'done' as const), late]).finally(() => clearTimeout(timer))
}

/** Makes an orderly end; a step that fails or takes too long is logged and the next one goes on. */
export function createShutdown(log: Log, bounds: ShutdownBounds = { stepMs: 5_000, allMs: 20_000 }): Shutdown {
  const steps: { name: string; stop: () => Promise<void> | void }[] = []
  let running: Promise<boolean> | undefined
  const all = async (reason: string) => {
    log.debug({ reason }, 'shutting down')
    const startMs = performance.now()
    let isClean = true
    for (const { name, stop } of steps.toReversed()) {
      const leftMs = Math.max(100, bounds.allMs - (performance.now() - startMs))
      try {
        const outcome = await within((async () => stop())(), Math.min(bounds.stepMs, leftMs))
        if (outcome === 'late') throw new Error('took too long')
      } catch (error) {
        isClean = false
        log.error({ err: error, step: name }, 'a step of the shutdown failed')
      }
    }
    return isClean
  }
  return {
    add: (name, stop) => void steps.push({ name, stop }),
    run: (reason) => {
      running ??= all(reason)
      return running
    },
  }
}

/** Runs the shutdown at SIGINT or SIGTERM and ends the process; a second signal ends it at once. */
export function shutDownOnSignals(shutdown: Shutdown): void {
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isEnding) process.exit(1)
      isEnding = true
      void shutdown.run(signal).then((isClean) => process.exit(isClean ? 0 : 1))
    })
  }
}
