import type { Eta } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import type { OrderRow } from '../orders/index.ts'
import type { TrackedRoute } from './driver-routes.ts'

/** How much of the time that remains the window allows, and the least it allows, in seconds. */
const SPREAD = { route: { share: 0.12, leastS: 120 }, usual: { share: 0.25, leastS: 300 } } as const

/**
 * When an order reaches its door. With a driver: the driver's route. Before: the kitchen's word, or now if that has
 * passed, and the zone's usual delivery time. Null once the order has ended.
 */
export function predictOrder(
  order: OrderRow,
  route: TrackedRoute | undefined,
  usualDeliveryMinutes: number,
  nowMs: number,
): Eta | null {
  if (order.endedAt !== null) return null
  const dropAt = route ? arrivalAt(route, order, 'drop') : undefined
  if (route && dropAt !== undefined) {
    const pickupMs = isCarried(order) ? order.pickedUpAt : (arrivalAt(route, order, 'pickup') ?? null)
    return inWindow(Math.max(dropAt, nowMs), pickupMs, 'route', nowMs)
  }
  const readyMs = Math.max(order.readyAt ?? order.kitchenReadyAt, nowMs)
  const pickupMs = isCarried(order) ? order.pickedUpAt : readyMs
  const dropMs = isCarried(order) ? nowMs + order.legS * 1000 : readyMs + usualDeliveryMinutes * 60_000
  return inWindow(dropMs, pickupMs, 'usual', nowMs)
}

function arrivalAt(route: TrackedRoute, order: OrderRow, kind: 'pickup' | 'drop'): number | undefined {
  const index = route.stops.findIndex((stop) => stop.orderId === order.id && stop.kind === kind)
  return index < 0 ? undefined : route.arrivals[index]
}

function inWindow(dropMs: number, pickupMs: number | null, basis: Eta['basis'], nowMs: number): Eta {
  const { share, leastS } = SPREAD[basis]
  const spreadMs = Math.max(leastS * 1000, (dropMs - nowMs) * share)
  return {
    pickupMs: pickupMs === null ? null : Math.round(pickupMs),
    dropMs: Math.round(dropMs),
    earliestMs: Math.round(Math.max(nowMs, dropMs - spreadMs)),
    // Late is likelier than early: kitchens and doors only ever add time.
    latestMs: Math.round(dropMs + spreadMs * 1.5),
    basis,
  }
}
