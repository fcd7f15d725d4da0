import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { ClusterError } from './cluster-error.ts'
import { statusOf } from './targets.ts'

const ROOT = join(import.meta.dirname, '../..')
const READY_WITHIN_MS = 120_000
const LOOK_EVERY_MS = 50

/** A server node in a process of its own. */
export interface RunningNode {
  readonly name: string
  readonly port: number
  readonly url: string
  pid(): number
  isRunning(): boolean
  /** How often it has ended by itself after it was ready. */
  crashes(): number
  /** Starts it and waits until it takes clients. */
  start(): Promise<void>
  /** Sends a signal and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<void>
}

/** What a node is started with. */
export interface NodeOptions {
  name: string
  port: number
  env: Record<string, string>
  /** Where what it prints goes. */
  logFile: string
}

/** Describes a node; `start` starts it. It ends with this process, however this one ends. */
export function describeNode({ name, port, env, logFile }: NodeOptions): RunningNode {
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let isWanted = false
  let crashes = 0
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null
  return {
    name,
    port,
    url: `http://127.0.0.1:${port}`,
    pid: () => child?.pid ?? 0,
    isRunning,
    crashes: () => crashes,
    async start() {
      child = startProgram('server/src/main.ts', [], { ...env, PORT: String(port) }, logFile)
      ended = new Promise((resolve) => {
        child!.once('exit', () => {
          if (isWanted) crashes += 1
          isWanted = false
          resolve()
        })
      })
      const untilMs = Date.now() + READY_WITHIN_MS
      while ((await statusOf(port)) !== 200) {
        if (!isRunning()) throw new ClusterError(`${name} ended before it was ready; ${logFile} says why`)
        if (Date.now() > untilMs) {
          child.kill('SIGKILL')
          throw new ClusterError(`${name} was not ready within ${READY_WITHIN_MS / 1000} s; see ${logFile}`)
        }
        await wait(LOOK_EVERY_MS)
      }
      isWanted = true
    },
    async end(signal) {
      isWanted = false
      if (isRunning()) child!.kill(signal)
      await ended
    },
  }
}

/** Starts a program of the project as `npm start` does, in a group of its own. */
export function startProgram(file: string, args: readonly string[], env: Record<string, string>, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a')
  const ending = pathToFileURL(join(ROOT, 'scripts/end-with-parent.mjs')).href
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `--import=${ending}`, join(ROOT, file), ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, ...env, DOORSTEP_STARTER: String(process.pid) },
  })
}
