import type { LocationUpdate } from '@doorstep/shared/contract'
import { carriedBy, drainChanges, driverAt, type Fleet } from '../fleet/index.ts'
import type { Clock } from '../platform/index.ts'
import { createFleetChannel, type FleetChannel } from './fleet-channel.ts'
import { orderPositionFrame } from './fleet-frames.ts'
import type { Outbox } from './outbox.ts'

/** Someone who follows the driver of an order. */
export interface OrderFollower {
  outbox: Outbox
  encoding: 'binary' | 'json'
}

/** Changes of the fleet on their way out: to those who watch a zone, and to those whose order moves. */
export interface FleetFanout {
  channelOf(zoneId: string): FleetChannel
  /** Followers of an order, by order id. */
  followers: Map<string, Set<OrderFollower>>
  /** Sends an order's follower where the driver is now, if the driver carries the order. */
  sendPosition(orderId: string, slot: number, followers: Iterable<OrderFollower>): void
  /** Sends everything that changed since the last time. */
  flush(): void
}

/** Makes the fan-out of a node; it is the one reader of the fleet's changes. */
export function createFleetFanout(fleet: Fleet, clock: Clock): FleetFanout {
  const channels: FleetChannel[] = []
  const byZone = new Map<string, FleetChannel>()
  const followers = new Map<string, Set<OrderFollower>>()

  const channelOf = (zoneId: string) => {
    let channel = byZone.get(zoneId)
    if (!channel) {
      channel = createFleetChannel(fleet, zoneId, channels.length, clock.nowMs)
      byZone.set(zoneId, channel)
      channels.push(channel)
    }
    return channel
  }
  const sendPosition = (orderId: string, slot: number, to: Iterable<OrderFollower>) => {
    let frame: Uint8Array | undefined
    let text: string | undefined
    for (const { outbox, encoding } of to) {
      // A position is worth nothing once there is a newer one, so it goes only where there is room.
      if (!outbox.isRoomy()) continue
      if (encoding === 'json') outbox.offer((text ??= JSON.stringify(locationOf(fleet, orderId, slot))))
      else outbox.offer((frame ??= orderPositionFrame(fleet, orderId, slot)))
    }
  }
  const visit = (slot: number) => {
    if (fleet.carriedOrders[slot]! > 0 && followers.size > 0) {
      for (const orderId of carriedBy(fleet, slot)) {
        const to = followers.get(orderId)
        if (to) sendPosition(orderId, slot, to)
      }
    }
    byZone.get(fleet.zones[fleet.zone[slot]!]!)?.note(slot)
  }

  return {
    channelOf,
    followers,
    sendPosition,
    flush() {
      drainChanges(fleet, visit)
      for (const channel of channels) if (channel.watchers() > 0) channel.flush()
    },
  }
}

function locationOf(fleet: Fleet, orderId: string, slot: number): LocationUpdate {
  const orNull = (value: number) => (value === value ? value : null)
  return {
    type: 'location_update',
    topic: `order:${orderId}`,
    orderId: orderId as LocationUpdate['orderId'],
    driverId: driverAt(fleet, slot),
    place: { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! },
    courseDeg: orNull(fleet.courseDeg[slot]!),
    speedMps: orNull(fleet.speedMps[slot]!),
    atMs: fleet.fixAtMs[slot]!,
  }
}
