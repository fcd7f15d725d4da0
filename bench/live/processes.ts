import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadResult, LoadSettings, LoadStage, NodeSettings, NodeStats } from './node-messages.ts'

/** Ticks of the kernel's CPU counters in a second, on every Linux of today. */
const TICKS_PER_SECOND = 100

/** A node under test. */
export interface BenchNode {
  port: number
  pid: number
  stats(): Promise<NodeStats>
  stop(): void
}

/** The process that makes the load. */
export interface BenchLoad {
  /** How long it took until all drivers were in. */
  openedMs: number
  run(stage: LoadStage): Promise<LoadResult>
  stop(): void
}

const next = <Message>(child: ChildProcess): Promise<Message> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${child.spawnargs[1]} ended with ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as Message)
    })
  })

const start = (file: string, settings: unknown) =>
  fork(join(import.meta.dirname, file), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--expose-gc'],
  })

/** Starts a node: ours, or the textbook's. */
export async function startNode(
  file: 'node-worker.ts' | '../textbook/live-worker.ts',
  settings: NodeSettings,
): Promise<BenchNode> {
  const child = start(file, settings)
  const { port } = await next<{ port: number }>(child)
  return {
    port,
    pid: child.pid!,
    stats() {
      const answer = next<NodeStats>(child)
      child.send('stats')
      return answer
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

/** Starts the load; it answers once everybody is connected. */
export async function startLoad(settings: LoadSettings): Promise<BenchLoad> {
  const child = start('load-worker.ts', settings)
  const { openedMs } = await next<{ openedMs: number }>(child)
  return {
    openedMs,
    run(stage) {
      const answer = next<LoadResult>(child)
      child.send(stage)
      return answer
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

/** CPU seconds used so far by processes and all their children; those that have ended meanwhile are not seen. */
export function cpuSeconds(pids: readonly number[]): number {
  return descendants(pids).reduce((sum, pid) => sum + cpuOf(pid), 0)
}

function cpuOf(pid: number): number {
  const fields = statOf(pid)
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : 0
}

function statOf(pid: number): string[] | undefined {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function descendants(pids: readonly number[]): number[] {
  const all = new Set(pids)
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  for (let grew = true; grew; ) {
    grew = false
    for (const name of processes) {
      const pid = Number(name)
      if (all.has(pid) || !all.has(Number(statOf(pid)?.[1] ?? -1))) continue
      all.add(pid)
      grew = true
    }
  }
  return [...all]
}

/** Bytes of memory that the kernel holds for TCP sockets. */
export function kernelSocketBytes(): number {
  if (!existsSync('/proc/net/sockstat')) return 0
  const pages = /TCP:.* mem (\d+)/.exec(readFileSync('/proc/net/sockstat', 'utf8'))?.[1]
  return Number(pages ?? 0) * 4096
}
