import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort, redisConnector, redisReady } from '../../platform/index.ts'

/** A Redis that a test started; `stop` and `start` lose and bring it back on the same port, empty. */
export interface TestRedis {
  url: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Makes it hang, with its connections open, until `thaw`. */
  freeze(): void
  thaw(): void
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

/** Where `redis-server` or `valkey-server` is, if it is anywhere. With CI=true its absence is an error, not a skip. */
export function redisServerPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = ['redis-server', 'valkey-server'].flatMap((name) => folders.map((folder) => join(folder, name)))
  const found = candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (!found && process.env['CI'] === 'true') throw new Error('CI=true and neither redis-server nor valkey-server is in the PATH')
  if (!found) console.error('SKIPPED: tests over Redis, because neither redis-server nor valkey-server is in the PATH')
  return found
}

/** Starts a Redis of the test's own. */
export async function startTestRedis(serverPath: string): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | undefined

  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
    server = spawn(serverPath, options, { stdio: 'ignore' })
    const probe = redisConnector(url, () => undefined)('probe')
    await redisReady(probe).finally(() => probe.disconnect())
  }
  const stop = async () => {
    const running = server
    server = undefined
    if (!running || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => () => void server?.kill(name)
  await start()
  return {
    url,
    start,
    stop,
    freeze: signal('SIGSTOP'),
    thaw: signal('SIGCONT'),
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
