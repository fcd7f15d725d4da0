import type { Bus, BusEvent } from '../bus/index.ts'
import { type EventRelay, type FollowedEvent, ordersById, relayEvents } from '../orders/index.ts'
import type { Clock, Database, Log } from '../platform/index.ts'

/** Follows the log of orders and puts every entry on the bus of its zone, with the ids by which others find it. */
export function publishEvents(deps: { db: Database; clock: Clock; log: Log; bus: Bus }): Promise<EventRelay> {
  return relayEvents(deps, 'bus', async (events) => {
    const rows = await ordersById(deps.db, [...new Set(events.map((event) => event.orderId))])
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const [zoneId, ofZone] of Map.groupBy(events, (event) => event.zoneId)) {
      const onBus = ofZone.map((event): BusEvent => {
        const order = byId.get(event.orderId)
        return toBusEvent(
          event,
          order ? { merchantId: order.merchantId, customerId: order.customerId, driverId: order.driverId } : null,
        )
      })
      await deps.bus.append(zoneId, onBus)
    }
  })
}

interface OrderParties {
  merchantId: string
  customerId: string
  driverId: string | null
}

/** An entry of the log as the bus carries it: its driver is the one it names, else the one who has the order. */
function toBusEvent(event: FollowedEvent, parties: OrderParties | null): BusEvent {
  const { data } = event
  const driverId = text(data['driverId']) ?? parties?.driverId ?? undefined
  const previousDriverId = text(data['previousDriverId'])
  return {
    id: `${event.orderId}:${event.seq}`,
    type: event.type,
    atMs: event.at,
    subjects: {
      orderId: event.orderId,
      ...(parties ? { merchantId: parties.merchantId, customerId: parties.customerId } : {}),
      ...(driverId ? { driverId } : {}),
      ...(previousDriverId ? { previousDriverId } : {}),
    },
    data: { ...data, seq: event.seq, actor: event.actor, actorId: event.actorId, actorName: event.actorName },
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
