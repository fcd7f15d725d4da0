import type { DriverId, ZoneId } from '@doorstep/shared/domain'
import { type Accounts, accountRoutes, rateLimiters, SESSION_COOKIE, sessionCookie, tokenOf } from './accounts/index.ts'
import { type CityTravel, estimateLeg } from './app/estimate-leg.ts'
import { publishEvents } from './app/publish-events.ts'
import { dispatchZone, type ServedZone, serveZone, watchForAlerts, type ZoneDeps } from './app/serve-zone.ts'
import type { Bus } from './bus/index.ts'
import { type Catalog, catalogRoutes } from './catalog/index.ts'
import { mountDispatchRoutes, stopsOfDecision } from './dispatch/index.ts'
import { addRating, followOrderInDrivers, mountDriverRoutes } from './drivers/index.ts'
import { createFleet, type Fleet, slotOf } from './fleet/index.ts'
import { createHttpApp, type HttpApp, type HttpDeps } from './http/index.ts'
import { type EventRelay, mountOrderRoutes, PROMISE_ALLOWANCE_MIN } from './orders/index.ts'
import { SCORED_OFFERS } from './planner/index.ts'
import { AppError, type Clock, type Database, type HandleRoute, type Log, type Metrics, newId } from './platform/index.ts'
import { createPositions, mountPositionRoutes, type Positions } from './positions/index.ts'
import type { Router } from './routing/index.ts'
import {
  describeBoardOrder,
  describeDriver,
  describeOrder,
  type FleetPositions,
  mountMerchantRoutes,
  startTracker,
  type Tracker,
  toBoard,
  toDriverRoute,
} from './tracking/index.ts'

/** What a node is made from. Everything that talks to the outside comes in here, so that tests bring their own. */
export interface AppDeps {
  db: Database
  clock: Clock
  log: Log
  metrics: Metrics
  bus: Bus
  nodeId: string
  accounts: Accounts
  catalog: Catalog
  zoneIds: readonly ZoneId[]
  router: Router
  travel: CityTravel
  /** Puts the city's own routes (about, addresses) behind the contract. */
  mountCity(handle: HandleRoute): void
  /** Days that breadcrumbs are kept. */
  breadcrumbDays: number
  isDemo: boolean
  secureCookies: boolean
  requestsPerMinute: { signedIn: number; anonymous: number }
  http: Pick<
    HttpDeps,
    'webFolder' | 'docsFolder' | 'version' | 'proxies' | 'maxBodyBytes' | 'metricsToken' | 'checkReplies' | 'city'
  >
}

/** A running node. */
export interface App {
  http: HttpApp
  zones: ReadonlyMap<ZoneId, ServedZone>
  tracker: Tracker
  fleet: Fleet
  relay: EventRelay
  stop(): Promise<void>
}

