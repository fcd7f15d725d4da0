import { drainChanges, type Fleet } from '../fleet/index.ts'
import type { Clock } from '../platform/index.ts'
import { createFleetChannel, type FleetChannel } from './fleet-channel.ts'
import { createOrderPositions, type OrderPositions } from './order-positions.ts'

/** Changes of the fleet on their way out: to those who watch a zone, and to those whose order moves. */
export interface FleetFanout {
  channelOf(zoneId: string): FleetChannel
  orders: OrderPositions
  /** Sends everything that changed since the last time. */
  flush(): void
}

/** Makes the fan-out of a node; it is the one reader of the fleet's changes. */
export function createFleetFanout(fleet: Fleet, clock: Clock): FleetFanout {
  const channels: FleetChannel[] = []
  const byZone = new Map<string, FleetChannel>()
  const orders = createOrderPositions(fleet)

  const channelOf = (zoneId: string) => {
    let channel = byZone.get(zoneId)
    if (!channel) {
      channel = createFleetChannel(fleet, zoneId, channels.length, clock.nowMs)
      byZone.set(zoneId, channel)
      channels.push(channel)
    }
    return channel
  }
  const visit = (slot: number) => {
    orders.note(slot)
    byZone.get(fleet.zones[fleet.zone[slot]!]!)?.note(slot)
  }

  return {
    channelOf,
    orders,
    flush() {
      drainChanges(fleet, visit)
      // Frames that many share go first; then the sockets of their own, of which there may be thousands.
      for (const channel of channels) if (channel.watchers() > 0) channel.flush()
      orders.flush()
    },
  }
}
