import type { PlannedStop, RouteImpact } from './decision.ts'
import type { ServiceTimes } from './policy.ts'
import { activeOrders, type SnapshotIndex } from './snapshot-index.ts'
import { timeRoute } from './time-route.ts'
import type { CarriedStop, Place, PlannerDriver, PlannerOrder } from './types.ts'

/** Why no route of this driver can hold the order. */
export type InsertionFailure = 'capacity' | 'shift_ends' | 'unreachable'

/**
 * The best places for the order's two stops in what the driver already has: the least sum of all drop times, with
 * lateness counted twice more. Locked stops stay in front, pickup comes before drop, capacity and shift are kept.
 */
export function insertOrder(
  index: SnapshotIndex,
  driver: PlannerDriver,
  order: PlannerOrder,
  service: ServiceTimes,
): { impact: RouteImpact } | { failure: InsertionFailure } {
  const before = timeRoute(index, driver, driver.stops, service)
  const firstFree = driver.stops.findLastIndex((stop) => stop.locked) + 1
  let failure: InsertionFailure = 'capacity'
  let best: PlannedStop[] | null = null
  let bestCost = Infinity
  for (let pickup = firstFree; pickup <= driver.stops.length; pickup++) {
    for (let drop = pickup; drop <= driver.stops.length; drop++) {
      const stops = withOrder(driver.stops, order, pickup, drop)
      if (!fits(index, driver, stops)) continue
      const route = timeRoute(index, driver, stops, service)
      const pickupMs = route[pickup]!.atMs
      if (!Number.isFinite(route.at(-1)!.atMs)) failure = 'unreachable'
      else if (driver.shiftEndMs !== null && pickupMs > driver.shiftEndMs) failure = 'shift_ends'
      else {
        const cost = routeCost(index, route)
        if (cost < bestCost) [best, bestCost] = [route, cost]
      }
    }
  }
  return best === null ? { failure } : { impact: impactOf(index, driver, order, before, best) }
}

function withOrder(stops: readonly CarriedStop[], order: PlannerOrder, pickup: number, drop: number): CarriedStop[] {
  const result = stops.slice()
  result.splice(drop, 0, { orderId: order.id, kind: 'drop', locked: false })
  result.splice(pickup, 0, { orderId: order.id, kind: 'pickup', locked: false })
  return result
}

/** Whether what is on board never exceeds the vehicle; a drop without its pickup is on board from the start. */
function fits(index: SnapshotIndex, driver: PlannerDriver, stops: readonly CarriedStop[]): boolean {
  const toPickUp = new Set(stops.filter((stop) => stop.kind === 'pickup').map((stop) => stop.orderId))
  let load = 0
  for (const stop of stops) if (!toPickUp.has(stop.orderId)) load += index.orders.get(stop.orderId)!.size
  for (const stop of stops) {
    load += index.orders.get(stop.orderId)!.size * (stop.kind === 'pickup' ? 1 : -1)
    if (load > driver.capacity) return false
  }
  return true
}

function routeCost(index: SnapshotIndex, route: readonly PlannedStop[]): number {
  let cost = route.at(-1)!.leaveMs * 1e-3
  for (const stop of route) {
    if (stop.kind === 'drop') cost += stop.atMs + 2 * Math.max(0, stop.atMs - index.orders.get(stop.orderId)!.promisedMs)
  }
  return cost
}

/** What a route with the order in it means, against the driver's route as it was. */
export function impactOf(
  index: SnapshotIndex,
  driver: PlannerDriver,
  order: PlannerOrder,
  before: readonly PlannedStop[],
  route: readonly PlannedStop[],
): RouteImpact {
  const pickup = route.find((stop) => stop.orderId === order.id && stop.kind === 'pickup')!
  const drop = route.find((stop) => stop.orderId === order.id && stop.kind === 'drop')!
  const detours = before.flatMap((old) => {
    if (old.kind !== 'drop') return []
    const now = route.find((stop) => stop.orderId === old.orderId && stop.kind === 'drop')!
    const addedS = (now.atMs - old.atMs) / 1000
    const slackAfterS = (index.orders.get(old.orderId)!.promisedMs - now.atMs) / 1000
    return addedS === 0 ? [] : [{ orderId: old.orderId, addedS, slackAfterS }]
  })
  return {
    toMerchantS: (pickup.arriveMs - index.nowMs) / 1000,
    toMerchantKm: kmUntil(index, driver.place, route, pickup),
    waitingS: pickup.waitS,
    pickupMs: pickup.atMs,
    dropMs: drop.atMs,
    slackS: (order.promisedMs - drop.atMs) / 1000,
    detours,
    ordersAfter: activeOrders(driver) + 1,
    route,
  }
}

/** As the crow flies from stop to stop, since the planner knows ways by their time alone. */
function kmUntil(index: SnapshotIndex, from: Place, route: readonly PlannedStop[], last: PlannedStop): number {
  let [km, here] = [0, from]
  for (const { place } of route.slice(0, route.indexOf(last) + 1)) {
    km += index.km(here, place)
    here = place
  }
  return km
}
