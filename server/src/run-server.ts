import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join, resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { type Accounts, createAccounts, type RateLimiterFactory, rateLimiters, tokenOf } from './accounts/index.ts'
import { calibrateLater } from './app/calibrate-travel.ts'
import { toCatalogImport } from './app/city-catalog.ts'
import { openCityTravel } from './app/city-travel.ts'
import { openDemoClock } from './app/open-demo-clock.ts'
import { prepareDemo } from './app/prepare-demo.ts'
import { createApp } from './app.ts'
import { type Bus, fallbackBus, memoryBus, redisBus } from './bus/index.ts'
import { createCatalog } from './catalog/index.ts'
import { type CityPack, cityRoutes, ensureCity, ensureDefaultCity } from './city/index.ts'
import type { Config } from './config.ts'
import { serveLiveSockets } from './live/index.ts'
import {
  type Clock,
  closesWhenAnswered,
  connectPostgres,
  createLog,
  createMetrics,
  createShutdown,
  type Database,
  databaseReady,
  type Log,
  migrate,
  oneAtATime,
  type RedisConnector,
  redisConnector,
  type Shutdown,
  shutDownOnSignals,
  startEmbeddedPostgres,
  systemClock,
} from './platform/index.ts'
import { createRouter } from './routing/index.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version

/** Connections of a node, besides those for requests, that only read what follows the log: its queries are few and short. */
const FOLLOW_POOL = 4
/** What a node that ends has begun to answer may take so long. */
const LAST_ANSWERS_MS = 3_000
/** A node that starts while its database is being restarted waits for it so long. */
const WAIT_FOR_DATABASE_MS = 30_000

/** A server that listens, and how it is ended. */
export interface RunningServer {
  url: string
  shutdown: Shutdown
}

/** Starts everything one machine needs and prints where it is. `alongside` is waited for before the links are shown. */
export async function runServer(config: Config, alongside: Promise<void> = Promise.resolve()): Promise<RunningServer> {
  const log = createLog({ level: config.LOG_LEVEL, destination: process.stderr })
  const shutdown = createShutdown(log)
  shutDownOnSignals(shutdown)
  // What nobody waited for any more has failed: that is worth a line, not the life of everybody's connections.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'something failed that nobody waited for'))
  try {
    const startedMs = performance.now()
    const say = config.DEMO ? (line: string) => process.stdout.write(`${line}\n`) : () => {}
    const pack = await openCity(config, say)
    const { db, followDb } = await openDatabase(config, pack, log, shutdown)
    await migrate(db, join(ROOT, 'migrations'), systemClock())
    const clock = await openClock({ config, db, pack, log, shutdown })
    const url = await serve({ config, log, shutdown, pack, db, followDb, clock, redis: openRedis(config, log), say })
    await alongside
    printLinks(config, pack, clock, url, (performance.now() - startedMs) / 1000)
    return { url, shutdown }
  } catch (error) {
    await shutdown.run('start failed')
    throw error
  }
}

async function openCity(config: Config, say: (line: string) => void): Promise<CityPack> {
  const folder = resolve(ROOT, config.DATA_FOLDER)
  const onProgress = (step: { step: string; seconds: number; detail: string }) =>
    say(`  city: ${step.step} (${step.detail}) ${step.seconds.toFixed(1)} s`)
  return config.CITY === undefined ? ensureDefaultCity(folder, onProgress) : ensureCity(folder, config.CITY, onProgress)
}

async function openDatabase(config: Config, pack: CityPack, log: Log, shutdown: Shutdown) {
  let url = config.DATABASE_URL
  if (url === undefined) {
    // Each city has a database of its own, so that switching cities mixes nothing.
    const folder = resolve(ROOT, config.DATA_FOLDER, 'data', pack.manifest.name, 'postgres')
    const postgres = await startEmbeddedPostgres({ folder, onLost: () => void restart() })
    const restart = (): Promise<void> => {
      log.error({}, 'PostgreSQL has ended; it is started again')
      return postgres.restart().catch((error: unknown) => log.error({ err: error }, 'PostgreSQL did not start again'))
    }
    shutdown.add('postgres', () => postgres.stop())
    url = postgres.url
  }
  const db = connectPostgres({ url, poolSize: config.DATABASE_POOL })
  const followDb = connectPostgres({ url, poolSize: FOLLOW_POOL, applicationName: 'doorstep-follow' })
  shutdown.add('connections', async () => void (await Promise.all([db, followDb].map((pool) => pool.end({ timeout: 3 })))))
  await databaseReady(db, WAIT_FOR_DATABASE_MS, () => log.warn({}, 'the database cannot be reached; waiting for it'))
  log.debug({}, 'the database is open')
  return { db, followDb }
}

