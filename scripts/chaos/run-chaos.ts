import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from '../../server/src/platform/index.ts'
import { type Rng, seededRng } from '../../shared/src/domain/index.ts'
import type { RunningNode } from '../cluster/run-node.ts'
import { type Cluster, startCluster, startSimulation } from '../cluster/start-cluster.ts'
import { type Person, signInAs } from './call-api.ts'
import { checkInvariants, type Invariant } from './check-invariants.ts'
import { compareBelieved, type Difference } from './compare-believed.ts'
import { type OrderNow, openReader, type Reader, readDrivers, readOrders } from './database-sql.ts'
import { chooseDisturbance, type Disturbance, disturb, startNode } from './disturbances.ts'
import { type OrderBook, placeOrders } from './place-orders.ts'
import { type Believed, watchBoard, watchCustomer, watchDriver, watchMerchant } from './watchers.ts'

/** What a chaos run is told. */
export interface ChaosOptions {
  seed: number
  minutes: number
  nodes: number
  /** Done one after the other instead of by chance for so many minutes. */
  list?: readonly Disturbance[]
  dataFolder: string
  redisProgram: string
  speed: number
  drivers: number
  /** Milliseconds between two orders, on average. */
  orderEveryMs: number
  say(line: string): void
}

/** What came of it. */
export interface ChaosReport {
  seed: number
  seconds: number
  disturbances: { atS: number; kind: string; part: string; tookS: number }[]
  orders: { acknowledged: number; refused: number; retried: number; delivered: number }
  subscribers: number
  /** How long after the last part was back everybody knew what the database says, in seconds. */
  currentAfterS: number | null
  invariants: Invariant[]
}

/** How long after the last part is back every subscriber may take to be current. */
const CURRENT_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 500
const SAY_EVERY_MS = 5_000
const CUSTOMERS = 8
const MERCHANTS_WATCHED = 6
const DRIVERS_WATCHED = 12

/** Starts a cluster full of people, takes parts of it away, lets it come to rest, and checks what must hold. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { say, seed } = options
  const startMs = Date.now()
  const cluster = await startCluster({ ...options, port: 0, simulation: false, past: true, ordersPerHour: 40 })
  const sql = openReader(cluster.postgres.url)
  const simulation = startSimulation({ drivers: options.drivers, ordersPerHour: 0 }, cluster.url, cluster.logFolder)
  const pids = new Set<number>([simulation.pid!])
  try {
    say(`  a city on ${options.nodes} nodes at ${cluster.url}; what they say is in ${cluster.logFolder}`)
    const past = await readOrders(sql)
    const before = new Set(past.map(({ id }) => id))
    const { subscribers, customers, follow } = await seatPeople(cluster, sql)
    const placing = placeOrders({
      ...{ url: cluster.url, customers, seed, everyMs: options.orderEveryMs },
      rng: seededRng(seed * 7 + 1),
      addresses: await addressesOf(cluster),
      onPlaced: follow,
    })
    const unwatch = restartCrashed(cluster.nodes, say)
    const done = await disturbAll(options, cluster, startMs, pids)
    const backMs = Date.now()
    await placing.stop()
    say(`  every order has its answer ${((Date.now() - backMs) / 1_000).toFixed(1)} s after the last part was back`)
    const differences = await waitUntilCurrent(subscribers, sql, say)
    const currentAfterS = differences.length === 0 ? (Date.now() - backMs) / 1_000 : null
    const invariants = await checkInvariants(sql, placing.book, before)
    unwatch()
    const crashes = cluster.nodes.map((node) => ({ name: node.name, times: node.crashes() }))
    for (const { live } of subscribers) live.close()
    const delivered = countDelivered(await readOrders(sql)) - countDelivered(past)
    await endSimulation(simulation)
    await sql.end({ timeout: 2 })
    await cluster.stop()
    return {
      ...{ seed, currentAfterS, disturbances: done, subscribers: subscribers.length },
      seconds: (Date.now() - startMs) / 1_000,
      orders: { ...countsOf(placing.book), delivered },
      invariants: [...invariants, asInvariant(differences), crashed(crashes), leaks(pids)],
    }
  } finally {
    await endSimulation(simulation)
    await sql.end({ timeout: 2 })
    await cluster.stop()
  }
}

async function endSimulation(simulation: ChildProcess): Promise<void> {
  if (simulation.exitCode !== null || simulation.signalCode !== null) return
  simulation.kill('SIGTERM')
  await once(simulation, 'exit')
}

const countDelivered = (orders: readonly OrderNow[]) => orders.filter((order) => order.delivery === 'delivered').length

const countsOf = ({ acknowledged, refused, retried }: OrderBook) => ({
  acknowledged: acknowledged.size,
  refused: refused.size,
  retried,
})

async function addressesOf({ pack }: Cluster) {
  const { centre } = pack.manifest
  const { addresses } = await pack.addresses()
  const near = addresses.filter(({ lat, lon }) => Math.hypot(lat - centre.lat, (lon - centre.lon) * 0.77) < 0.015)
  return near.slice(0, 400).map(({ lat, lon, street, number }) => ({ place: { lat, lon }, address: `${street} ${number}` }))
}

/** Consoles, kitchens, drivers and customers that keep what they are told. */
async function seatPeople({ url }: Cluster, sql: Reader) {
  const staff = [await signInAs(url, 'dispatcher1'), await signInAs(url, 'admin1')]
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, (_, i) => signInAs(url, `customer${i + 2}`)))
  const zones = await staff[0]!.call('GET /zones')
  const zoneId = (zones.body as { items: { id: string }[] }).items[0]!.id
  const orders = await readOrders(sql)
  const merchants = [...new Set(orders.filter((order) => order.isOpen).map((order) => order.merchantId))].slice(
    0,
    MERCHANTS_WATCHED,
  )
  const drivers = (await readDrivers(sql)).slice(1, 1 + DRIVERS_WATCHED)
  const byEmail = new Map(customers.map((person) => [person.email, watchCustomer(url, person)]))
  const subscribers: Believed[] = [
    ...staff.map((person) => watchBoard(url, person, zoneId)),
    ...merchants.map((id) => watchMerchant(url, staff[0]!, id)),
    ...drivers.map(({ id }) => watchDriver(url, staff[1]!, id)),
    ...byEmail.values(),
  ]
  return { subscribers, customers, follow: (person: Person, orderId: string) => byEmail.get(person.email)?.follow(orderId) }
}

