import type { DispatchBoard } from '@doorstep/shared/contract'
import type { ZoneId } from '@doorstep/shared/domain'
import type { AppDeps } from './app/app-deps.ts'
import { keepHouse } from './app/keep-house.ts'
import { forecastMessages } from './app/live-changes.ts'
import { liveTopics } from './app/live-topics.ts'
import { mountRooms } from './app/mount-rooms.ts'
import { publishEvents } from './app/publish-events.ts'
import { dispatchZone, type ServedZone, serveZone, watchForAlerts, type ZoneDeps } from './app/serve-zone.ts'
import { watchOthers } from './app/watch-others.ts'
import { keepSnapshots } from './dispatch/index.ts'
import { createFleet, type Fleet, slotOf } from './fleet/index.ts'
import type { HttpApp } from './http/index.ts'
import { createLiveGateway, type LiveGateway } from './live/index.ts'
import { AppError } from './platform/index.ts'
import { createPositions, type Positions } from './positions/index.ts'
import { type FleetPositions, startTracker, type Tracker, toBoard } from './tracking/index.ts'

/** A running node. */
export interface App {
  http: HttpApp
  gateway: LiveGateway
  zones: ReadonlyMap<ZoneId, ServedZone>
  tracker: Tracker
  fleet: Fleet
  stop(): Promise<void>
}

/** Clients of a node that stops come back to others within this time. */
const DRAIN_SPREAD_MS = 2_000

/** Wires the rooms of one node together and starts what runs by itself: the event relay, tracking, alerts, live, dispatch. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { db, clock, log, bus } = deps
  const relay = await publishEvents({ db: deps.followDb ?? db, clock, log: log.child({ room: 'orders' }), bus })
  const committed = () => relay.wake()
  const served = await serveZones(deps, committed)
  const { zones, fleet, positions, zoneDeps } = served
  const tracker = startTracker({
    clock,
    log: log.child({ room: 'tracking' }),
    router: deps.router,
    fleet: zoneDeps.positions,
    zones: [...zones.values()].map(({ zone, state }) => ({ ...zone, zoneId: zone.id, state })),
  })
  const watched = await watch(deps, { zones, fleet, positions, tracker })
  const others = watchOthers({ ...deps, log: log.child({ room: 'bus' }) })
  const house = keepHouse({ ...deps, log: log.child({ room: 'app' }) })
  const loops = [...zones.values()].map((zone) => dispatchZone(zoneDeps, zone))
  return {
    http: mountRooms(deps, {
      zones,
      tracker,
      positions,
      committed,
      describeBoard: watched.describeBoard,
      degraded: others.degraded,
    }),
    gateway: watched.gateway,
    zones,
    tracker,
    fleet,
    async stop() {
      house.stop()
      others.stop()
      await watched.stop()
      await Promise.all(loops.map((loop) => loop.stop()))
      tracker.stop()
      await served.stop()
      await relay.stop()
    },
  }
}

/** Loads the zones of this node, with the fleet and the positions that move it. */
async function serveZones(deps: AppDeps, committed: () => void) {
  const { log } = deps
  const services = (await deps.catalog.zones()).filter((zone) => deps.zoneIds.includes(zone.id))
  const fleet = createFleet({ aroundLat: services[0]?.polygon[0]?.[0]?.[1] ?? 0 })
  const positions = createPositions({ ...deps, log: log.child({ room: 'positions' }), fleet, retentionDays: deps.breadcrumbDays })
  const bytes = deps.metrics.counter('doorstep_decision_snapshot_bytes_total', 'What decisions were made from, compressed')
  const snapshots = keepSnapshots({
    ...deps,
    log: log.child({ room: 'dispatch' }),
    days: deps.decisionDays,
    kept: (size) => bytes.inc(size),
  })
  const zoneDeps: ZoneDeps = {
    ...deps,
    snapshots,
    log: log.child({ room: 'dispatch' }),
    fleet,
    positions: positionsOf(fleet),
    committed,
  }
  const zones = new Map<ZoneId, ServedZone>()
  const unlisten: (() => void)[] = []
  for (const service of services) {
    zones.set(service.id, await serveZone({ ...zoneDeps, db: deps.followDb ?? deps.db }, service))
    unlisten.push(await positions.serveZone(service.id))
  }
  await positions.loadLast()
  return {
    zones,
    fleet,
    positions,
    zoneDeps,
    async stop() {
      for (const stop of unlisten) stop()
      await positions.stop()
      await snapshots.stop()
      await Promise.all([...zones.values()].map((zone) => zone.stop()))
    },
  }
}

/** Starts what watches: alerts, and the live gateway that tells everyone. */
async function watch(
  deps: AppDeps,
  on: { zones: ReadonlyMap<ZoneId, ServedZone>; fleet: Fleet; positions: Positions; tracker: Tracker },
) {
  const { db, catalog, log, accounts } = deps
  const { tracker, zones } = on
  const alerts = new Map<ZoneId, ReturnType<typeof watchForAlerts>>()
  const alertsOf = (id: ZoneId) => alerts.get(id)?.current() ?? []
  const describeBoard = (id: ZoneId): DispatchBoard => {
    const zone = tracker.zones.get(id)
    if (!zone) throw new AppError('not_found', 'There is no such zone.')
    return toBoard(tracker, zone, { policy: policyInForce(zones.get(id)!), alerts: alertsOf(id) })
  }
  const gateway = await createLiveGateway({
    ...deps,
    log: log.child({ room: 'live' }),
    fleet: on.fleet,
    positions: on.positions,
    topics: liveTopics({ db: deps.followDb ?? db, catalog, tracker, describeBoard, alertsOf }),
    authenticate: accounts.authenticate,
    onRevoked: accounts.onRevoked,
  })
  for (const [id, zone] of zones) {
    const tell = (change: { raised: DispatchBoard['alerts']; cleared: string[] }) =>
      gateway.push({ topic: `zone:${id}:alerts`, body: { type: 'alert_update', ...change } })
    alerts.set(id, watchForAlerts(tracker, zone, tell))
  }
  const unfollow = tracker.onPredicted((zoneId, orderIds, driverIds) => {
    const zone = tracker.zones.get(zoneId)
    if (!zone) return
    for (const message of forecastMessages({ tracker }, zone, { orderIds, driverIds }, gateway.isWatched)) gateway.push(message)
  })
  return {
    gateway,
    describeBoard,
    async stop() {
      await gateway.drain(DRAIN_SPREAD_MS)
      unfollow()
      for (const look of alerts.values()) look.stop()
      await gateway.stop()
    },
  }
}

function policyInForce(zone: ServedZone): DispatchBoard['policy'] {
  const { name, offerTimeoutS, autonomy } = zone.policy()
  return { name, version: zone.settings().version, offerTimeoutS, autonomy }
}

/** Where drivers are, read from the live fleet. */
function positionsOf(fleet: Fleet): FleetPositions {
  return {
    locate(id) {
      const slot = slotOf(fleet, id)
      const fixAtMs = slot < 0 ? 0 : fleet.fixAtMs[slot]!
      if (fixAtMs === 0) return undefined
      const course = fleet.courseDeg[slot]!
      return { lat: fleet.lat[slot]!, lon: fleet.lon[slot]!, courseDeg: Number.isNaN(course) ? null : course, fixAtMs }
    },
  }
}
