import type { Bus, BusEvent } from '../../server/src/bus/index.ts'
import type { LiveTopics, TopicSource } from '../../server/src/live/index.ts'
import { orderId, ZONE } from './city.ts'

const CHUNK = 500

/** Topics whose orders are only a number: how often they changed. */
export function benchTopics(): { topics: LiveTopics; append(bus: Bus, orders: number, version: number): Promise<void> } {
  const versions = new Map<string, number>()
  const source: TopicSource = {
    open: async () => ({ zoneId: ZONE }),
    snapshot: async (_principal, id) => ({ version: versions.get(id) ?? 0 }),
  }
  const topics: LiveTopics = {
    sources: { order: source, driver: source, merchant: source, zone_orders: source, zone_alerts: source },
    mayWatchFleet: () => true,
    mayConcern: ({ kind, id }, { subjects }) => kind === 'order' && subjects.orderId === id,
    changes(_zoneId, event, isWatched) {
      const id = event.subjects.orderId as ReturnType<typeof orderId>
      const version = event.data['version'] as number
      versions.set(id, version)
      const topic = `order:${id}`
      if (!isWatched(topic)) return []
      const states = { status: 'preparing', kitchen: 'ready', delivery: 'waiting' } as const
      return [{ topic, body: { type: 'status_update', orderId: id, number: 1, version, ...states } }]
    },
  }
  const event = (n: number, version: number): BusEvent => ({
    id: `${n}:${version}`,
    type: 'order.ready',
    atMs: Date.now(),
    subjects: { orderId: orderId(n) },
    data: { version },
  })
  return {
    topics,
    async append(bus, orders, version) {
      for (let from = 0; from < orders; from += CHUNK) {
        const many = Array.from({ length: Math.min(CHUNK, orders - from) }, (_, i) => event(from + i, version))
        await bus.append(ZONE, many)
      }
    },
  }
}
