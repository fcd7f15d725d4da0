import type { UserId } from '@doorstep/shared/domain'
import { memoryBus } from '../../server/src/bus/index.ts'
import { createFleet } from '../../server/src/fleet/index.ts'
import { createLiveGateway, type TopicSource } from '../../server/src/live/index.ts'
import { createMetrics, silentLog, systemClock } from '../../server/src/platform/index.ts'
import { driverId, orderId, ZONE } from './city.ts'

const CLIENTS = 20_000
/** Messages under way at a time. */
const BURST = 500

/**
 * Messages a second to the one follower of one of 20,000 orders: through the gateway, which finds it by topic and encodes
 * the message, and by the textbook's loop over all clients, which only looks for it.
 */
export async function topicRouting(): Promise<{ ours: number; textbook: number }> {
  return { ours: await throughGateway(), textbook: byLoop() }
}

const topics = Array.from({ length: 4_096 }, (_, i) => `order:${orderId((i * 7_919) % CLIENTS)}`)
const eachTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

async function throughGateway(): Promise<number> {
  const clock = systemClock()
  const source: TopicSource = { open: async () => ({ zoneId: ZONE }), snapshot: async () => ({}) }
  const gateway = await createLiveGateway({
    ...{
      clock,
      log: silentLog(),
      metrics: createMetrics(),
      fleet: createFleet({ aroundLat: 41 }),
      nodeId: 'bench',
      zoneIds: [ZONE],
    },
    bus: memoryBus({ nowMs: clock.nowMs, onError: (error) => console.error(error) }),
    positions: { takeSlot: () => 'off_shift', onMoved: () => () => {} },
    topics: {
      sources: { order: source, driver: source, merchant: source, zone_orders: source, zone_alerts: source },
      mayWatchFleet: () => false,
      mayConcern: () => true,
      changes: () => [],
    },
    authenticate: async (token) => ({ userId: token as UserId, role: 'customer', name: token }),
    onRevoked: () => () => {},
  })
  let received = 0
  for (let n = 0; n < CLIENTS; n++) {
    const connection = gateway.connect({ bufferedAmount: 0, send: () => void received++, close() {} }, undefined)
    connection.receive(JSON.stringify({ type: 'hello', token: driverId(n), client: 'bench' }))
    await Promise.resolve()
    if (n % BURST === 0) await eachTurn()
    queueMicrotask(() => connection.receive(JSON.stringify({ type: 'subscribe', topic: `order:${orderId(n)}`, ref: 1 })))
  }
  while (received < CLIENTS * 2) await eachTurn()
  const body = { type: 'offer_expired', orderId: orderId(1), reason: 'expired' } as const
  const burst = async (first: number) => {
    const wanted = received + BURST
    for (let n = 0; n < BURST; n++) gateway.push({ topic: topics[(first + n) & 4095]!, body })
    while (received < wanted) await eachTurn()
  }
  for (let n = 0; n < 10; n++) await burst(n * BURST)
  const startMs = performance.now()
  let done = 0
  for (; performance.now() - startMs < 1_000; done += BURST) await burst(done)
  const perSecond = (done / (performance.now() - startMs)) * 1_000
  await gateway.stop()
  return perSecond
}

function byLoop(): number {
  const clients = Array.from({ length: CLIENTS }, (_, n) => ({ topics: new Set([`order:${orderId(n)}`]), received: 0 }))
  const startMs = performance.now()
  let done = 0
  for (; performance.now() - startMs < 700; done++) {
    const topic = topics[done & 4095]!
    for (const client of clients) if (client.topics.has(topic)) client.received++
  }
  return (done / (performance.now() - startMs)) * 1_000
}
