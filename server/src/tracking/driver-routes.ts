import type { DriverId, LatLon } from '@doorstep/shared/domain'
import type { DriverRow, StopRef, ZoneState } from '../drivers/index.ts'
import type { OrderRow } from '../orders/index.ts'
import type { Clock, Log } from '../platform/index.ts'
import type { Route, Router } from '../routing/index.ts'
import { type FleetPositions, HAND_OVER_S } from './tracked-zone.ts'

/** A driver's stops with the times at which they are expected to be reached, and the way between them. */
export interface TrackedRoute {
  stops: readonly StopRef[]
  /** When each stop is reached, in ms; same order as `stops`. */
  arrivals: readonly number[]
  geometry: Route['geometry']
  distanceM: number
  durationS: number
  computedAtMs: number
}

/** The routes of the drivers of a zone who have stops. */
export interface DriverRoutes {
  get(id: DriverId): TrackedRoute | undefined
  /** Routes these drivers anew; calls for one driver that come together are answered together. */
  refresh(ids: Iterable<DriverId>): Promise<void>
  /** Routes everyone anew whose route is older than `maxAgeMs`, and those who have one only now that they can be located. */
  refreshOlderThan(maxAgeMs: number): Promise<void>
  /** Routes nobody any more; the one under way is still answered. */
  stop(): void
}

/** Where a stop is. */
export function placeOfStop(stop: StopRef, order: OrderRow): LatLon {
  return stop.kind === 'pickup' ? { lat: order.merchantLat, lon: order.merchantLon } : { lat: order.dropLat, lon: order.dropLon }
}

/** Keeps the routes of a zone's drivers; `changed` is told of every driver whose route is new. */
export function createDriverRoutes(deps: {
  clock: Clock
  log: Log
  router: Router
  fleet: FleetPositions
  state: ZoneState
  changed(id: DriverId): void
}): DriverRoutes {
  const { clock, state, router } = deps
  const routes = new Map<DriverId, TrackedRoute>()
  const wanted = new Set<DriverId>()
  let running: Promise<void> | null = null
  let isStopped = false

  const routeOne = async (id: DriverId) => {
    const driver = state.drivers.get(id)
    const stops = driver ? knownStops(driver, state) : []
    const from = deps.fleet.locate(id)
    if (!driver || stops.length === 0 || !from) {
      if (routes.delete(id)) deps.changed(id)
      return
    }
    const places = [from, ...stops.map(({ stop, order }) => placeOfStop(stop, order))]
    const found = await router.route(driver.vehicle, places)
    if (isStopped) return
    if (!found.ok) {
      deps.log.warn({ driverId: id, reason: found.error.message }, 'a driver’s route could not be computed')
      return
    }
    const nowMs = clock.nowMs()
    const { legs, geometry, distanceM, durationS } = found.value
    const arrivals = arrivalTimes(stops, legs, nowMs)
    routes.set(id, { stops: stops.map(({ stop }) => stop), arrivals, geometry, distanceM, durationS, computedAtMs: nowMs })
    deps.changed(id)
  }
  const work = async () => {
    for (const id of wanted) {
      if (isStopped) return
      wanted.delete(id)
      await routeOne(id)
    }
  }
  const refresh = (ids: Iterable<DriverId>) => {
    for (const id of ids) wanted.add(id)
    running ??= work().finally(() => {
      running = null
    })
    return running
  }
  return {
    get: (id) => routes.get(id),
    refresh,
    stop() {
      isStopped = true
    },
    refreshOlderThan(maxAgeMs) {
      const beforeMs = clock.nowMs() - maxAgeMs
      const old = [...routes].filter(([, route]) => route.computedAtMs < beforeMs).map(([id]) => id)
      const without = [...state.drivers.values()].filter(
        ({ id, stops }) => stops.length > 0 && !routes.has(id) && deps.fleet.locate(id),
      )
      return refresh([...old, ...without.map(({ id }) => id)])
    },
  }
}

function knownStops(driver: DriverRow, state: ZoneState): { stop: StopRef; order: OrderRow }[] {
  return driver.stops.flatMap((stop) => {
    const order = state.orders.get(stop.orderId)
    return order ? [{ stop, order }] : []
  })
}

/**
 * When each stop is reached: the ride there, after what came before. A pickup cannot be left before the kitchen is
 * ready, and every hand-over takes its time.
 */
export function arrivalTimes(
  stops: readonly { stop: StopRef; order: Pick<OrderRow, 'kitchenReadyAt' | 'readyAt'> }[],
  legs: Route['legs'],
  startMs: number,
): number[] {
  let atMs = startMs
  return stops.map(({ stop, order }, index) => {
    const arriveMs = Math.round(atMs + (legs[index]?.durationS ?? 0) * 1000)
    const handedOverMs = stop.kind === 'pickup' ? Math.max(arriveMs, order.readyAt ?? order.kitchenReadyAt) : arriveMs
    atMs = handedOverMs + HAND_OVER_S[stop.kind] * 1000
    return arriveMs
  })
}
