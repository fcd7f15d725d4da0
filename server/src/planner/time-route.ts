import type { PlannedStop } from './decision.ts'
import { expectedLater } from './expected-later.ts'
import type { ServiceTimes } from './policy.ts'
import type { SnapshotIndex } from './snapshot-index.ts'
import type { CarriedStop, PlannerDriver, StopRef } from './types.ts'

/**
 * The times of a driver's stops from now on. Pickups at one merchant that follow each other are one visit: one
 * service, and the latest of their ready times. Times are Infinity from the first stop that cannot be reached.
 */
export function timeRoute(
  index: SnapshotIndex,
  driver: PlannerDriver,
  stops: readonly (StopRef | CarriedStop)[],
  service: ServiceTimes,
): PlannedStop[] {
  const timed: PlannedStop[] = []
  let place = driver.place
  let clockMs = Math.max(index.nowMs, driver.freeAtMs)
  for (let i = 0; i < stops.length; ) {
    const end = visitEnd(index, stops, i)
    const first = orderOf(index, stops[i]!)
    const isPickup = stops[i]!.kind === 'pickup'
    const to = isPickup ? first.pickupPlace : first.dropPlace
    const arriveMs = clockMs + index.snapshot.travelS(driver.vehicle, place, to) * 1000
    const handedMs = arriveMs + (isPickup ? service.pickupBeforeS : service.dropBeforeS) * 1000
    const atMs = isPickup ? readyTogetherMs(index, stops, i, end, handedMs) : handedMs
    const leaveMs = atMs + (isPickup ? service.pickupAfterS : service.dropAfterS) * 1000
    for (; i < end; i++) {
      const stop = stops[i]!
      const locked = 'locked' in stop && stop.locked
      const waitS = Math.max(0, (atMs - handedMs) / 1000)
      timed.push({ orderId: stop.orderId, kind: stop.kind, place: to, locked, arriveMs, atMs, leaveMs, waitS })
    }
    place = to
    clockMs = leaveMs
  }
  return timed
}

function orderOf(index: SnapshotIndex, stop: StopRef) {
  return index.orders.get(stop.orderId)!
}

function visitEnd(index: SnapshotIndex, stops: readonly StopRef[], start: number): number {
  let end = start + 1
  if (stops[start]!.kind === 'drop') return end
  const { merchantId } = orderOf(index, stops[start]!)
  while (end < stops.length && stops[end]!.kind === 'pickup' && orderOf(index, stops[end]!).merchantId === merchantId) end++
  return end
}

function readyTogetherMs(index: SnapshotIndex, stops: readonly StopRef[], start: number, end: number, arrivedMs: number): number {
  let timeS = arrivedMs / 1000
  for (let i = start; i < end; i++) {
    const order = orderOf(index, stops[i]!)
    timeS = expectedLater(timeS, order.readyMs / 1000, order.readySigmaS)
  }
  return timeS * 1000
}
