import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { EventNodeSettings, FromNode, ToNode } from './event-messages.ts'

/** A node under test in a process of its own. */
export interface EventNode {
  port: number
  change(perSecond: number): void
  /** Lets what is open end; answers what the node says of itself. */
  stopChanging(): Promise<{ loopP99Ms: number; cpuUs: number }>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

type Changed = Extract<FromNode, { kind: 'changed' }>

/** Starts a node; `changed` hears of every change whose commit was answered. */
export async function startEventNode(
  file: 'node-worker.ts' | '../textbook/events-worker.ts',
  settings: EventNodeSettings,
  changed: (changes: Changed) => void,
): Promise<EventNode> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.on('message', (message: FromNode) => {
    if (message.kind === 'changed') changed(message)
  })
  const { port } = await next(child, 'listening')
  const tell = (message: ToNode) => void child.send(message)
  return {
    port,
    change: (perSecond) => tell({ kind: 'change', perSecond }),
    stopChanging() {
      const stopped = next(child, 'stopped')
      tell({ kind: 'stop' })
      return stopped
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
  }
}

function next<Kind extends FromNode['kind']>(child: ChildProcess, kind: Kind): Promise<Extract<FromNode, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${child.spawnargs[1]} ended with ${code}`))
    const onMessage = (message: FromNode) => {
      if (message.kind !== kind) return
      child.off('exit', onExit)
      child.off('message', onMessage)
      resolve(message as Extract<FromNode, { kind: Kind }>)
    }
    child.on('exit', onExit)
    child.on('message', onMessage)
  })
}
