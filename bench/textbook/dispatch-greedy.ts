import type { Assignment } from '../dispatch/mdrp-evaluate.ts'
import { isDeliverable, timeAssignment } from '../dispatch/mdrp-evaluate.ts'
import { type MdrpCourier, type MdrpInstance, type MdrpOrder, type Point, travelMinutes } from '../dispatch/mdrp-instance.ts'

interface CourierState {
  courier: MdrpCourier
  at: Point
  free: number
}

/**
 * What most teams write first: as soon as an order is placed, the nearest courier who is free gets it, one order each.
 * When orders wait for couriers, the nearest pair goes first. Never tells a courier whose shift ends before the pickup.
 */
export function dispatchGreedily(instance: MdrpInstance): Assignment[] {
  const couriers = instance.couriers.map((courier): CourierState => ({ courier, at: courier, free: courier.on }))
  const waiting = instance.orders.filter((order) => isDeliverable(instance, order)).sort((a, b) => a.placed - b.placed)
  const last = Math.max(...instance.couriers.map((courier) => courier.off))
  const assignments: Assignment[] = []
  const open = new Set<MdrpOrder>()
  for (let minute = 0; minute <= last; minute++) {
    while (waiting[0] && waiting[0].placed <= minute) open.add(waiting.shift()!)
    for (;;) {
      const best = nearestPair(instance, minute, open, couriers)
      if (best === null) break
      const assignment = { courier: best.state.courier.id, notifiedAt: minute, orders: [best.order.id] }
      best.state.free = timeAssignment(instance, best.state, assignment, [best.order]).free
      best.state.at = best.order
      open.delete(best.order)
      assignments.push(assignment)
    }
  }
  return assignments
}

function nearestPair(instance: MdrpInstance, minute: number, open: ReadonlySet<MdrpOrder>, couriers: readonly CourierState[]) {
  const { restaurants, parameters } = instance
  let best: { order: MdrpOrder; state: CourierState; minutes: number } | null = null
  for (const state of couriers) {
    if (state.free > minute || state.courier.off < minute) continue
    for (const order of open) {
      const minutes = travelMinutes(state.at, restaurants.get(order.restaurant)!, parameters.metersPerMinute)
      const pickup = Math.max(minute + minutes + parameters.pickupService / 2, order.ready)
      if (pickup <= state.courier.off && (best === null || minutes < best.minutes)) best = { order, state, minutes }
    }
  }
  return best
}