type Done = ChaosReport['disturbances']

/** Takes parts away and brings them back: each part by its own chance, or the list one by one. */
async function disturbAll(options: ChaosOptions, cluster: Cluster, startMs: number, pids: Set<number>): Promise<Done> {
  const done: Done = []
  const remember = () => {
    for (const part of [...cluster.nodes, cluster.redis, cluster.postgres]) pids.add(part.pid())
  }
  remember()
  const doIt = async (one: Disturbance, part: string) => {
    const atMs = Date.now()
    options.say(
      `  ${((atMs - startMs) / 1_000).toFixed(1).padStart(6)} s  ${one.kind} of ${part}, ${(one.downMs / 1_000).toFixed(1)} s`,
    )
    await disturb(cluster, one)
    remember()
    done.push({ atS: (atMs - startMs) / 1_000, kind: one.kind, part, tookS: (Date.now() - atMs) / 1_000 })
  }
  if (options.list) {
    for (const one of options.list) {
      await wait(1_500)
      await doIt(
        one,
        one.kind.startsWith('node') ? cluster.nodes[one.node % cluster.nodes.length]!.name : one.kind.split('_')[0]!,
      )
    }
    return done
  }
  const untilMs = Date.now() + options.minutes * 60_000
  const parts = [...cluster.nodes.map((_, index) => `node-${index}`), 'redis', 'postgres']
  await Promise.all(parts.map((part, index) => disturbPart(part, seededRng(options.seed * 101 + index), untilMs, doIt)))
  return done
}

async function disturbPart(
  part: string,
  rng: Rng,
  untilMs: number,
  doIt: (one: Disturbance, part: string) => Promise<void>,
): Promise<void> {
  for (;;) {
    await wait(Math.max(0, Math.min(untilMs - Date.now(), 3_000 + rng() * 17_000)))
    if (Date.now() >= untilMs - 100) return
    await doIt(chooseDisturbance(rng, part), part)
  }
}

/** Waits until each thing that a subscriber had wrong was right once; answers what never was. */
async function waitUntilCurrent(
  subscribers: readonly Believed[],
  sql: Reader,
  say: (line: string) => void,
): Promise<Difference[]> {
  const untilMs = Date.now() + CURRENT_WITHIN_MS
  let saidMs = Date.now()
  const keyOf = ({ who, id }: Difference) => `${who} ${id}`
  let wrong: Difference[] | undefined
  for (;;) {
    const now = compareBelieved(subscribers, await readOrders(sql), await readDrivers(sql))
    const keys = new Set(now.map(keyOf))
    // What was right at one look is current: it may be late again for the moment that news takes.
    wrong =
      wrong === undefined ? now : now.filter((one) => keys.has(keyOf(one)) && wrong!.some((old) => keyOf(old) === keyOf(one)))
    if (wrong.length === 0 || Date.now() > untilMs) return wrong
    if (Date.now() - saidMs > SAY_EVERY_MS) {
      saidMs = Date.now()
      say(`  not current yet: ${wrong.length}, for instance ${wrong[0]!.who} (${wrong[0]!.live}) ${wrong[0]!.what}`)
    }
    await wait(LOOK_EVERY_MS)
  }
}

const asInvariant = (differences: readonly Difference[]): Invariant => ({
  name: 'stale',
  says: "every subscriber's last state is the database's",
  broken: differences.map(({ who, what }) => `${who} ${what}`),
})

const crashed = (crashes: readonly { name: string; times: number }[]): Invariant => ({
  name: 'crashed',
  says: 'no node ends by itself',
  broken: crashes.filter(({ times }) => times > 0).map(({ name, times }) => `${name} ended by itself ${times} times`),
})

/** A node that has ended by itself is started again, so that the rest can be seen as well. */
function restartCrashed(nodes: readonly RunningNode[], say: (line: string) => void): () => void {
  const seen = nodes.map(() => 0)
  const timer = setInterval(() => {
    for (const [index, node] of nodes.entries()) {
      if (node.crashes() === seen[index]) continue
      seen[index] = node.crashes()
      say(`  ${node.name} has ended by itself`)
      void startNode(node)
    }
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

function leaks(pids: ReadonlySet<number>): Invariant {
  const left = [...pids].filter((pid) => isAlive(pid))
  return { name: 'left_running', says: 'no process is left', broken: left.map((pid) => `process ${pid} still runs`) }
}
