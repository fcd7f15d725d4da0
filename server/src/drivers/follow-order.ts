import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { OrderChange, OrderParticipant } from '../orders/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { closeAssignment, insertAssignment } from './assignments-sql.ts'
import { lockStops, type StopRef, writeStops } from './drivers-sql.ts'
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
    await changeStops(sql, before.driverId, (stops) => stops.filter((stop) => stop.orderId !== before.id))
  }
  if (effects.includes('set_driver') && after.driverId) {
    await openAssignment(sql, change, after.driverId)
    await changeStops(sql, after.driverId, (stops) => withOrder(stops, after.id))
  }
  if (change.event === 'order.picked_up' && after.driverId) {
    await changeStops(sql, after.driverId, (stops) => stops.filter((stop) => stop.orderId !== after.id || stop.kind === 'drop'))
  }
  if (effects.includes('pay_driver') && after.driverId) await pay(sql, change, after.driverId)
  return withdrawnFrom.length > 0 ? { withdrawnFrom } : {}
}

async function openAssignment(sql: Sql, change: OrderChange, driverId: DriverId): Promise<void> {
  const { after, actor, actorId, nowMs, data } = change
  const decisionId = typeof data['decisionId'] === 'string' ? data['decisionId'] : null
  await insertAssignment(sql, { id: newId(nowMs), orderId: after.id, driverId, decisionId, by: actor, byId: actorId, at: nowMs })
}

async function changeStops(sql: Sql, id: DriverId, change: (stops: StopRef[]) => StopRef[]): Promise<void> {
  const stops = await lockStops(sql, id)
  if (stops) await writeStops(sql, id, change(stops))
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
  await insertEarnings(sql, event === 'order.delivered' && after.tipMinor > 0 ? [delivery, tip] : [delivery])
}
