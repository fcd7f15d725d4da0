import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { ZoneChange } from '../drivers/index.ts'
import type { OrderRow } from '../orders/index.ts'
import type { Clock, Log } from '../platform/index.ts'
import type { Router } from '../routing/index.ts'
import { createDriverRoutes, type DriverRoutes } from './driver-routes.ts'
import { predictOrder } from './predict-order.ts'
import type { FleetPositions, TrackedZone } from './tracked-zone.ts'

/** Follows the zones of this node: predicts when every open order arrives, and says when that changed. */
export interface Tracker {
  zones: ReadonlyMap<ZoneId, TrackedZone>
  fleet: FleetPositions
  clock: Clock
  routes(zoneId: ZoneId): DriverRoutes
  eta(order: OrderRow): ReturnType<typeof predictOrder>
  /** Calls back with orders whose prediction changed by itself: the driver moved on, or the kitchen's word passed. */
  onPredicted(listener: (zoneId: ZoneId, orderIds: readonly OrderId[], driverIds: readonly DriverId[]) => void): () => void
  stop(): void
}

/** How often, in ms of the wall, routes are looked at again, and how old one may get in the server's time. */
const LOOK_AGAIN_MS = 5_000
const ROUTE_MAX_AGE_MS = 15_000

/** Starts tracking. */
export function startTracker(deps: {
  clock: Clock
  log: Log
  router: Router
  fleet: FleetPositions
  zones: readonly TrackedZone[]
}): Tracker {
  const { clock, log, router, fleet } = deps
  const zones = new Map(deps.zones.map((zone) => [zone.zoneId, zone]))
  const listeners = new Set<Parameters<Tracker['onPredicted']>[0]>()
  const routesOf = new Map<ZoneId, DriverRoutes>()
  const stops: (() => void)[] = []

  for (const { zoneId, state } of deps.zones) {
    const changed = (id: DriverId) => {
      const orderIds = new Set(state.drivers.get(id)?.stops.map((stop) => stop.orderId))
      for (const listener of listeners) listener(zoneId, [...orderIds], [id])
    }
    const routes = createDriverRoutes({ clock, log, router, fleet, state, changed })
    routesOf.set(zoneId, routes)
    const failed = (error: unknown) => log.error({ err: error, zoneId }, 'routes could not be computed')
    const follow = (change: ZoneChange) => void routes.refresh(driversTouched(change, state)).catch(failed)
    stops.push(() => routes.stop(), state.onChange(follow))
    const timer = setInterval(() => void routes.refreshOlderThan(ROUTE_MAX_AGE_MS).catch(failed), LOOK_AGAIN_MS)
    stops.push(() => clearInterval(timer))
    follow({
      orderIds: [],
      driverIds: [...state.drivers.values()].filter((driver) => driver.stops.length > 0).map((driver) => driver.id),
    })
  }

  return {
    zones,
    fleet,
    clock,
    routes: (zoneId) => routesOf.get(zoneId)!,
    eta(order) {
      const route = order.driverId ? routesOf.get(order.zoneId)?.get(order.driverId) : undefined
      return predictOrder(order, route, zones.get(order.zoneId)?.usualDeliveryMinutes ?? 20, clock.nowMs())
    },
    onPredicted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

function driversTouched(change: ZoneChange, state: TrackedZone['state']): Set<DriverId> {
  const ids = new Set(change.driverIds)
  for (const orderId of change.orderIds) {
    const driverId = state.orders.get(orderId)?.driverId
    if (driverId) ids.add(driverId)
  }
  return ids
}
