import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { PostgresHome } from './postgres-user.ts'
import { commandOf, isAlive } from './running-process.ts'

const POLL_MS = 10
/** Recovery after a crash of the host may read much of the log again. */
const READY_WITHIN_MS = 120_000
const STOPPED_WITHIN_MS = 10_000

/** A PostgreSQL that this process started. */
export interface Postmaster {
  pid: number
  /** Resolves when it has ended, asked or not. */
  ended: Promise<void>
  stop(): Promise<void>
}

function readPidFile(dataFolder: string): { pid: number; status: string } | undefined {
  const file = join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() }
}

async function goneWithin(pid: number, boundMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < boundMs; waitedMs += POLL_MS) {
    if (!isAlive(pid)) return true
    await sleep(POLL_MS)
  }
  return !isAlive(pid)
}

/**
 * Ends a PostgreSQL that a killed server left running on this data folder, and takes away what it left behind.
 * Fast first (clients are cut, data is written), then without asking: the log recovers it.
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const left = readPidFile(dataFolder)
  if (!left) return
  const isOurs = left.pid > 0 && isAlive(left.pid) && commandOf(left.pid).includes(dataFolder)
  if (isOurs) {
    process.kill(left.pid, 'SIGINT')
    if (!(await goneWithin(left.pid, STOPPED_WITHIN_MS))) {
      process.kill(left.pid, 'SIGQUIT')
      await goneWithin(left.pid, STOPPED_WITHIN_MS)
    }
  }
  rmSync(join(dataFolder, 'postmaster.pid'), { force: true })
}

/**
 * Ends PostgreSQL when its own standard input ends, which it also does when the server is killed without a chance to act; and
 * ends itself when PostgreSQL has.
 */
const KEEPER = `trap "" INT TERM HUP
"$0" "$@" </dev/null & child=$!
exec 3<&0
( read -r _ <&3; kill -INT $child ) 2>/dev/null & watcher=$!
wait $child
kill -KILL $watcher 2>/dev/null`

function spawnPostgres(home: PostgresHome, args: string[], logFile: string): ChildProcess {
  const log = openSync(logFile, 'w', 0o600)
  const options = { ...home.ids, cwd: home.dataFolder, env: { LC_MESSAGES: 'C', PATH: '/usr/bin:/bin' }, detached: true } as const
  if (process.platform === 'win32') {
    return spawn(home.binaries.postgres, args, {
      ...options,
      env: { LC_MESSAGES: 'C' },
      detached: false,
      stdio: ['ignore', log, log],
    })
  }
  return spawn('/bin/sh', ['-c', KEEPER, home.binaries.postgres, ...args], { ...options, stdio: ['pipe', log, log] })
}

/** Starts PostgreSQL on an initialised data folder and waits until it takes connections. */
export async function startPostmaster(home: PostgresHome, args: string[], logFile: string): Promise<Postmaster> {
  const child = spawnPostgres(home, ['-D', home.dataFolder, ...args], logFile)
  let ended = false
  const end = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.once('error', () => {
    ended = true
  })
  void end.then(() => {
    ended = true
  })
  const stop = async () => {
    if (ended) return
    if (process.platform === 'win32')
      await promisify(execFile)(home.binaries.pg_ctl, ['stop', '-m', 'fast', '-D', home.dataFolder])
    else child.stdin?.end()
    await end
  }
  child.stdin?.on('error', () => undefined) // it has ended already
  for (let waitedMs = 0; !ended; waitedMs += POLL_MS) {
    const file = readPidFile(home.dataFolder)
    if (file?.status === 'ready') return { pid: file.pid, ended: end, stop }
    if (waitedMs > READY_WITHIN_MS) {
      await stop()
      break
    }
    await sleep(POLL_MS)
  }
  throw new Error(`PostgreSQL did not start; its log (${logFile}) says:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
}
