import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, redisConnector, redisReady } from '../../server/src/platform/index.ts'
import { type KeptProcess, keepProcess } from './keep-process.ts'

/** A Redis or Valkey of the cluster's own, on loopback. */
export interface RunningRedis {
  url: string
  pid(): number
  isRunning(): boolean
  /** Starts it again on the same port: with what it had written, or `empty`. */
  start(options?: { empty?: boolean }): Promise<void>
  stop(): Promise<void>
}

/** Starts it in a folder, where its log and what it holds are written. */
export async function runRedis(program: string, folder: string): Promise<RunningRedis> {
  mkdirSync(folder, { recursive: true })
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let running: KeptProcess

  const start = async (options: { empty?: boolean } = {}) => {
    if (options.empty) rmSync(join(folder, 'appendonlydir'), { recursive: true, force: true })
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes']
    // As in docker-compose.yml: it comes back with what it had.
    running = await keepProcess(program, [...settings, '--maxmemory-policy', 'noeviction'], join(folder, 'redis.log'))
    const probe = redisConnector(url, () => undefined)('probe')
    await redisReady(probe).finally(() => probe.disconnect())
  }
  await start()
  return { url, pid: () => running.pid, isRunning: () => running.isRunning(), start, stop: () => running.stop() }
}
