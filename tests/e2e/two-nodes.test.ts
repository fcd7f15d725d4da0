import { chmodSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ApiAnswer, type Person, signInAs } from '../../scripts/chaos/call-api.ts'
import { checkInvariants } from '../../scripts/chaos/check-invariants.ts'
import { openReader, type Reader, readOrders } from '../../scripts/chaos/database-sql.ts'
import { placeOrders } from '../../scripts/chaos/place-orders.ts'
import { connect } from '../../scripts/chaos/watchers.ts'
import type { RunningNode } from '../../scripts/cluster/run-node.ts'
import { type Cluster, startCluster } from '../../scripts/cluster/start-cluster.ts'
import { redisServerPath } from '../../server/src/bus/testing.ts'
import { seededRng } from '../../shared/src/domain/index.ts'
import { newDataFolder, removeDataFolder } from '../setup/server-process.ts'

const redisProgram = redisServerPath()
/** A bound well above what is promised: it only ends a test that would wait for ever. */
const eventually = <T>(check: () => Promise<T> | T) => vi.waitFor(check, { timeout: 30_000, interval: 50 })

describe.skipIf(!redisProgram)('two nodes, one Redis and one PostgreSQL behind a proxy', () => {
  let folder: string
  let cluster: Cluster
  let sql: Reader
  let customer: Person
  let merchant: Person
  let drivers: Person[]
  let reporting: NodeJS.Timeout
  const heard: Heard[] = []

  beforeAll(async () => {
    folder = await newDataFolder()
    chmodSync(folder, 0o711) // PostgreSQL, another user where root runs this, passes through
    cluster = await startCluster({
      ...{ nodes: 2, port: 0, dataFolder: folder, speed: 1, drivers: 4, ordersPerHour: 0 },
      ...{ simulation: false, redisProgram: redisProgram!, say: () => {}, env: { LOG_LEVEL: 'warn' } },
    })
    sql = openReader(cluster.postgres.url)
    customer = await signInAs(cluster.url, 'customer1')
    merchant = await signInAs(cluster.url, 'merchant1')
    // One for each order that is dispatched, since none of them answers.
    drivers = await Promise.all([1, 2, 3, 4].map((n) => signInAs(cluster.url, `driver${n}`)))
    for (const driver of drivers) await driver.call('POST /driver/go-online', {})
    reporting = setInterval(() => void reportPlaces(), 500)
  })
  afterAll(async () => {
    clearInterval(reporting)
    for (const { live } of heard) live.close()
    await sql?.end({ timeout: 2 })
    await cluster?.stop()
    removeDataFolder(folder)
  })

  let seq = 1
  async function reportPlaces() {
    const { centre } = cluster.pack.manifest
    const about = await customer.call('GET /about')
    if (about.status !== 200) return
    const fixes = [{ ...centre, atMs: bodyOf(about).nowMs, seq: seq++ }]
    for (const driver of drivers) void driver.call('POST /driver/location', { fixes })
  }

  const as = ({ url }: { url: string }, person: Person) => signInAs(url, person.email)
  /** Places an order in the middle of town. */
  async function place(through: { url: string }): Promise<string> {
    const guest = await as(through, customer)
    const { merchant: shop } = bodyOf(await merchant.call('GET /merchant/board'))
    const menu = bodyOf(await guest.call(`GET /merchants/${shop.id}/menu`))
    const placed = await guest.call('POST /orders', {
      merchantId: shop.id,
      lines: [{ itemId: menu.sections[0].items[0].id, quantity: 1 }],
      drop: { place: cluster.pack.manifest.centre, address: 'Middle of town' },
    })
    expect(placed.status).toBe(201)
    return bodyOf(placed).id
  }
  /** Places one that is ready at once, so that nothing speaks for waiting with a driver. */
  async function placeReady(through: { url: string }): Promise<string> {
    const id = await place(through)
    const kitchen = await as(through, merchant)
    expect((await kitchen.call(`POST /merchant/orders/${id}/accept`, { prepMinutes: 5 })).status).toBe(200)
    expect((await kitchen.call(`POST /merchant/orders/${id}/ready`, {})).status).toBe(200)
    return id
  }
  const isDispatched = async (id: string) => (await readOrders(sql)).find((order) => order.id === id)?.delivery !== 'waiting'
  const versionOf = async (id: string) => (await readOrders(sql)).find((order) => order.id === id)!.version

  function follow(url: string, orderId: string): Heard {
    const one = listen(url, customer, orderId)
    heard.push(one)
    return one
  }
  /** The node that plans for the zone, by the name it gives itself in greeting. */
  async function leader(): Promise<RunningNode> {
    const [lease] = await sql<{ holder: string }[]>`select holder from leases where name like 'dispatch:%'`
    const names = await Promise.all(cluster.nodes.map((node) => nameOf(node, customer)))
    return cluster.nodes[names.indexOf(lease!.holder)]!
  }

  test('start at once on an empty database and make one demo, with one clock', async () => {
    const [people] = await sql`select count(*) filter (where role = 'dispatcher') as dispatchers, count(*) as all from users`
    expect(people).toMatchObject({ dispatchers: 1 })
    const times = await Promise.all(
      cluster.nodes.map(async ({ url }) => (await (await fetch(`${url}/api/v1/about`)).json()).nowMs),
    )
    expect(Math.abs(times[0] - times[1])).toBeLessThan(5_000)
  })

  test('an order placed through one node is seen by a socket of the other', async () => {
    const [a, b] = cluster.nodes
    const id = await place(a!)
    const seen = follow(b!.url, id)
    await eventually(() => expect(seen.version).toBeGreaterThan(0))
    await customer.call(`POST /orders/${id}/cancel`, { reason: 'Changed my mind' })
    await eventually(async () => expect(seen.version).toBe(await versionOf(id)))
    expect(seen.wrong).toEqual([])
  })

  test('the node that dispatches is killed: the other goes on within five seconds, and its clients resume without a gap', async () => {
    const watched = await place(cluster)
    const clients = Array.from({ length: 6 }, () => follow(cluster.url, watched))
    await eventually(() => expect(Math.min(...clients.map((client) => client.version))).toBeGreaterThan(0))
    const lost = await leader()
    const other = cluster.nodes.find((node) => node !== lost)!
    const tokenBefore = await leaseToken()
    const killedMs = Date.now()
    await lost.end('SIGKILL')
    const leaseMoved = eventually(async () => expect(await leaseToken()).toBeGreaterThan(tokenBefore)).then(
      () => Date.now() - killedMs,
    )
    const id = await placeReady(other)
    await eventually(async () => expect(await isDispatched(id)).toBe(true))
    const dispatchedMs = Date.now() - killedMs
    console.log(
      `takeover: the lease moved ${await leaseMoved} ms after the kill, the first order was dispatched after ${dispatchedMs} ms`,
    )
    await customer.call(`POST /orders/${watched}/cancel`, { reason: 'Changed my mind' })
    const version = await versionOf(watched)
    await eventually(() => expect(clients.map((client) => client.version)).toEqual(clients.map(() => version)))
    expect(clients.flatMap((client) => client.wrong)).toEqual([])
    expect(clients.some((client) => client.wasCut)).toBe(true)
    await lost.start()
  })

  test('Redis is killed: ordering, dispatch and live go on, health says degraded; when it is back nothing is doubled', async () => {
    const [a, b] = cluster.nodes
    process.kill(cluster.redis.pid(), 'SIGKILL')
    for (const node of cluster.nodes) await eventually(async () => expect(await readyz(node)).toContain('degraded'))
    const id = await placeReady(a!)
    const clients = [follow(a!.url, id), follow(b!.url, id), follow(cluster.url, id)]
    await eventually(async () => expect(await isDispatched(id)).toBe(true))
    await eventually(async () => {
      const version = await versionOf(id)
      expect(clients.map((client) => client.version)).toEqual([version, version, version])
    })
    await cluster.redis.start()
    for (const node of cluster.nodes) await eventually(async () => expect(await readyz(node)).toBe('ready\n'))
    await customer.call(`POST /orders/${id}/cancel`, { reason: 'Changed my mind' })
    await eventually(async () => {
      const version = await versionOf(id)
      expect(clients.map((client) => client.version)).toEqual([version, version, version])
    })
    expect(clients.flatMap((client) => client.wrong)).toEqual([])
  })

  test('PostgreSQL is restarted under load: who cannot be served is told so, and nothing acknowledged is lost', async () => {
    const before = new Set((await readOrders(sql)).map((order) => order.id))
    const { centre } = cluster.pack.manifest
    const placing = placeOrders({
      ...{ url: cluster.url, seed: 1, rng: seededRng(1), everyMs: 100, onPlaced: () => {} },
      customers: await Promise.all([2, 3, 4].map((n) => signInAs(cluster.url, `customer${n}`))),
      addresses: [{ place: centre, address: 'Middle of town' }],
    })
    await eventually(() => expect(placing.book.acknowledged.size).toBeGreaterThan(5))
    process.kill(cluster.postgres.pid(), 'SIGKILL')
    await eventually(() => expect(placing.book.retried).toBeGreaterThan(3))
    await cluster.postgres.restart()
    const then = placing.book.acknowledged.size
    await eventually(() => expect(placing.book.acknowledged.size).toBeGreaterThan(then + 5))
    await placing.stop()
    for (const { broken } of await checkInvariants(sql, placing.book, before)) expect(broken).toEqual([])
  })

  async function leaseToken(): Promise<number> {
    const [lease] = await sql<{ token: number }[]>`select token from leases where name like 'dispatch:%'`
    return lease!.token
  }
})

