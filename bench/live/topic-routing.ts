import { deliver, type LogSubscription } from '../../server/src/live/log-subscription.ts'
import { createTopicIndex } from '../../server/src/live/topic-index.ts'
import type { Principal } from '../../server/src/platform/index.ts'
import { orderId, ZONE } from './city.ts'

const CLIENTS = 20_000

interface LoopClient {
  topics: Set<string>
  received: number
}

/** Deliveries a second to one of 20,000 followed orders: found by topic, and by the textbook's loop over all clients. */
export function topicRouting(): { ours: number; textbook: number } {
  const index = createTopicIndex()
  let received = 0
  const outbox = { offer: () => ++received > 0, force() {}, isRoomy: () => true, bytesWaiting: () => 0 }
  const reader = { role: 'customer' } as Principal
  const loop: LoopClient[] = []
  for (let n = 0; n < CLIENTS; n++) {
    const topic = `order:${orderId(n)}`
    const place = { reader, outbox, ref: 1, sequence: 0, pending: [], starts: 0, isReset: false }
    index.add(topic, ZONE, 0, { ...place, mode: 'current' } as Omit<LogSubscription, 'state'>)
    loop.push({ topics: new Set([topic]), received: 0 })
  }
  const topics = Array.from({ length: 4_096 }, (_, i) => `order:${orderId((i * 7_919) % CLIENTS)}`)
  let sequence = 0
  const ours = perSecond((n) => {
    sequence++
    for (const subscriber of index.get(topics[n & 4095]!)!.subscribers) deliver(subscriber, 'change', sequence)
  })
  const textbook = perSecond((n) => {
    const topic = topics[n & 4095]!
    for (const client of loop) if (client.topics.has(topic)) client.received++
  })
  return { ours, textbook }
}

function perSecond(task: (n: number) => void): number {
  for (let n = 0; n < 500; n++) task(n)
  const startMs = performance.now()
  let done = 0
  while (performance.now() - startMs < 700) for (let n = 0; n < 100; n++) task(done++)
  return (done / (performance.now() - startMs)) * 1_000
}
