import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectPostgres, migrate, startEmbeddedPostgres, systemClock } from '../server/src/platform/index.ts'
import { holdRates, idleSockets, type RateResult } from './live/stages.ts'
import { topicRouting } from './live/topic-routing.ts'
import { type BenchRedis, startBenchRedis } from './redis-server.ts'
import { type Figure, figure, report } from './report.ts'

const { values } = parseArgs({
  options: {
    drivers: { type: 'string', default: '4000' },
    consoles: { type: 'string', default: '5' },
    customers: { type: 'string', default: '400' },
    rates: { type: 'string', default: '4000,8000,16000' },
    seconds: { type: 'string', default: '3' },
    'slow-seconds': { type: 'string', default: '4' },
    'idle-sockets': { type: 'string', default: '3000' },
    'idle-nodes': { type: 'string', default: '2' },
    'textbook-rates': { type: 'string', default: '200,400,800' },
    redis: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const numbers = (list: string) => list.split(',').map(Number)
const [drivers, consoles, customers] = [Number(values.drivers), Number(values.consoles), Number(values.customers)]
/** A node whose event loop is held up longer than this is beyond what it can take. */
const LOOP_P99_MS = 25
/** Positions go on the bus, and fleets to consoles, this often. */
const TICK_MS = 250

const isHeld = (result: RateResult) => result.lost === 0 && result.loopP99Ms < LOOP_P99_MS && result.consoleCount > 0
/** The highest rate that was held; without one, the lowest that was tried, which then does not count as held. */
const best = (results: readonly RateResult[]) => results.filter(isHeld).at(-1) ?? results[0]!
/** CPU is compared where a design is at its best: at the highest rate at which nothing was lost. */
const cpuUs = (results: readonly RateResult[]) => (results.filter((r) => r.lost === 0).at(-1) ?? results[0]!).cpuPerPositionUs

async function measure(
  databaseUrl: string,
  databasePid: number,
  redis: BenchRedis,
): Promise<{ figures: Figure[]; details: unknown }> {
  const settings = { drivers, customers, databaseUrl, ...(values.redis ? { redisUrl: redis.url } : {}) }
  const load = { drivers, consoles, customers }
  const ours = await holdRates({
    ...{
      file: 'node-worker.ts',
      node: settings,
      rates: numbers(values.rates),
      seconds: Number(values.seconds),
      pids: [databasePid],
    },
    load: { ...load, wire: 'doorstep' },
    slowReaderMs: Number(values['slow-seconds']) * 1_000,
  })
  const few = Math.min(drivers, 500)
  const fewCustomers = Math.min(customers, 50)
  const textbook = await holdRates({
    ...{ file: '../textbook/live-worker.ts', rates: numbers(values['textbook-rates']), seconds: Number(values.seconds) },
    node: { drivers: few, customers: fewCustomers, databaseUrl, redisUrl: redis.url },
    load: { drivers: few, consoles, customers: fewCustomers, wire: 'textbook' },
    pids: [databasePid, redis.pid],
  })
  const idle = await idleSockets(settings, Number(values['idle-nodes']), Number(values['idle-sockets']))
  const routing = await topicRouting()
  return {
    figures: figuresOf(ours, textbook.rates, idle, routing),
    details: { ours, textbook, consoles, customers },
  }
}

function figuresOf(
  { rates, openedMs }: { rates: RateResult[]; openedMs: number },
  textbookRates: readonly RateResult[],
  idle: { sockets: number; kbEach: number },
  routing: { ours: number; textbook: number },
): Figure[] {
  const [main, textbook, last] = [best(rates), best(textbookRates), rates.at(-1)!]
  const less = { lessIsBetter: true }
  return [
    figure('cpu_per_position_us', 'µs', cpuUs(rates), {
      textbook: cpuUs(textbookRates),
      goal: { ratioAtLeast: 25 },
      ...less,
    }),
    figure('positions_per_s', '1/s', isHeld(main) ? main.rate : 0, { textbook: textbook.rate, goal: { atLeast: 33_000 } }),
    figure('event_loop_p99_ms', 'ms', main.loopP99Ms, { textbook: textbook.loopP99Ms, goal: { atMost: LOOP_P99_MS }, ...less }),
    figure('lost', 'drivers', Math.max(...rates.map((result) => result.lost)), { goal: { atMost: 0 } }),
    figure('moving_sockets', 'sockets', drivers, { goal: { atLeast: 15_000 } }),
    figure('connects_per_s', '1/s', (drivers / openedMs) * 1_000),
    figure('console_push_p99_ms', 'ms above the tick', Math.max(0, main.consoleP99Ms - TICK_MS), { goal: { atMost: 50 } }),
    figure('console_deliveries_per_s', '1/s', main.consoleCount / main.seconds),
    figure('customer_push_p99_ms', 'ms above the tick', Math.max(0, main.customerP99Ms - TICK_MS), { goal: { atMost: 20 } }),
    figure('customer_deliveries_per_s', '1/s', main.customerCount / main.seconds),
    figure('slow_reader_peak_kb', 'kB', last.slowPeakBytes / 1024, { goal: { atMost: 1_024 } }),
    figure('slow_reader_recovery_ms', 'ms', last.slowRecoveryMs, { goal: { atMost: 1_000 } }),
    figure('idle_sockets', 'sockets', idle.sockets, { goal: { atLeast: 100_000 } }),
    figure('idle_socket_kb', 'kB', idle.kbEach, { goal: { atMost: 15 } }),
    figure('topic_routing', '1/s', routing.ours, { textbook: routing.textbook, goal: { ratioAtLeast: 50 } }),
  ]
}

async function main(): Promise<void> {
  const redis = await startBenchRedis()
  if (!redis || process.platform !== 'linux') {
    console.error('This bench needs Linux (it reads /proc), and redis-server or valkey-server for the textbook.')
    process.exitCode = 2
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-bench-live-'))
  const postgres = await startEmbeddedPostgres({ folder })
  try {
    const db = connectPostgres({ url: postgres.url, poolSize: 2 })
    await migrate(db, join(import.meta.dirname, '../migrations'), systemClock())
    await db.end({ timeout: 5 })
    const pid = Number(readFileSync(join(postgres.dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
    const { figures, details } = await measure(postgres.url, pid, redis)
    report('live', figures, { json: values.json, details })
  } finally {
    await postgres.stop()
    await redis.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
