// A node under test in a process of its own: sockets, gateway, sessions, positions, bus, fleet, database. Its people and
// their orders are made up.
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createAccounts, rateLimiters } from '../../server/src/accounts/index.ts'
import { memoryBus, redisBus } from '../../server/src/bus/index.ts'
import { createFleet, setOrderDriver, setShift } from '../../server/src/fleet/index.ts'
import { createLiveGateway, type LiveSocket, serveLiveSockets } from '../../server/src/live/index.ts'
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
import { SLOW_CONSOLE } from './load-crowd.ts'
import type { NodeCommand, NodeMemory, NodeSettings, NodeStats } from './node-messages.ts'
import { benchTopics } from './node-topics.ts'

const BACKLOG = 4_096
const settings = JSON.parse(process.argv[2] ?? '') as NodeSettings
const clock = systemClock()
const log = createLog({ level: 'warn', destination: process.stderr })
const metrics = createMetrics()
const fail = (error: unknown) => log.error({ err: error }, 'the bus failed')
const redis = settings.redisUrl ? redisConnector(settings.redisUrl, fail) : undefined
const bus = redis ? await redisBus(redis, { onError: fail }) : memoryBus({ nowMs: clock.nowMs, onError: fail })
const db = connectPostgres({ url: settings.databaseUrl, poolSize: 4 })
const fleet = createFleet({ aroundLat: 41, capacity: settings.drivers })
for (let n = 0; n < settings.drivers; n++) {
  setShift(fleet, { driverId: driverId(n), zoneId: ZONE, vehicle: 'bicycle', maxOrders: 3, shift: 'online' })
  if (n < settings.customers) setOrderDriver(fleet, orderId(n), driverId(n), true)
}
const positions = createPositions({ bus, redis, fleet, clock, db, log, metrics, retentionDays: 30 })
await positions.serveZone(ZONE)

const limits = { loginsPerAccount: 10, loginsPerAddress: 10, registrationsPerAddress: 10 }
const accounts = await createAccounts({ db, clock, log, rateLimiter: rateLimiters(undefined), limits, isDemo: false })
/** The bench's drivers have no profiles, so that their names tell which one is meant. */
async function authenticate(token: string): Promise<Principal | null> {
  const principal = await accounts.authenticate(token)
  if (principal?.role !== 'driver') return principal
  return { ...principal, driverId: driverId(Number(principal.name.split(':')[1])) }
}

const { topics, append } = benchTopics()
const gateway = await createLiveGateway({
  ...{ bus, fleet, positions, clock, log, metrics, topics, authenticate },
  nodeId: String(process.pid),
  zoneIds: [ZONE],
  onRevoked: accounts.onRevoked,
})

const slow = { socket: undefined as LiveSocket | undefined, peakBytes: 0 }
const watched = {
  ...gateway,
  connect(socket: LiveSocket, cookie: string | undefined) {
    const connection = gateway.connect(socket, cookie)
    const receive = connection.receive.bind(connection)
    if (!slow.socket)
      connection.receive = (data) => {
        if (typeof data === 'string' && data.includes(`dispatcher:${SLOW_CONSOLE}`)) slow.socket = socket
        receive(data)
      }
    return connection
  },
}
setInterval(() => {
  slow.peakBytes = Math.max(slow.peakBytes, slow.socket?.bufferedAmount ?? 0)
}, 50)

const server = createServer()
serveLiveSockets(server, {
  gateway: process.argv[3] === 'plain' ? gateway : watched,
  ...{ log, tokenOf: () => undefined, isAllowedOrigin: () => true },
})
server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})

const loop = monitorEventLoopDelay({ resolution: 1 })
loop.enable()

function stats(): NodeStats {
  const answer = {
    loopP99Ms: loop.percentile(99) / 1e6,
    loopMaxMs: loop.max / 1e6,
    sockets: gateway.connections(),
    slowPeakBytes: slow.peakBytes,
  }
  loop.reset()
  slow.peakBytes = 0
  return answer
}

/** What the heap keeps after a burst of garbage is given back only after some collections. */
async function memory(): Promise<NodeMemory> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { rssBytes: rss, heapBytes: heapUsed, sockets: gateway.connections() }
}

async function obey(command: NodeCommand): Promise<NodeStats | NodeMemory | object> {
  if (command.do === 'memory') return memory()
  if (command.do === 'stats') return stats()
  await append(bus, command.orders, command.version)
  return {}
}

process.on('message', (command) => {
  obey(command as NodeCommand).then(
    (answer) => process.send?.(answer),
    (error: unknown) => log.error({ err: error }, 'the bench could not look at its node'),
  )
})
process.on('disconnect', () => process.exit(0))