/** In demo mode the clock starts when the city is awake, may run faster, and is the same on all nodes. */
async function openClock({ config, db, pack, log, shutdown }: Pick<Parts, 'config' | 'db' | 'pack' | 'log' | 'shutdown'>) {
  if (!config.DEMO) return systemClock()
  const { clock, stop } = await openDemoClock({ db, log, speed: config.SPEED, timeZone: pack.manifest.timeZone })
  shutdown.add('clock', stop)
  return clock
}

interface Parts {
  config: Config
  log: Log
  shutdown: Shutdown
  pack: CityPack
  db: Database
  followDb: Database
  clock: Clock
  redis: RedisConnector | undefined
  say: (line: string) => void
}

async function serve(parts: Parts): Promise<string> {
  const { config, log, shutdown, pack, db, clock } = parts
  const catalog = createCatalog({ db, clock })
  const limiters = openLimiters(parts)
  const accounts = await openAccounts(parts, limiters)
  const { zoneId } = await catalog.import(await toCatalogImport(pack))
  const travel = await openCityTravel(pack)
  if (config.DEMO) {
    const people = {
      drivers: config.SIMULATED_DRIVERS,
      simulation: config.SIMULATION !== false,
      ordersPerHour: config.SIMULATED_ORDERS_PER_HOUR,
    }
    // Nodes that start together make one demo: the first makes it, the others find it made.
    await oneAtATime(db, 'demo', () => prepareDemo({ ...parts, accounts, catalog, zoneId, travel, ...people }))
  }
  const router = createRouter({
    routingUrl: config.ROUTING_URL,
    valhallaDir: pack.valhallaDir,
    log: log.child({ room: 'routing' }),
  })
  shutdown.add('routing', () => router.close())
  const calibration = calibrateLater(pack, router, log.child({ room: 'routing' }))
  shutdown.add('calibration', () => calibration.stop())
  const bus = await openBus(parts)
  const app = await createApp({
    db,
    followDb: parts.followDb,
    clock,
    log,
    bus,
    redis: parts.redis,
    accounts,
    rateLimiter: limiters,
    catalog,
    router,
    travel,
    metrics: createMetrics({ processMetrics: true }),
    nodeId: randomUUID(),
    zoneIds: [zoneId],
    mountCity: (handle) => cityRoutes(handle, { pack, clock, version: VERSION, isDemo: config.DEMO }),
    breadcrumbDays: config.BREADCRUMB_DAYS,
    decisionDays: config.DECISION_DAYS,
    isDemo: config.DEMO,
    secureCookies: config.SECURE_COOKIES,
    requestsPerMinute: { signedIn: config.REQUESTS_PER_MINUTE, anonymous: config.ANONYMOUS_REQUESTS_PER_MINUTE },
    http: {
      webFolder: join(ROOT, 'server/web/dist'),
      docsFolder: join(ROOT, 'docs'),
      version: VERSION,
      proxies: config.TRUSTED_PROXIES,
      maxBodyBytes: config.MAX_BODY_BYTES,
      ...(config.METRICS_TOKEN === undefined ? {} : { metricsToken: config.METRICS_TOKEN }),
      city: { basemapFile: pack.basemapFile, manifest: pack.manifest },
    },
  })
  shutdown.add('app', () => app.stop())
  const missing = app.http.unhandled()
  if (missing.length > 0) throw new Error(`routes without a handler: ${missing.join(', ')}`)
  const server = createAdaptorServer({ fetch: app.http.app.fetch }) as Server
  const closeSockets = serveLiveSockets(server, {
    gateway: app.gateway,
    log,
    tokenOf: ({ headers }) => tokenOf(new Headers({ cookie: headers.cookie ?? '' })),
    // A page of this very server, as the browser names it.
    isAllowedOrigin: (origin, request) => URL.canParse(origin) && new URL(origin).host === request.headers.host,
  })
  const closeServer = closesWhenAnswered(server, LAST_ANSWERS_MS)
  const port = await listen(server, config)
  shutdown.add('http', closeServer)
  // Stopped before HTTP, which waits for every connection, sockets too.
  shutdown.add('sockets', () => closeSockets(DRAIN_SPREAD_MS))
  const url = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
  if (config.SIMULATION === true) startSimulation(parts, url)
  return url
}

