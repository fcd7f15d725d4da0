import type { DriverId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'
import { lockStops, type StopRef, writeStops } from './drivers-sql.ts'

/** Puts a driver's stops into the planned order; see `inPlannedOrder`. */
export async function orderStops(sql: Sql, driverId: DriverId, planned: readonly StopRef[]): Promise<void> {
  const stops = await lockStops(sql, driverId)
  const next = stops && inPlannedOrder(stops, planned)
  if (next) await writeStops(sql, driverId, next)
}

/**
 * A driver's stops in the planned order. Stops that the plan does not know (a later change) stay at the end, and planned
 * stops that are gone are ignored, so that a plan made a moment ago can never lose or invent a stop. Null where that
 * would bring an order before it is fetched.
 */
export function inPlannedOrder(stops: readonly StopRef[], planned: readonly StopRef[]): StopRef[] | null {
  const rank = new Map(planned.map((stop, index) => [`${stop.kind}:${stop.orderId}`, index]))
  const rankOf = (stop: StopRef) => rank.get(`${stop.kind}:${stop.orderId}`) ?? planned.length
  const next = stops
    .map((stop, index) => ({ stop, index }))
    .sort((a, b) => rankOf(a.stop) - rankOf(b.stop) || a.index - b.index)
    .map(({ stop }) => stop)
  return isPickupFirst(next) ? next : null
}

/** Whether every order that is still to be fetched is fetched before it is brought. */
export function isPickupFirst(stops: readonly StopRef[]): boolean {
  return stops.every(
    (stop, index) =>
      stop.kind === 'pickup' ||
      !stops.slice(index + 1).some((later) => later.kind === 'pickup' && later.orderId === stop.orderId),
  )
}
