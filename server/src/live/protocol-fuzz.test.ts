import { createLiveClient, type LiveClient } from '@doorstep/shared/client'
import { socketPair, type Weather } from '@doorstep/shared/client/testing'
import { seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../platform/index.ts'
import { createNode, createWorld, type Node, settle, testBus, uuid, worldTopics } from './gateway.fixture.ts'

const ORDERS = [1, 2, 3, 4].map(uuid)

/** A client that keeps what it was told, and notices when something was left out. */
function watch(client: LiveClient, orderId: string, seen: Map<string, number>, gaps: string[]): void {
  client.subscribe(`order:${orderId}`, {
    onSnapshot: (body) => seen.set(orderId, (body as { version: number }).version),
    onChange(change) {
      if (change.type !== 'status_update') return
      const have = seen.get(orderId) ?? 0
      if (change.version > have + 1) gaps.push(`${orderId} jumped from ${have} to ${change.version}`)
      seen.set(orderId, Math.max(have, change.version))
    },
  })
}

async function run(seed: number): Promise<void> {
  const rng = seededRng(seed)
  const clock = manualClock(1_800_000_000_000)
  const bus = testBus(clock, 40)
  const world = createWorld(bus)
  const topics = worldTopics(world, () => (rng() < 0.5 ? settle(1) : Promise.resolve()))
  const nodes: Node[] = [
    await createNode({ clock, bus, topics, nodeId: 'a' }),
    await createNode({ clock, bus, topics, nodeId: 'b' }),
  ]
  const weather: Weather = { drop: 0.15, duplicate: 0.15, delayMs: 400 }
  const cuts: (() => void)[] = []
  const clients = [1, 2, 3].map((n) => {
    const seen = new Map<string, number>()
    const gaps: string[] = []
    const client = createLiveClient({
      ...{ url: 'ws://test', client: 'console', token: () => `dispatcher:${n}`, random: rng, timers: clock },
      openSocket() {
        const { client: socket, server } = socketPair(clock, rng, weather)
        const node = nodes[Math.floor(rng() * nodes.length)]!
        const connection = node.gateway.connect(
          { bufferedAmount: 0, send: (data, sent) => (server.send(data), sent?.()), close: server.close },
          undefined,
        )
        server.onMessage = (data) => connection.receive(data)
        server.onClose = () => connection.closed()
        cuts[n] = () => server.close(1006, 'cut')
        return socket
      },
    })
    for (const orderId of ORDERS) watch(client, orderId, seen, gaps)
    return { client, seen, gaps }
  })

  for (let step = 0; step < 400; step++) {
    if (rng() < 0.5) await world.change(ORDERS[Math.floor(rng() * ORDERS.length)]!)
    if (rng() < 0.01) cuts[1 + Math.floor(rng() * 3)]?.()
    if (step % 100 === 99) for (let i = 0; i < 60; i++) await world.change(ORDERS[i % 4]!)
    clock.advance(1 + rng() * 200)
    await settle(2)
  }
  Object.assign(weather, { drop: 0, duplicate: 0, delayMs: 1 })
  for (let i = 0; i < 120; i++) {
    clock.advance(1_000)
    await settle(1)
  }
  for (const { client, seen, gaps } of clients) {
    expect(gaps).toEqual([])
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(world.versions))
    expect(client.state()).toBe('live')
    client.close()
  }
  await Promise.all(nodes.map((node) => node.gateway.stop()))
}

describe('over a wire that drops, delays, doubles and reorders, and breaks', () => {
  it.each(Array.from({ length: 8 }, (_, i) => i + 1))('every client equals the server at quiet (seed %i)', async (seed) => {
    await run(seed)
  })
})
