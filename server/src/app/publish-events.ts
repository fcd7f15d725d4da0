import type { Bus, BusEvent } from '../bus/index.ts'
import { type EventRelay, type FollowedEvent, relayEvents } from '../orders/index.ts'
import type { Clock, Database, Log } from '../platform/index.ts'

/** Follows the log of orders and puts every entry on the bus of its zone, with the ids by which others find it. */
export function publishEvents(deps: { db: Database; clock: Clock; log: Log; bus: Bus }): Promise<EventRelay> {
  return relayEvents(deps, 'bus', async (events) => {
    for (const [zoneId, ofZone] of Map.groupBy(events, (event) => event.zoneId)) {
      await deps.bus.append(zoneId, ofZone.map(toBusEvent))
    }
  })
}

/** An entry of the log as the bus carries it: its driver is the one it names, else the one who has the order. */
function toBusEvent(event: FollowedEvent): BusEvent {
  const { data, merchantId, customerId } = event
  const driverId = text(data['driverId']) ?? event.driverId ?? undefined
  const previousDriverId = text(data['previousDriverId'])
  return {
    id: `${event.orderId}:${event.seq}`,
    type: event.type,
    atMs: event.at,
    subjects: {
      orderId: event.orderId,
      ...{ merchantId, customerId },
      ...(driverId ? { driverId } : {}),
      ...(previousDriverId ? { previousDriverId } : {}),
    },
    data: { ...data, seq: event.seq, actor: event.actor, actorId: event.actorId, actorName: event.actorName },
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