const bodyOf = (answer: ApiAnswer) => answer.body as any
const readyz = async ({ url }: RunningNode) => (await fetch(`${url}/readyz`)).text()

/** What one subscriber of an order was told, and what of it was wrong. */
interface Heard {
  version: number
  wrong: string[]
  /** Whether its connection was ever lost. */
  wasCut: boolean
  live: ReturnType<typeof connect>
}

function listen(url: string, person: Person, orderId: string): Heard {
  const live = connect(url, person, 'customer')
  const heard: Heard = { version: 0, wrong: [], wasCut: false, live }
  live.subscribe(`order:${orderId}`, {
    onSnapshot(body) {
      heard.version = Math.max(heard.version, (body as { version: number }).version)
    },
    onChange(change) {
      if (!('version' in change)) return
      const event = 'event' in change ? change.event : undefined
      if (event && event.seq > heard.version + 1) heard.wrong.push(`${event.type} ${event.seq} came after ${heard.version}`)
      heard.version = Math.max(heard.version, change.version)
    },
  })
  const timer = setInterval(() => {
    if (live.state() === 'reconnecting') heard.wasCut = true
  }, 10)
  timer.unref()
  return heard
}

/** The name a node gives itself. */
function nameOf(node: RunningNode, person: Person): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${node.url.replace('http', 'ws')}/api/v1/live`, 'doorstep.v1')
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', token: person.token, client: 'console' }))
    socket.onerror = () => reject(new Error(`${node.name} cannot be reached`))
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as { type: string; nodeId: string }
      if (message.type !== 'hello') return
      resolve(message.nodeId)
      socket.close()
    }
  })
}
