import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './start-cluster.ts'

/** As a container that is restarted: what has ended by itself is started again after this long. */
const RESTART_AFTER_MS = 5_000
const LOOK_EVERY_MS = 250

interface Part {
  name: string
  pid(): number
  isRunning(): boolean
  start(): Promise<void>
}

/** Looks after a cluster as `restart: unless-stopped` does, and says what it sees; the answer ends that. */
export function restartLost({ nodes, redis, postgres }: Cluster, say: (line: string) => void): () => void {
  const parts: Part[] = [
    ...nodes,
    { ...redis, name: 'Redis' },
    { ...postgres, name: 'PostgreSQL', start: () => postgres.restart() },
  ]
  let isStopped = false
  const restarting = new Set<Part>()
  const restart = async (part: Part) => {
    restarting.add(part)
    say(`${part.name} has ended; it is started again in ${RESTART_AFTER_MS / 1000} s`)
    await wait(RESTART_AFTER_MS)
    if (isStopped) return
    await part.start().then(
      () => say(`${part.name} is back, process ${part.pid()}`),
      (error: unknown) => say(`${part.name} did not start: ${error instanceof Error ? error.message : String(error)}`),
    )
    restarting.delete(part)
  }
  const timer = setInterval(() => {
    for (const part of parts) if (!restarting.has(part) && !part.isRunning()) void restart(part)
  }, LOOK_EVERY_MS)
  return () => {
    isStopped = true
    clearInterval(timer)
  }
}
