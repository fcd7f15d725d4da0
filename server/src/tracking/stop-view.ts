import type { DriverRoute, Stop } from '@doorstep/shared/contract'
import type { DriverId } from '@doorstep/shared/domain'
import type { StopRef } from '../drivers/index.ts'
import type { OrderRow } from '../orders/index.ts'
import { placeOfStop, type TrackedRoute } from './driver-routes.ts'
import type { TrackedZone } from './tracked-zone.ts'
import type { Tracker } from './tracker.ts'

/** A stop as a driver and the console see it. */
export function toStop(stop: StopRef, order: OrderRow, route: TrackedRoute | undefined): Stop {
  const isPickup = stop.kind === 'pickup'
  const index = route?.stops.findIndex((one) => one.orderId === stop.orderId && one.kind === stop.kind) ?? -1
  return {
    orderId: order.id,
    number: order.number,
    kind: stop.kind,
    place: placeOfStop(stop, order),
    name: isPickup ? order.merchantName : order.customerName,
    address: isPickup ? order.merchantAddress : order.dropAddress,
    details: isPickup ? null : order.dropDetails,
    note: isPickup ? null : order.instructions,
    readyAtMs: isPickup ? (order.readyAt ?? order.kitchenReadyAt) : null,
    isReady: order.readyAt !== null,
    arrivedAtMs: isPickup ? order.atMerchantAt : order.atCustomerAt,
    etaMs: route?.arrivals[index] ?? null,
    version: order.version,
    itemCount: order.itemCount,
  }
}

/** A driver's stops and the way between them, as last computed. */
export function toDriverRoute(tracker: Tracker, zone: TrackedZone, id: DriverId): DriverRoute {
  const route = tracker.routes(zone.zoneId).get(id)
  const stops = (zone.state.drivers.get(id)?.stops ?? []).flatMap((stop) => {
    const order = zone.state.orders.get(stop.orderId)
    return order ? [toStop(stop, order, route)] : []
  })
  return {
    stops,
    geometry: stops.length > 0 ? (route?.geometry ?? []) : [],
    distanceM: route?.distanceM ?? 0,
    durationS: route?.durationS ?? 0,
    computedAtMs: route?.computedAtMs ?? tracker.clock.nowMs(),
  }
}
