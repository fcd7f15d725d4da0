import type { Policy } from './policy.ts'
import type { PlannerDriver, PlannerOrder, Snapshot } from './types.ts'

/**
 * 64 bits over everything the planner was told (not the two functions), as 16 hexadecimal digits: two multiplicative
 * lanes in the manner of FNV-1a. For finding a stored input again and proving it unchanged by accident, not against
 * forgery. Written field by field, since it runs at every tick over a thousand drivers.
 */
export function snapshotHash(snapshot: Snapshot, policy: Policy, nowMs: number): string {
  const lanes: Lanes = { a: 0x811c9dc5, b: 0x1b873593 }
  text(lanes, JSON.stringify(policy))
  number(lanes, nowMs)
  number(lanes, snapshot.ordersPerDriverHour ?? -1)
  list(lanes, snapshot.orders, order)
  list(lanes, snapshot.drivers, driver)
  list(lanes, snapshot.places, (at, { lat, lon }) => {
    number(at, lat)
    number(at, lon)
  })
  list(lanes, snapshot.previous?.routes ?? [], (at, route) => {
    text(at, route.driverId)
    list(at, route.stops, stop)
  })
  return hex(lanes.a) + hex(lanes.b)
}

interface Lanes {
  a: number
  b: number
}

const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, '0')
const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

function word(lanes: Lanes, value: number): void {
  lanes.a = Math.imul(lanes.a ^ value, 0x01000193)
  lanes.a ^= lanes.a >>> 15
  lanes.b = Math.imul(lanes.b ^ value, 0x85ebca6b)
  lanes.b ^= lanes.b >>> 13
}

function number(lanes: Lanes, value: number): void {
  // Minus zero is zero.
  float[0] = value + 0
  word(lanes, words[0]!)
  word(lanes, words[1]!)
}

function text(lanes: Lanes, value: string | null): void {
  if (value === null) return word(lanes, -1)
  word(lanes, value.length)
  for (let i = 0; i < value.length; i++) word(lanes, value.charCodeAt(i))
}

function list<T>(lanes: Lanes, items: readonly T[], item: (lanes: Lanes, value: T) => void): void {
  word(lanes, items.length)
  for (const value of items) item(lanes, value)
}

function stop(lanes: Lanes, { orderId, kind }: { orderId: string; kind: string }): void {
  text(lanes, orderId)
  word(lanes, kind === 'pickup' ? 1 : 2)
}

function order(lanes: Lanes, value: PlannerOrder): void {
  text(lanes, value.id)
  text(lanes, value.merchantId)
  number(lanes, value.pickupPlace)
  number(lanes, value.dropPlace)
  number(lanes, value.placedMs)
  number(lanes, value.readyMs)
  number(lanes, value.readySigmaS)
  number(lanes, value.promisedMs)
  number(lanes, value.size)
  number(lanes, value.priority)
  number(lanes, value.tipMinor)
  number(lanes, value.feeMinor)
  number(lanes, value.attempts)
  number(lanes, value.retryAtMs ?? -1)
  text(lanes, value.assignedDriverId)
  text(lanes, value.pinnedDriverId)
  word(lanes, value.hold ? 1 : 0)
  list(lanes, value.excluded, (at, exclusion) => {
    text(at, exclusion.driverId)
    text(at, exclusion.why)
  })
  list(lanes, value.offers, (at, offer) => {
    text(at, offer.driverId)
    number(at, offer.expiresMs)
  })
}

function driver(lanes: Lanes, value: PlannerDriver): void {
  text(lanes, value.id)
  text(lanes, value.state)
  number(lanes, value.place)
  number(lanes, value.fixAgeMs)
  number(lanes, value.freeAtMs)
  number(lanes, value.shiftEndMs ?? -1)
  text(lanes, value.vehicle)
  number(lanes, value.capacity)
  number(lanes, value.maxOrders)
  number(lanes, value.acceptanceRate)
  number(lanes, value.rating)
  number(lanes, value.earnedMinor)
  number(lanes, value.onlineMs)
  list(lanes, value.stops, (at, carried) => {
    stop(at, carried)
    word(at, carried.locked ? 1 : 0)
  })
}
