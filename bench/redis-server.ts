import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort, redisConnector, redisReady } from '../server/src/platform/index.ts'

/** A Redis of the bench's own. */
export interface BenchRedis {
  url: string
  pid: number
  remove(): Promise<void>
}

/** Starts a Redis on loopback, without persistence; undefined where none is installed. */
export async function startBenchRedis(): Promise<BenchRedis | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const path = ['redis-server', 'valkey-server'].flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
  if (!path) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-bench-redis-'))
  const port = await freePort()
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const server = spawn(path, options, { stdio: 'ignore' })
  const url = `redis://127.0.0.1:${port}`
  const probe = redisConnector(url, () => {})('probe')
  await redisReady(probe).finally(() => probe.disconnect())
  return {
    url,
    pid: server.pid!,
    async remove() {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