/** Limits count over all nodes where there is a Redis, else in this process. */
function openLimiters({ redis, shutdown }: Parts): RateLimiterFactory {
  const client = redis?.('limits')
  if (client) shutdown.add('limits', () => client.disconnect())
  return rateLimiters(client)
}

async function openAccounts({ config, db, clock, log, shutdown }: Parts, rateLimiter: RateLimiterFactory): Promise<Accounts> {
  const accounts = await createAccounts({
    db,
    clock,
    log: log.child({ room: 'accounts' }),
    rateLimiter,
    limits: {
      loginsPerAccount: config.LOGINS_PER_ACCOUNT,
      loginsPerAddress: config.LOGINS_PER_ADDRESS,
      registrationsPerAddress: config.REGISTRATIONS_PER_ADDRESS,
    },
    isDemo: config.DEMO,
  })
  shutdown.add('accounts', () => accounts.stop())
  return accounts
}

/** The bus of one process, or over Redis of many. */
async function openBus({ config, clock, log, shutdown, redis }: Parts): Promise<Bus> {
  const onError = (error: unknown) => log.error({ err: error }, 'the bus has trouble')
  // While Redis is lost a node goes on by itself, with sequences in the time by which Redis gives them: that of the wall.
  const bus = redis
    ? fallbackBus(await redisBus(redis, { onError }), { nowMs: Date.now, onError })
    : memoryBus({ nowMs: clock.nowMs, onError })
  shutdown.add('bus', () => bus.close())
  log.debug({ over: config.REDIS_URL ? 'redis' : 'memory' }, 'the bus is open')
  return bus
}

function openRedis({ REDIS_URL }: Config, log: Log): RedisConnector | undefined {
  let lastMs = 0
  // A lost Redis is reported once in a while, not at every try to connect again.
  const onError = (error: unknown) => {
    if (Date.now() - lastMs < 5_000) return
    lastMs = Date.now()
    log.warn({ err: error }, 'Redis cannot be reached')
  }
  return REDIS_URL === undefined ? undefined : redisConnector(REDIS_URL, onError)
}

/** Clients of a node that stops are sent to others within this time. */
const DRAIN_SPREAD_MS = 4_000
/** Connections that may wait to be taken in: when a node is gone, thousands come at once (the kernel's bound is somaxconn). */
const BACKLOG = 4_096

function listen(server: Server, config: Config): Promise<number> {
  return new Promise((resolvePort, reject) => {
    server.once('error', reject)
    server.listen({ port: config.PORT, host: config.HOST, backlog: BACKLOG }, () => {
      const address = server.address()
      resolvePort(typeof address === 'object' && address ? address.port : config.PORT)
    })
  })
}

/** Starts the simulated people in a process of their own; they know no more than the address. */
function startSimulation({ config, shutdown, log }: Parts, url: string): void {
  const child: ChildProcess = fork(join(import.meta.dirname, 'simulation/main.ts'), [
    `--url=${url}`,
    `--drivers=${config.SIMULATED_DRIVERS}`,
    `--orders-per-hour=${config.SIMULATED_ORDERS_PER_HOUR}`,
  ])
  child.on('exit', (code) => {
    if (code) log.warn({ code }, 'the simulation has ended')
  })
  shutdown.add('simulation', () => {
    child.kill('SIGTERM')
  })
}

function printLinks(config: Config, pack: CityPack, clock: Clock, url: string, seconds: number): void {
  if (!config.DEMO) {
    process.stdout.write(`Doorstep serves ${pack.manifest.title} at ${url}\n`)
    return
  }
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: pack.manifest.timeZone, hour: '2-digit', minute: '2-digit' }).format(
    clock.nowMs(),
  )
  const link = (role: string) => `${url}/demo/${role}`
  const lines = [
    '',
    `Doorstep, ${pack.manifest.title}, ${time} (ready in ${seconds.toFixed(1)} s)`,
    '',
    `  Dispatcher  ${link('dispatcher')}`,
    `  Customer    ${link('customer')}`,
    `  Driver      ${link('driver')}`,
    `  Merchant    ${link('merchant')}`,
    `  API         ${url}/docs`,
    '',
    'Each link signs in to that seat; simulated people fill the others. Ctrl+C stops everything.',
    '',
  ]
  process.stdout.write(lines.join('\n'))
}
