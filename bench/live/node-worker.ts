// A node under test in a process of its own: sockets, gateway, positions, bus, fleet, database; people are made up.
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { UserId } from '@doorstep/shared/domain'
import { memoryBus, redisBus } from '../../server/src/bus/index.ts'
import { createFleet, setOrderDriver, setShift } from '../../server/src/fleet/index.ts'
import {
  createLiveGateway,
  type LiveSocket,
  type LiveTopics,
  serveLiveSockets,
  type TopicSource,
} from '../../server/src/live/index.ts'
import {
  connectPostgres,
  createLog,
  createMetrics,
  type Principal,
  redisConnector,
  systemClock,
} from '../../server/src/platform/index.ts'
import { createPositions } from '../../server/src/positions/index.ts'
import { driverId, orderId, ZONE } from './city.ts'
import type { NodeSettings, NodeStats } from './node-messages.ts'

const settings = JSON.parse(process.argv[2] ?? '') as NodeSettings
const clock = systemClock()
const log = createLog({ level: 'warn', destination: process.stderr })
const metrics = createMetrics()
const fail = (error: unknown) => log.error({ err: error }, 'the bus failed')
const bus = settings.redisUrl
  ? await redisBus(redisConnector(settings.redisUrl, fail), { onError: fail })
  : memoryBus({ nowMs: clock.nowMs, onError: fail })
const db = connectPostgres({ url: settings.databaseUrl, poolSize: 4 })
const fleet = createFleet({ aroundLat: 41, capacity: settings.drivers })
for (let n = 0; n < settings.drivers; n++) {
  setShift(fleet, { driverId: driverId(n), zoneId: ZONE, vehicle: 'bicycle', maxOrders: 3, shift: 'online' })
  if (n < settings.customers) setOrderDriver(fleet, orderId(n), driverId(n), true)
}
const positions = createPositions({ bus, fleet, clock, db, log, metrics, retentionDays: 30 })
await positions.serveZone(ZONE)

const source: TopicSource = { open: async () => ({ zoneId: ZONE }), snapshot: async () => ({}) }
const topics: LiveTopics = {
  sources: { order: source, driver: source, merchant: source, zone_orders: source, zone_alerts: source },
  mayWatchFleet: () => true,
  mayConcern: () => true,
  changes: () => [],
}
const gateway = await createLiveGateway({
  ...{ bus, fleet, positions, clock, log, metrics, topics },
  nodeId: String(process.pid),
  zoneIds: [ZONE],
  async authenticate(token): Promise<Principal> {
    const [role, n] = token.split(':') as ['driver' | 'customer' | 'dispatcher', string]
    const id = driverId(Number(n))
    return { userId: id as string as UserId, role, name: token, ...(role === 'driver' ? { driverId: id } : {}) }
  },
  onRevoked: () => () => {},
})

const slow = { socket: undefined as LiveSocket | undefined, peakBytes: 0 }
const watched = {
  ...gateway,
  connect(socket: LiveSocket, cookie: string | undefined) {
    const connection = gateway.connect(socket, cookie)
    const { receive } = connection
    connection.receive = (data) => {
      if (typeof data === 'string' && data.includes('dispatcher:999999')) slow.socket = socket
      receive(data)
    }
    return connection
  },
}
setInterval(() => {
  slow.peakBytes = Math.max(slow.peakBytes, slow.socket?.bufferedAmount ?? 0)
}, 50)

const server = createServer()
serveLiveSockets(server, { gateway: watched, log, tokenOf: () => undefined, isAllowedOrigin: () => true })
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})

const loop = monitorEventLoopDelay({ resolution: 1 })
loop.enable()
/** What the heap keeps after a burst of garbage is given back only after some collections. */
async function collectGarbage(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function stats(): Promise<NodeStats> {
  const loopP99Ms = loop.percentile(99) / 1e6
  const slowPeakBytes = slow.peakBytes
  await collectGarbage()
  loop.reset()
  slow.peakBytes = 0
  return { loopP99Ms, rssBytes: process.memoryUsage().rss, sockets: gateway.connections(), slowPeakBytes }
}

process.on('message', () => {
  stats().then(
    (answer) => process.send?.(answer),
    (error: unknown) => log.error({ err: error }, 'the bench could not look at its node'),
  )
})
process.on('disconnect', () => process.exit(0))