/** Wires the rooms of one node together and starts what runs by itself: the event relay, tracking, alerts, dispatch. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { db, clock, log, bus, catalog } = deps
  const relay = await publishEvents({ db, clock, log: log.child({ room: 'orders' }), bus })
  const committed = () => relay.wake()
  const services = (await catalog.zones()).filter((zone) => deps.zoneIds.includes(zone.id))
  const fleet = createFleet({ aroundLat: services[0]?.polygon[0]?.[0]?.[1] ?? 0 })
  const zoneDeps: ZoneDeps = {
    ...deps,
    log: log.child({ room: 'dispatch' }),
    fleet,
    positions: positionsOf(fleet),
    policy: () => SCORED_OFFERS,
    committed,
  }
  const zones = new Map<ZoneId, ServedZone>()
  const positions = createPositions({ ...deps, log: log.child({ room: 'positions' }), fleet, retentionDays: deps.breadcrumbDays })
  const unlisten: (() => void)[] = []
  for (const service of services) {
    zones.set(service.id, await serveZone(zoneDeps, service))
    unlisten.push(await positions.serveZone(service.id))
  }
  await positions.loadLast()
  const tracker = startTracker({
    clock,
    log: log.child({ room: 'tracking' }),
    router: deps.router,
    fleet: zoneDeps.positions,
    zones: [...zones.values()].map(({ zone, state }) => ({
      zoneId: zone.id,
      name: zone.name,
      timeZone: zone.timeZone,
      currency: zone.currency,
      usualDeliveryMinutes: zone.usualDeliveryMinutes,
      state,
    })),
  })
  const alerts = new Map([...zones].map(([id, served]) => [id, watchForAlerts(tracker, served, () => {})]))
  const loops = new Map([...zones].map(([id, served]) => [id, dispatchZone(zoneDeps, served)]))
  const http = mountRooms(deps, {
    zones,
    tracker,
    fleet,
    relay,
    positions,
    committed,
    alertsOf: (id) => alerts.get(id)?.current() ?? [],
  })
  return {
    http,
    zones,
    tracker,
    fleet,
    relay,
    async stop() {
      await Promise.all([...loops.values()].map((loop) => loop.stop()))
      for (const watch of alerts.values()) watch.stop()
      tracker.stop()
      for (const stop of unlisten) stop()
      await positions.stop()
      for (const zone of zones.values()) await zone.stop()
      await relay.stop()
    },
  }
}

interface Running extends Pick<App, 'zones' | 'tracker' | 'fleet' | 'relay'> {
  positions: Positions
  committed(): void
  alertsOf(id: ZoneId): ReturnType<ReturnType<typeof watchForAlerts>['current']>
}

function mountRooms(deps: AppDeps, running: Running): HttpApp {
  const { db, clock, log, metrics, accounts, catalog, bus } = deps
  const { zones, tracker, committed, positions } = running
  const participants = [followOrderInDrivers]
  const limiter = rateLimiters()
  const signedIn = limiter({ name: 'signed-in', turns: deps.requestsPerMinute.signedIn, perSeconds: 60 })
  const anonymous = limiter({ name: 'anonymous', turns: deps.requestsPerMinute.anonymous, perSeconds: 60 })
  const http = createHttpApp({
    ...deps.http,
    log,
    metrics,
    clock,
    tokenOf,
    sessionCookieName: SESSION_COOKIE,
    authenticate: (token) => accounts.authenticate(token),
    takeTurn: (principal, address) => (principal ? signedIn.take(principal.userId) : anonymous.take(address)),
    checkReady: async () => void (await db`select 1`),
    ...(deps.isDemo ? { demoSignIn: (role: string) => demoCookie(deps, role) } : {}),
  })
  const { handle } = http
  accountRoutes(handle, accounts, deps)
  catalogRoutes(handle, catalog)
  deps.mountCity(handle)
  const acting = { db, clock, participants, committed }
  mountOrderRoutes(handle, {
    ...acting,
    placing: { catalog, estimateLeg: estimateLeg(deps.travel), promiseAllowanceMinutes: PROMISE_ALLOWANCE_MIN },
    describe: (sql, id, principal) => describeOrder(sql, tracker, id, principal),
    rated: { merchant: catalog.rateMerchant, driver: addRating },
  })
  mountMerchantRoutes(handle, { ...acting, tracker, merchantOf: (id) => catalog.merchant(id) })
  mountDriverRoutes(handle, {
    ...acting,
    shiftChanged: async ({ driverId, zoneId, type, atMs }) => {
      const driver = zones.get(zoneId)?.state.drivers.get(driverId)
      const data = driver ? { vehicle: driver.vehicle, maxOrders: driver.maxOrders } : {}
      await bus.append(zoneId, [{ id: newId(atMs), type, atMs, subjects: { driverId }, data }])
    },
    takePosition: async ({ driverId }, fix) => {
      if (driverId) positions.take(driverId, { ...fix, courseDeg: Number.NaN, speedMps: Number.NaN })
    },
    plannedStops: (decisionId) => stopsOfDecision(db, decisionId),
    describe: (id) => describeDriver(db, tracker, id),
    zoneOf: async (id) => (await catalog.zoneForOrder(id)) ?? fail('unavailable'),
  })
  mountPositionRoutes(handle, { positions, driverName: (id) => nameOfDriver(zones, id) })
  mountDispatchRoutes(handle, {
    ...acting,
    zones: new Map([...zones].map(([id, served]) => [id, { ...served, wake: () => {} }])),
    describeBoard: async (id) =>
      toBoard(tracker, tracker.zones.get(id) ?? fail('not_found'), { policy: policyOf(), alerts: running.alertsOf(id) }),
    describeOrder: (sql, id) => describeBoardOrder(sql, tracker, id),
    describeRoute: async (id) =>
      toDriverRoute(tracker, [...tracker.zones.values()].find((zone) => zone.state.drivers.has(id)) ?? fail('not_found'), id),
  })
  return http
}

function nameOfDriver(zones: App['zones'], id: DriverId): string | undefined {
  for (const { state } of zones.values()) {
    const driver = state.drivers.get(id)
    if (driver) return driver.name
  }
  return undefined
}

function policyOf() {
  return { name: SCORED_OFFERS.name, version: 1, offerTimeoutS: SCORED_OFFERS.offerTimeoutS, autonomy: 'auto' as const }
}

function fail(code: 'not_found' | 'unavailable'): never {
  throw new AppError(code)
}

async function demoCookie({ accounts, secureCookies }: AppDeps, role: string): Promise<string> {
  const { token } = await accounts.signInToDemo({ role: role as 'customer' })
  return sessionCookie(token, secureCookies)
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
