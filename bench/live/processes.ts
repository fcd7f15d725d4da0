import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type {
  LoadCommand,
  LoadResult,
  LoadSettings,
  LoadStage,
  NodeCommand,
  NodeMemory,
  NodeSettings,
  NodeStats,
  Opened,
  StormResult,
} from './node-messages.ts'

/** A node under test. */
export interface BenchNode {
  port: number
  pid: number
  stats(): Promise<NodeStats>
  memory(): Promise<NodeMemory>
  /** Changes every one of so many orders. */
  append(orders: number, version: number): Promise<void>
  stop(): void
}

/** A process that makes load. */
export interface BenchLoad {
  open(crowd: Extract<LoadCommand, { do: 'open' }>['crowd']): Promise<Opened>
  close(crowd: Extract<LoadCommand, { do: 'close' }>['crowd']): Promise<void>
  run(stage: LoadStage): Promise<LoadResult>
  drop(): Promise<void>
  comeBack(version: number): Promise<StormResult>
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

function ask<Answer>(child: ChildProcess, command: NodeCommand | LoadCommand): Promise<Answer> {
  const answer = next<Answer>(child)
  child.send(command)
  return answer
}

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
    stats: () => ask(child, { do: 'stats' }),
    memory: () => ask(child, { do: 'memory' }),
    append: (orders, version) => ask(child, { do: 'append', orders, version }),
    stop: () => void child.kill('SIGKILL'),
  }
}

/** Starts a process that makes load; nobody is connected yet. */
export async function startLoad(settings: LoadSettings): Promise<BenchLoad> {
  const child = start('load-worker.ts', settings)
  await next(child)
  return {
    open: (crowd) => ask(child, { do: 'open', crowd }),
    close: async (crowd) => void (await ask(child, { do: 'close', crowd })),
    run: (stage) => ask(child, { do: 'run', stage }),
    drop: async () => void (await ask(child, { do: 'drop' })),
    comeBack: (version) => ask(child, { do: 'return', version }),
    stop: () => void child.kill('SIGKILL'),
  }
}
