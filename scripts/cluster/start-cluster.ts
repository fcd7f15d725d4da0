import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type CityPack, ensureCity, ensureDefaultCity } from '../../server/src/city/index.ts'
import { freePort } from '../../server/src/platform/index.ts'
import { type Proxy, startProxy } from './proxy.ts'
import { describeNode, type RunningNode, startProgram } from './run-node.ts'
import { type RunningPostgres, runPostgres } from './run-postgres.ts'
import { type RunningRedis, runRedis } from './run-redis.ts'

/** What a cluster is made of. */
export interface ClusterOptions {
  nodes: number
  /** Of the proxy; 0 takes a free one. */
  port: number
  /** Everything it writes goes to `cluster` in here; the city is shared with `npm start`. */
  dataFolder: string
  city?: string | undefined
  speed: number
  /** Whether simulated people fill the city. */
  simulation: boolean
  /** Whether the demo has a past and open orders at its first start, as with simulated people. */
  past?: boolean
  drivers: number
  ordersPerHour: number
  /** The program of Redis or Valkey. */
  redisProgram: string
  /** Further settings of the nodes. */
  env?: Record<string, string>
  say(line: string): void
}

/** The same set of processes as docker-compose.yml, without Docker; each can be ended and started again. */
export interface Cluster {
  url: string
  pack: CityPack
  proxy: Proxy
  nodes: readonly RunningNode[]
  redis: RunningRedis
  postgres: RunningPostgres
  logFolder: string
  /** The simulation's process; undefined without one. */
  simulationPid(): number | undefined
  stop(): Promise<void>
}

/** Starts it; the nodes all at once, as any of them may be the first on an empty database. What was started is ended when a part fails. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataFolder, say } = options
  const logFolder = join(dataFolder, 'cluster', 'log')
  mkdirSync(logFolder, { recursive: true })
  const stops: (() => Promise<void> | void)[] = []
  const stop = async () => {
    for (const end of stops.splice(0).toReversed()) await end()
  }
  try {
    const progress = (step: { step: string; seconds: number; detail: string }) =>
      say(`  city: ${step.step} (${step.detail}) ${step.seconds.toFixed(1)} s`)
    const pack = await (options.city ? ensureCity(dataFolder, options.city, progress) : ensureDefaultCity(dataFolder, progress))
    const postgres = await runPostgres(join(dataFolder, 'cluster', pack.manifest.name, 'postgres'))
    stops.push(() => postgres.stop())
    const redis = await runRedis(options.redisProgram, join(dataFolder, 'cluster', 'redis'))
    stops.push(() => redis.stop())
    const env = settingsOf(options, pack, { postgres, redis })
    const nodes = await describeNodes(options.nodes, env, logFolder)
    stops.push(async () => void (await Promise.all(nodes.map((node) => node.end('SIGTERM')))))
    await Promise.all(nodes.map((node) => node.start()))
    const proxy = await startProxy(nodes, options.port)
    stops.push(() => proxy.stop())
    const simulation = options.simulation ? startSimulation(options, proxy.url, logFolder) : undefined
    if (simulation) stops.push(() => void simulation.kill('SIGTERM'))
    const simulationPid = () => simulation?.pid
    return { url: proxy.url, pack, proxy, nodes, redis, postgres, logFolder, simulationPid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function settingsOf(
  options: ClusterOptions,
  pack: CityPack,
  { postgres, redis }: { postgres: RunningPostgres; redis: RunningRedis },
): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    DATA_FOLDER: options.dataFolder,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    CITY: pack.manifest.name,
    DEMO: 'true',
    SIMULATION: (options.past ?? options.simulation) ? 'elsewhere' : 'false',
    SIMULATED_DRIVERS: String(options.drivers),
    SIMULATED_ORDERS_PER_HOUR: String(options.ordersPerHour),
    SPEED: String(options.speed),
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'info',
    ...options.env,
  }
}

/** `node-a`, `node-b` … on ports of their own. */
async function describeNodes(count: number, env: Record<string, string>, logFolder: string): Promise<RunningNode[]> {
  const nodes: RunningNode[] = []
  for (let i = 0; i < count; i++) {
    const name = `node-${String.fromCharCode(97 + i)}`
    nodes.push(describeNode({ name, port: await freePort(), env, logFile: join(logFolder, `${name}.log`) }))
  }
  return nodes
}

/** Starts the simulated people of a cluster. */
export function startSimulation(
  { drivers, ordersPerHour }: Pick<ClusterOptions, 'drivers' | 'ordersPerHour'>,
  url: string,
  logFolder: string,
) {
  const args = [`--url=${url}`, `--drivers=${drivers}`, `--orders-per-hour=${ordersPerHour}`]
  return startProgram('server/src/simulation/main.ts', args, {}, join(logFolder, 'simulation.log'))
}
