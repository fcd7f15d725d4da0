import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a node under test is told at its start. */
export interface HttpNodeSettings {
  drivers: number
  seed: number
  databaseUrl: string
  /** With it the node is the textbook's. */
  redisUrl?: string
}

/** A node under test in a process of its own. */
export interface HttpNode {
  port: number
  /** Of a signed-in dispatcher. */
  token: string
  /** Microseconds of CPU it has used. */
  cpuUs(): Promise<number>
  stop(): void
}

/** Starts a node. */
export async function startHttpNode(settings: HttpNodeSettings): Promise<HttpNode> {
  const child = fork(join(import.meta.dirname, 'http-worker.ts'), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { port, token } = await new Promise<{ port: number; token: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number; token: string }))
    child.once('exit', (code) => reject(new Error(`the node ended with ${code}`)))
  })
  return {
    port,
    token,
    async cpuUs() {
      const answer = once(child, 'message') as Promise<[number]>
      child.send('cpu')
      return (await answer)[0]
    },
    stop: () => void child.kill(),
  }
}
