import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '../../platform/index.ts'

/** A Redis Cluster of three masters without replicas that a test started. */
export interface TestRedisCluster {
  /** Names all three. */
  url: string
  /** Names one, by which the others are found. */
  urlOfOne: string
  ports: readonly number[]
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

const SLOTS = 16_384
const MASTERS = 3
const PATIENCE_MS = 20_000

/** Starts a cluster of the test's own: three servers that share the slots. */
export async function startTestRedisCluster(serverPath: string): Promise<TestRedisCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-redis-cluster-'))
  const servers: ChildProcess[] = []
  const ports: number[] = []
  const busPorts: number[] = []
  const remove = async () => {
    await Promise.all(servers.map(endOf))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (let n = 0; n < MASTERS; n++) {
      ports.push(await freePort())
      busPorts.push(await freePort())
      servers.push(startMaster(serverPath, join(folder, String(n)), ports[n]!, busPorts[n]!))
    }
    await makeOne(ports, busPorts)
  } catch (error) {
    await remove()
    throw error
  }
  const addresses = ports.map((port) => `redis://127.0.0.1:${port}`)
  return { url: addresses.join(','), urlOfOne: `${addresses[0]}?cluster=true`, ports, remove }
}

function startMaster(serverPath: string, folder: string, port: number, busPort: number): ChildProcess {
  mkdirSync(folder)
  const options = {
    port,
    'cluster-port': busPort,
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    dir: folder,
    'cluster-enabled': 'yes',
    'cluster-node-timeout': 2_000,
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  return spawn(serverPath, args, { stdio: 'ignore' })
}

/** Gives each master its share of the slots and makes them known to each other. */
async function makeOne(ports: readonly number[], busPorts: readonly number[]): Promise<void> {
  const masters = ports.map((port) => new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: null, retryStrategy: () => 50 }))
  // Until a server listens, connecting to it fails and is tried again.
  for (const master of masters) master.on('error', () => undefined)
  try {
    for (const [n, master] of masters.entries()) {
      const [from, to] = [Math.floor((n * SLOTS) / MASTERS), Math.floor(((n + 1) * SLOTS) / MASTERS) - 1]
      await master.call('CLUSTER', 'ADDSLOTSRANGE', from, to)
      await master.call('CLUSTER', 'SET-CONFIG-EPOCH', n + 1)
      if (n > 0) await master.call('CLUSTER', 'MEET', '127.0.0.1', ports[0]!, busPorts[0]!)
    }
    const untilMs = performance.now() + PATIENCE_MS
    for (const master of masters) {
      while (!isWhole(String(await master.call('CLUSTER', 'INFO')))) {
        if (performance.now() > untilMs) throw new Error('the test’s Redis Cluster did not become one')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  } finally {
    for (const master of masters) master.disconnect()
  }
}

const isWhole = (info: string) => info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${MASTERS}`)

async function endOf(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGKILL')
  await ended
}
