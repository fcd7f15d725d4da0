import { parseArgs } from 'node:util'
import { connectPostgres } from '../server/src/platform/index.ts'
import { startBenchPostgres } from './bench-postgres.ts'
import { type Held, holdRate, type Killed, killNode } from './events/stages.ts'
import { type BenchRedis, startBenchRedis } from './redis-server.ts'
import { type Figure, figure, report } from './report.ts'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
    'textbook-seconds': { type: 'string', default: '4' },
    orders: { type: 'string', default: '500' },
    customers: { type: 'string', default: '50' },
    'watched-each': { type: 'string', default: '4' },
    'killed-rate': { type: 'string', default: '400' },
    'killed-seconds': { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
})
const rate = Number(values.rate)
/** A change on its way from a killed node has to be told within the time in which the node's zones move. */
const TAKEOVER_MS = 5_000

function figuresOf(ours: Held, textbook: Held, killed: Killed): Figure[] {
  const less = { lessIsBetter: true }
  const nothing = { goal: { atMost: 0 } }
  return [
    figure('changes_per_s', '1/s', ours.perSecond, { textbook: textbook.perSecond, goal: { atLeast: rate * 0.97 } }),
    figure('socket_p99_ms', 'ms', ours.latencies.quantile(0.99), {
      textbook: textbook.latencies.quantile(0.99),
      goal: { atMost: 25 },
      ...less,
    }),
    figure('socket_p50_ms', 'ms', ours.latencies.quantile(0.5), { textbook: textbook.latencies.quantile(0.5), ...less }),
    figure('lost', `of ${ours.arrivals}`, ours.lost, nothing),
    figure('reordered', 'changes', ours.reordered, nothing),
    figure('doubled', 'changes', ours.doubled, nothing),
    figure('textbook_lost', `of ${textbook.arrivals}`, textbook.lost),
    figure('textbook_reordered', 'changes', textbook.reordered),
    figure('node_loop_p99_ms', 'ms', ours.loopP99Ms, { textbook: textbook.loopP99Ms, ...less }),
    figure('node_cpu_us', 'µs a change', ours.cpuUsPerChange, { textbook: textbook.cpuUsPerChange, ...less }),
    figure('two_nodes_p99_ms', 'ms', killed.latencies.quantile(0.99)),
    figure('two_nodes_p50_ms', 'ms', killed.latencies.quantile(0.5)),
    figure('killed_lost', `of ${killed.arrivals}`, killed.lost, nothing),
    figure('killed_reordered', 'changes', killed.reordered, nothing),
    figure('killed_doubled', 'changes', killed.doubled, nothing),
    figure('takeover_ms', 'ms', killed.takeoverMs, { goal: { atMost: TAKEOVER_MS } }),
    figure('reconnect_ms', 'ms', killed.reconnectMs, { goal: { atMost: TAKEOVER_MS } }),
  ]
}

async function measure(redis: BenchRedis): Promise<void> {
  const postgres = await startBenchPostgres()
  const db = connectPostgres({ url: postgres.url, poolSize: 8 })
  const sizes = {
    orders: Number(values.orders),
    customers: Number(values.customers),
    watchedEach: Number(values['watched-each']),
  }
  const deps = { db, databaseUrl: postgres.url, sizes }
  try {
    console.error(`${rate} changes a second, from the commit to the watchers' sockets …`)
    const ours = await holdRate(deps, 'ours', rate, Number(values.seconds))
    console.error('the textbook …')
    const textbook = await holdRate(deps, 'textbook', rate, Number(values['textbook-seconds']))
    console.error('two nodes over Redis, one is killed …')
    const killed = await killNode(deps, redis.url, Number(values['killed-rate']), Number(values['killed-seconds']))
    report('events', figuresOf(ours, textbook, killed), { json: values.json, details: { rate, sizes } })
  } finally {
    await db.end({ timeout: 1 })
    await postgres.remove()
  }
}

async function main(): Promise<void> {
  const redis = await startBenchRedis()
  if (!redis) {
    console.error('Two nodes need redis-server or valkey-server in the PATH.')
    process.exitCode = 2
    return
  }
  try {
    await measure(redis)
  } finally {
    await redis.remove()
  }
}

await main()
