import type { LocationUpdate } from '@doorstep/shared/contract'
import { carriedBy, carrierOf, driverAt, type Fix, type Fleet } from '../fleet/index.ts'
import { orderPositionFrame, type Place } from './fleet-frames.ts'
import type { Outbox } from './outbox.ts'

/** Someone who follows the driver of an order. */
export interface OrderFollower {
  outbox: Outbox
  encoding: 'binary' | 'json'
}

/** Positions of drivers on their way to those whose order they carry. */
export interface OrderPositions {
  /** Adds a follower and tells it where the driver is, if the driver carries the order. */
  follow(orderId: string, follower: OrderFollower): void
  unfollow(orderId: string, follower: OrderFollower): void
  /** There is room again for a follower: it gets what it was not sent. */
  tellAgain(orderId: string, follower: OrderFollower): void
  /** Tells of a fix that came to this very node, ahead of the batch in which the fleet gets it. */
  tellAtOnce(slot: number, fix: Fix): void
  /** Notes a slot of the fleet that changed. */
  note(slot: number): void
  /** Tells of what was noted and not told yet, a slice at a time so that nothing else waits long. */
  flush(): void
}

/** Orders told of in one turn of the event loop: some milliseconds of writing to as many sockets. */
const SLICE = 400

interface Followed {
  followers: Set<OrderFollower>
  /** The last fix told to all of them, and whose it was. */
  toldAtMs: number
  toldSlot: number
}

const place: Place = { lat: 0, lon: 0, courseDeg: 0, speedMps: 0, atMs: 0 }

/** Nobody follows anything yet. */
export function createOrderPositions(fleet: Fleet): OrderPositions {
  const orders = new Map<string, Followed>()
  const noted = new Set<number>()
  let isFlushing = false

  const send = (orderId: string, slot: number, to: Iterable<OrderFollower>) => {
    let frame: Uint8Array | undefined
    let text: string | undefined
    for (const { outbox, encoding } of to) {
      // A position is worth nothing once there is a newer one, so it goes only where there is room.
      if (!outbox.isRoomy()) continue
      if (encoding === 'json') outbox.offer((text ??= JSON.stringify(locationOf(fleet, orderId, slot))))
      else outbox.offer((frame ??= orderPositionFrame(fleet, orderId, slot, place)))
    }
  }
  const sendOne = (orderId: string, follower: OrderFollower) => {
    const slot = carrierOf(fleet, orderId)
    if (slot >= 0 && fleet.fixAtMs[slot]! > 0) send(orderId, readPlace(fleet, slot), [follower])
  }
  const tell = (slot: number) => {
    for (const orderId of carriedBy(fleet, slot)) {
      const followed = orders.get(orderId)
      if (!followed || (followed.toldAtMs === place.atMs && followed.toldSlot === slot)) continue
      followed.toldAtMs = place.atMs
      followed.toldSlot = slot
      send(orderId, slot, followed.followers)
    }
  }
  const turn = () => {
    let left = SLICE
    for (const slot of noted) {
      noted.delete(slot)
      if (fleet.carriedOrders[slot]! > 0 && fleet.fixAtMs[slot]! > 0) tell(readPlace(fleet, slot))
      if (--left === 0) break
    }
    isFlushing = noted.size > 0
    if (isFlushing) setImmediate(turn)
  }

  return {
    follow(orderId, follower) {
      const followed = orders.get(orderId) ?? { followers: new Set(), toldAtMs: 0, toldSlot: -1 }
      orders.set(orderId, followed)
      followed.followers.add(follower)
      // What was told ahead of the batch is not in the fleet yet, so the batch tells it again.
      followed.toldAtMs = 0
      sendOne(orderId, follower)
    },
    unfollow(orderId, follower) {
      const followed = orders.get(orderId)
      followed?.followers.delete(follower)
      if (followed?.followers.size === 0) orders.delete(orderId)
    },
    tellAgain: sendOne,
    tellAtOnce(slot, fix) {
      if (orders.size === 0 || fleet.carriedOrders[slot]! === 0) return
      Object.assign(place, { lat: fix.lat, lon: fix.lon, atMs: fix.atMs, speedMps: fix.speedMps })
      place.courseDeg = fix.courseDeg === fix.courseDeg ? fix.courseDeg : fleet.courseDeg[slot]!
      tell(slot)
    },
    note(slot) {
      if (orders.size > 0 && fleet.carriedOrders[slot]! > 0) noted.add(slot)
    },
    flush() {
      if (!isFlushing) turn()
    },
  }
}

/** Reads where a slot's driver is into the place that is told next. */
function readPlace(fleet: Fleet, slot: number): number {
  place.lat = fleet.lat[slot]!
  place.lon = fleet.lon[slot]!
  place.courseDeg = fleet.courseDeg[slot]!
  place.speedMps = fleet.speedMps[slot]!
  place.atMs = fleet.fixAtMs[slot]!
  return slot
}

function locationOf(fleet: Fleet, orderId: string, slot: number): LocationUpdate {
  const orNull = (value: number) => (value === value ? value : null)
  return {
    type: 'location_update',
    topic: `order:${orderId}`,
    orderId: orderId as LocationUpdate['orderId'],
    driverId: driverAt(fleet, slot),
    place: { lat: place.lat, lon: place.lon },
    courseDeg: orNull(place.courseDeg),
    speedMps: orNull(place.speedMps),
    atMs: place.atMs,
  }
}
