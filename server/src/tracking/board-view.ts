import type { Alert, BoardDriver, BoardOrder, DispatchBoard } from '@doorstep/shared/contract'
import { type DriverId, type OrderId, orderStatus } from '@doorstep/shared/domain'
import type { DriverRow, OfferRow } from '../drivers/index.ts'
import { findOrder, type OrderRow } from '../orders/index.ts'
import { AppError, type Sql } from '../platform/index.ts'
import { toStop } from './stop-view.ts'
import type { TrackedZone } from './tracked-zone.ts'
import type { Tracker } from './tracker.ts'

/** A row of the queue. */
export function toBoardOrder(tracker: Tracker, order: OrderRow, offers: readonly OfferRow[] = []): BoardOrder {
  const eta = tracker.eta(order)
  const offer = offers[0]
  return {
    id: order.id,
    number: order.number,
    version: order.version,
    status: orderStatus(order),
    kitchen: order.kitchen,
    delivery: order.delivery,
    merchantId: order.merchantId,
    merchantName: order.merchantName,
    merchantPlace: { lat: order.merchantLat, lon: order.merchantLon },
    dropPlace: { lat: order.dropLat, lon: order.dropLon },
    dropAddress: order.dropAddress,
    customerName: order.customerName,
    note: order.instructions,
    itemCount: order.itemCount,
    totalMinor: order.totalMinor,
    placedAtMs: order.placedAt,
    kitchenReadyMs: order.readyAt ?? order.kitchenReadyAt,
    isReady: order.readyAt !== null,
    promisedAtMs: order.promisedAt,
    predictedMs: eta?.dropMs ?? null,
    predictedPickupMs: eta?.pickupMs ?? null,
    driverId: order.driverId,
    pinnedDriverId: order.pinnedDriverId,
    isHeld: order.isHeld,
    priority: order.priority,
    proposal: order.proposedDriverId && { driverId: order.proposedDriverId, actsAtMs: order.proposalActsAt },
    offer: offer ? { driverId: offer.driverId, expiresAtMs: offer.expiresAt } : null,
    attempts: order.attempts,
    noDriverAvailable: order.noDriverAt !== null && order.driverId === null,
    endedAtMs: order.endedAt,
  }
}

/** A driver of the zone as staff see them. */
export function toBoardDriver(tracker: Tracker, zone: TrackedZone, driver: DriverRow): BoardDriver {
  const position = tracker.fleet.locate(driver.id)
  const route = tracker.routes(zone.zoneId).get(driver.id)
  const stops = driver.stops.flatMap((stop) => {
    const order = zone.state.orders.get(stop.orderId)
    if (!order) return []
    const { orderId, number, kind, place, etaMs, arrivedAtMs } = toStop(stop, order, route)
    return [{ orderId, number, kind, place, etaMs, arrivedAtMs }]
  })
  return {
    id: driver.id,
    name: driver.name,
    vehicle: driver.vehicle,
    rating: Math.round(driver.rating * 10) / 10,
    isOnline: driver.shiftStartedAt !== null,
    shiftStartedMs: driver.shiftStartedAt,
    shiftEndsMs: driver.shiftEndsAt,
    maxOrders: driver.maxOrders,
    activeOrders: new Set(driver.stops.map((stop) => stop.orderId)).size,
    stops,
    place: position ? { lat: position.lat, lon: position.lon } : null,
    fixAtMs: position?.fixAtMs ?? null,
  }
}

/** The parts of a board that other rooms answer. */
export interface BoardParts {
  policy: DispatchBoard['policy']
  alerts: readonly Alert[]
}

/** The whole board of a zone at this moment. */
export function toBoard(tracker: Tracker, zone: TrackedZone, parts: BoardParts): DispatchBoard {
  const { state } = zone
  return {
    zoneId: zone.zoneId,
    zoneName: zone.name,
    timeZone: zone.timeZone,
    currency: zone.currency,
    atMs: tracker.clock.nowMs(),
    policy: parts.policy,
    orders: [...state.orders.values()].map((order) => toBoardOrder(tracker, order, state.offers.get(order.id))),
    drivers: [...state.drivers.values()].filter(isOnBoard).map((driver) => toBoardDriver(tracker, zone, driver)),
    alerts: [...parts.alerts],
  }
}

/** Whether the board shows a driver: on shift, or with stops left. */
export function isOnBoard(driver: DriverRow): boolean {
  return driver.shiftStartedAt !== null || driver.stops.length > 0
}

/** Rows of the board for what changed; an order with `endedAtMs` leaves it. */
export function toBoardChange(
  tracker: Tracker,
  zone: TrackedZone,
  changed: { orderIds: readonly OrderId[]; driverIds: readonly DriverId[] },
): { orders: BoardOrder[]; drivers: BoardDriver[]; goneDriverIds: DriverId[] } {
  const { state } = zone
  const drivers = changed.driverIds.flatMap((id) => state.drivers.get(id) ?? [])
  return {
    orders: changed.orderIds.flatMap((id) => {
      const order = state.find(id)
      return order ? [toBoardOrder(tracker, order, state.offers.get(id))] : []
    }),
    drivers: drivers.filter(isOnBoard).map((driver) => toBoardDriver(tracker, zone, driver)),
    goneDriverIds: drivers.filter((driver) => !isOnBoard(driver)).map((driver) => driver.id),
  }
}

/** One order as the board shows it, read from the database if it has left memory. */
export async function describeBoardOrder(sql: Sql, tracker: Tracker, id: OrderId): Promise<BoardOrder> {
  const order = await findOrder(sql, id)
  if (!order) throw new AppError('not_found', 'There is no such order.')
  return toBoardOrder(tracker, order, tracker.zones.get(order.zoneId)?.state.offers.get(id))
}
