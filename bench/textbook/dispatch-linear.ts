import type { Assignment } from '../dispatch/mdrp-evaluate.ts'
import { isDeliverable, timeAssignment } from '../dispatch/mdrp-evaluate.ts'
import { type MdrpCourier, type MdrpInstance, type MdrpOrder, type Point, travelMinutes } from '../dispatch/mdrp-instance.ts'
import { assignLinearly } from './dispatch-assignment.ts'

/** Stands for a pair that may not be. */
const NEVER = 1e7

interface CourierState {
  courier: MdrpCourier
  at: Point
  free: number
}

/**
 * The usual next step: once a minute one linear assignment of all open orders to all couriers, busy ones from where
 * and when they will be free, by the pickup's delay and then the ride; a pair is only sent when its courier is idle
 * and leaving a minute later would delay the pickup. No bundles.
 */
export function dispatchLinearly(instance: MdrpInstance): Assignment[] {
  const couriers = instance.couriers.map((courier): CourierState => ({ courier, at: courier, free: courier.on }))
  const waiting = instance.orders.filter((order) => isDeliverable(instance, order)).sort((a, b) => a.placed - b.placed)
  const last = Math.max(...instance.couriers.map((courier) => courier.off))
  const assignments: Assignment[] = []
  const open = new Set<MdrpOrder>()
  for (let minute = 0; minute <= last && waiting.length + open.size > 0; minute++) {
    while (waiting[0] && waiting[0].placed <= minute) open.add(waiting.shift()!)
    if (open.size === 0) continue
    const orders = [...open]
    const online = couriers.filter((state) => state.courier.off >= minute && state.free <= state.courier.off)
    if (online.length === 0) continue
    const pairs = orders.map((order) => online.map((state) => pairCost(instance, minute, order, state)))
    for (const [row, column] of assignLinearly(pairs.map((row) => row.map((pair) => pair.cost))).entries()) {
      const pair = column < 0 ? undefined : pairs[row]![column]!
      if (!pair || pair.cost >= NEVER) continue
      const state = online[column]!
      if (state.free > minute || pair.arrive + 1 <= pair.pickup) continue
      const order = orders[row]!
      const assignment = { courier: state.courier.id, notifiedAt: minute, orders: [order.id] }
      state.free = timeAssignment(instance, state, assignment, [order]).free
      state.at = order
      open.delete(order)
      assignments.push(assignment)
    }
  }
  return assignments
}

/** Ready at the counter, the pickup that follows, and the cost: delay first, the ride as the tie-break. */
function pairCost({ restaurants, parameters }: MdrpInstance, minute: number, order: MdrpOrder, state: CourierState) {
  const ride = travelMinutes(state.at, restaurants.get(order.restaurant)!, parameters.metersPerMinute)
  const arrive = Math.max(minute, state.free) + ride + parameters.pickupService / 2
  const pickup = Math.max(arrive, order.ready)
  const cost = pickup > state.courier.off ? NEVER : pickup - order.ready + ride * 0.1
  return { arrive, pickup, cost }
}
