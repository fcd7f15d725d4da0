import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { OrderChange, OrderParticipant } from '../orders/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { closeAssignment, insertAssignment } from './assignments-sql.ts'
import { addShiftEarnings, lockStops, type StopRef, writeStops } from './drivers-sql.ts'
import { insertEarnings } from './earnings-sql.ts'
import { withdrawOffers } from './offers-sql.ts'

/**
 * The drivers room's part of every change of an order: open offers are withdrawn, its assignment and stops come and go
 * with its driver, a done stop leaves the list, and who delivered it is paid.
 */
export const followOrderInDrivers: OrderParticipant = async (sql, change) => {
  const { before, after, effects, nowMs } = change
  const withdrawnFrom = effects.includes('withdraw_offers') ? await withdrawOffers(sql, after.id, nowMs) : []
  if (effects.includes('release_driver') && before.driverId) {
    await closeAssignment(sql, before.id, change.event, nowMs)
    await changeStops(sql, change, before.driverId)
  }
  if (effects.includes('set_driver') && after.driverId) {
    await openAssignment(sql, change, after.driverId)
    await changeStops(sql, change, after.driverId)
  }
  if (change.event === 'order.picked_up' && after.driverId) await changeStops(sql, change, after.driverId)
  if (effects.includes('pay_driver') && after.driverId) await pay(sql, change, after.driverId)
  return withdrawnFrom.length > 0 ? { withdrawnFrom } : {}
}

async function openAssignment(sql: Sql, change: OrderChange, driverId: DriverId): Promise<void> {
  const { after, actor, actorId, nowMs, data } = change
  const decisionId = typeof data['decisionId'] === 'string' ? data['decisionId'] : null
  await insertAssignment(sql, { id: newId(nowMs), orderId: after.id, driverId, decisionId, by: actor, byId: actorId, at: nowMs })
}

async function changeStops(sql: Sql, change: OrderChange, id: DriverId): Promise<void> {
  const stops = await lockStops(sql, id)
  if (stops) await writeStops(sql, id, stopsAfter(stops, change, id))
}

/** A driver's stops after a change of an order: its own come with the order and go with it, a done one leaves. Pure. */
export function stopsAfter(
  stops: StopRef[],
  { before, after, event, effects }: Pick<OrderChange, 'before' | 'after' | 'event' | 'effects'>,
  driverId: DriverId,
): StopRef[] {
  if (effects.includes('set_driver') && after.driverId === driverId) return withOrder(stops, after.id)
  if (effects.includes('release_driver') && before.driverId === driverId)
    return stops.filter((stop) => stop.orderId !== before.id)
  if (event === 'order.picked_up') return stops.filter((stop) => stop.orderId !== after.id || stop.kind === 'drop')
  return stops
}

/** Puts an order at the end of a driver's stops; `orderStops` puts the planner's order afterwards. */
function withOrder(stops: StopRef[], orderId: OrderId): StopRef[] {
  if (stops.some((stop) => stop.orderId === orderId)) return stops
  return [...stops, { orderId, kind: 'pickup' }, { orderId, kind: 'drop' }]
}

async function pay(sql: Sql, { after, event, nowMs }: OrderChange, driverId: DriverId): Promise<void> {
  const line = { driverId, orderId: after.id, currency: after.currency, earnedAt: nowMs }
  const delivery = { ...line, id: newId(nowMs), kind: 'delivery' as const, amountMinor: after.payMinor }
  const tip = { ...line, id: newId(nowMs), kind: 'tip' as const, amountMinor: after.tipMinor }
  const lines = event === 'order.delivered' && after.tipMinor > 0 ? [delivery, tip] : [delivery]
  await insertEarnings(sql, lines)
  await addShiftEarnings(
    sql,
    driverId,
    lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  )
}
