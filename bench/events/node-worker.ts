// A node under test: the zone's state, the relay of the log, bus, tracking and live gateway as `app.ts` wires them. Dispatch
// and alerts are left out: what is measured is the way of a change, not what a planner adds to it.
import { createAccounts, rateLimiters } from '../../server/src/accounts/index.ts'
import { liveTopics } from '../../server/src/app/live-topics.ts'
import { publishEvents } from '../../server/src/app/publish-events.ts'
import { serveZone } from '../../server/src/app/serve-zone.ts'
import { fallbackBus, memoryBus, redisBus } from '../../server/src/bus/index.ts'
import { createCatalog } from '../../server/src/catalog/index.ts'
import type { SnapshotKeeper, TravelView } from '../../server/src/dispatch/index.ts'
import { createFleet } from '../../server/src/fleet/index.ts'
import { createLiveGateway, serveLiveSockets } from '../../server/src/live/index.ts'
import { connectPostgres, createLog, createMetrics, redisConnector, systemClock } from '../../server/src/platform/index.ts'
import { straightLineRouter } from '../../server/src/routing/index.ts'
import { startTracker, toBoard } from '../../server/src/tracking/index.ts'
import type { EventNodeSettings } from './event-messages.ts'
import { runNode } from './run-node.ts'

const settings = JSON.parse(process.argv[2] ?? '') as EventNodeSettings
const clock = systemClock()
const log = createLog({ level: 'warn', destination: process.stderr })
const metrics = createMetrics()
const onError = (error: unknown) => log.error({ err: error }, 'the bus failed')
const local = { nowMs: clock.nowMs, onError }
const bus = settings.redisUrl
  ? fallbackBus(await redisBus(redisConnector(settings.redisUrl, onError), { onError }), local)
  : memoryBus(local)
const db = connectPostgres({ url: settings.databaseUrl, poolSize: 10 })
const followDb = connectPostgres({ url: settings.databaseUrl, poolSize: 4 })
const limits = { loginsPerAccount: 1_000, loginsPerAddress: 1_000, registrationsPerAddress: 1_000 }
const accounts = await createAccounts({ db, clock, log, rateLimiter: rateLimiters(), limits, isDemo: true })
const catalog = createCatalog({ db, clock })
const zone = (await catalog.zones()).find(({ id }) => id === settings.zoneId)!
const nodeId = String(process.pid)
const relay = await publishEvents({ db: followDb, clock, log, bus })
const committed = () => relay.wake()
const positions = { locate: () => undefined }
const served = await serveZone(
  {
    ...{ db: followDb, clock, log, metrics, bus, nodeId, catalog, positions, committed },
    fleet: createFleet({ aroundLat: 41 }),
    travel: {} as TravelView,
    snapshots: {} as SnapshotKeeper,
  },
  zone,
)
const tracker = startTracker({
  ...{ clock, log, fleet: positions, router: straightLineRouter() },
  zones: [{ ...zone, zoneId: zone.id, state: served.state }],
})
const gateway = await createLiveGateway({
  ...{ bus, clock, log, metrics, nodeId, zoneIds: [zone.id] },
  fleet: createFleet({ aroundLat: 41 }),
  positions: { takeSlot: () => undefined, onMoved: () => () => {} },
  topics: liveTopics({
    ...{ db: followDb, catalog, tracker },
    describeBoard: (id) => {
      const { name, offerTimeoutS, autonomy } = served.policy()
      const policy = { name, version: served.settings().version, offerTimeoutS, autonomy }
      return toBoard(tracker, tracker.zones.get(id)!, { policy, alerts: [] })
    },
    alertsOf: () => [],
  }),
  authenticate: accounts.authenticate,
  onRevoked: accounts.onRevoked,
})
runNode({
  ...{ settings, db, clock, committed },
  serve: (server) => void serveLiveSockets(server, { gateway, log, tokenOf: () => undefined, isAllowedOrigin: () => true }),
})
