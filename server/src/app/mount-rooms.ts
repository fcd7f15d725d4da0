import type { DispatchBoard } from '@doorstep/shared/contract'
import type { DriverId, ZoneId } from '@doorstep/shared/domain'
import { accountRoutes, SESSION_COOKIE, sessionCookie, tokenOf } from '../accounts/index.ts'
import { catalogRoutes } from '../catalog/index.ts'
import { mountDispatchRoutes, stopsOfDecision } from '../dispatch/index.ts'
import { addRating, followOrderInDrivers, mountDriverRoutes } from '../drivers/index.ts'
import { createHttpApp, type HttpApp } from '../http/index.ts'
import { mountOrderRoutes, PROMISE_ALLOWANCE_MIN } from '../orders/index.ts'
import { AppError, newId } from '../platform/index.ts'
import { mountPositionRoutes, type Positions } from '../positions/index.ts'
import {
  describeBoardOrder,
  describeDriver,
  describeOrder,
  mountMerchantRoutes,
  type Tracker,
  toDriverRoute,
} from '../tracking/index.ts'
import type { AppDeps } from './app-deps.ts'
import { estimateLeg } from './estimate-leg.ts'
import type { ServedZone } from './serve-zone.ts'

/** What runs on the node, as the routes use it. */
export interface Running {
  zones: ReadonlyMap<ZoneId, ServedZone>
  tracker: Tracker
  positions: Positions
  committed(): void
  describeBoard(id: ZoneId): DispatchBoard
  /** What works less well at this moment, a sentence each. */
  degraded(): readonly string[]
}

/** Puts every room's routes behind the contract. */
export function mountRooms(deps: AppDeps, running: Running): HttpApp {
  const { db, clock, log, metrics, accounts, catalog, bus } = deps
  const { zones, tracker, committed, positions } = running
  const participants = [followOrderInDrivers]
  const limiter = deps.rateLimiter
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
    degraded: running.degraded,
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
    plannedStops: stopsOfDecision,
    describe: (id) => describeDriver(db, tracker, id),
    zoneOf: async (id) => (await catalog.zoneForOrder(id)) ?? fail('unavailable'),
  })
  mountPositionRoutes(handle, { positions, driverName: (id) => nameOfDriver(zones, id) })
  mountDispatchRoutes(handle, {
    ...acting,
    zones,
    replacePolicy: (id, settings, seen) => catalog.replacePolicy(id, settings, seen),
    describeBoard: async (id) => running.describeBoard(id),
    describeOrder: (sql, id) => describeBoardOrder(sql, tracker, id),
    describeRoute: async (id) =>
      toDriverRoute(tracker, [...tracker.zones.values()].find((zone) => zone.state.drivers.has(id)) ?? fail('not_found'), id),
  })
  return http
}

function nameOfDriver(zones: Running['zones'], id: DriverId): string | undefined {
  for (const { state } of zones.values()) {
    const driver = state.drivers.get(id)
    if (driver) return driver.name
  }
  return undefined
}

function fail(code: 'not_found' | 'unavailable'): never {
  throw new AppError(code)
}

async function demoCookie({ accounts, secureCookies }: AppDeps, role: string): Promise<string> {
  const { token } = await accounts.signInToDemo({ role: role as 'customer' })
  return sessionCookie(token, secureCookies)
}
