// What an order costs a node and its database: the whole server with simulated people, at few orders and at many, and the
// difference between the two. `npm run bench:order-cost -- --seconds 60`
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectPostgres, type Database, freePort } from '../server/src/platform/index.ts'
import { startBenchPostgres } from './bench-postgres.ts'
import { ordersPlaced, tableBytes } from './live/order-cost-sql.ts'
import { cpuSeconds, ownCpuSeconds } from './live/read-proc.ts'
import { figure, report } from './report.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    drivers: { type: 'string', default: '300' },
    speed: { type: 'string', default: '10' },
    few: { type: 'string', default: '300' },
    many: { type: 'string', default: '2400' },
    'data-folder': { type: 'string', default: '.doorstep' },
    json: { type: 'boolean', default: false },
  },
})
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Cost {
  orders: number
  nodeS: number
  databaseS: number
  bytes: number
}

/** People settle in before anything is counted: until so many have ordered. */
const SETTLED_ORDERS = 5

async function costAt(ordersPerHour: number): Promise<Cost> {
  const postgres = await startBenchPostgres()
  const db = connectPostgres({ url: postgres.url, poolSize: 1 })
  const port = await freePort()
  const server = startServer(postgres.url, port, ordersPerHour)
  try {
    await untilReady(port)
    const started = await ordersPlaced(db)
    while ((await ordersPlaced(db)) < started + SETTLED_ORDERS) await after(500)
    const databasePid = await postmasterPid(db)
    const look = async () => ({
      ...{ orders: await ordersPlaced(db), bytes: await tableBytes(db) },
      ...{ nodeS: ownCpuSeconds(server.pid!), databaseS: cpuSeconds([databasePid]) },
    })
    const before = await look()
    await after(Number(values.seconds) * 1_000)
    const then = await look()
    const cost = {
      orders: then.orders - before.orders,
      bytes: then.bytes - before.bytes,
      nodeS: then.nodeS - before.nodeS,
      databaseS: then.databaseS - before.databaseS,
    }
    console.error(`  ${ordersPerHour} orders an hour, ${values.speed} times as fast: ${JSON.stringify(cost)}`)
    return cost
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    await db.end({ timeout: 2 })
    await postgres.remove()
  }
}

function startServer(databaseUrl: string, port: number, ordersPerHour: number): ChildProcess {
  return fork(join(import.meta.dirname, '../server/src/main.ts'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...{ DATABASE_URL: databaseUrl, DATA_FOLDER: values['data-folder'], PORT: String(port), HOST: '127.0.0.1' },
      ...{ DEMO: 'true', SIMULATION: 'true', LOG_LEVEL: 'error', SPEED: values.speed },
      ...{ SIMULATED_DRIVERS: values.drivers, SIMULATED_ORDERS_PER_HOUR: String(ordersPerHour) },
    },
  })
}

async function untilReady(port: number): Promise<void> {
  for (let n = 0; n < 1_500; n++) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await after(200)
  }
  throw new Error('the server did not start')
}

/** The process that all of a database's others come from. */
async function postmasterPid(db: Database): Promise<number> {
  const [row] = await db<{ pid: number }[]>`select pg_backend_pid() as pid`
  const stat = readFileSync(`/proc/${row!.pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

const [few, many] = [await costAt(Number(values.few)), await costAt(Number(values.many))]
const perOrder = (of: (cost: Cost) => number) => (of(many) - of(few)) / (many.orders - few.orders)
report(
  'order-cost',
  [
    figure('orders_counted', 'orders', many.orders),
    figure('node_cpu_per_order_ms', 'ms', perOrder((cost) => cost.nodeS) * 1_000),
    figure('database_cpu_per_order_ms', 'ms', perOrder((cost) => cost.databaseS) * 1_000),
    figure(
      'bytes_per_order',
      'bytes in tables and indexes',
      perOrder((cost) => cost.bytes),
    ),
    figure('node_cpu_at_rest_cores', 'cores', (few.nodeS - perOrder((cost) => cost.nodeS) * few.orders) / Number(values.seconds)),
  ],
  { json: values.json, details: { few, many } },
)
