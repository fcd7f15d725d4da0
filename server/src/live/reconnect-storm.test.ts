import { afterEach, describe, expect, it } from 'vitest'
import { manualClock } from '../platform/index.ts'
import { connect } from './client.fixture.ts'
import { createNode, createWorld, settle, testBus, uuid, worldTopics } from './gateway.fixture.ts'
import { createTurnstile } from './turnstile.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

describe('when everybody comes back at once', () => {
  it('each gets what it missed, in order and once; few read at a time, and the log is not read anew for each', async () => {
    const clock = manualClock(1_800_000_000_000)
    const bus = testBus(clock)
    const read = bus.read
    const counts = { logReads: 0, reading: 0, mostReading: 0, made: 0 }
    bus.read = (zoneId, after) => {
      counts.logReads++
      return read(zoneId, after)
    }
    const world = createWorld(bus)
    const topics = worldTopics(world)
    const { order } = topics.sources
    const slowly = async () => {
      counts.mostReading = Math.max(counts.mostReading, ++counts.reading)
      await new Promise((resolve) => setImmediate(resolve))
      counts.reading--
    }
    const node = await createNode({
      ...{ clock, bus },
      topics: {
        ...topics,
        sources: { ...topics.sources, order: { ...order, open: async (who, id) => (await slowly(), order.open(who, id)) } },
        changes(zoneId, event, isWatched) {
          counts.made++
          return topics.changes(zoneId, event, isWatched)
        },
      },
    })
    stops.push(() => node.gateway.stop())
    const orders = Array.from({ length: 40 }, (_, i) => uuid(i + 1))
    const watchers = Array.from({ length: 400 }, (_, i) => ({ topic: `order:${orders[i % 40]}`, orderId: orders[i % 40]!, i }))
    const first = watchers.map(({ i }) => connect(node, `dispatcher:${i}`))
    await settle()
    first.forEach((client, i) => client.say({ type: 'subscribe', topic: watchers[i]!.topic, ref: 1 }))
    await settle(100)
    for (const orderId of orders) await world.change(orderId)
    await settle(20)
    const places = first.map((client) => client.of('status_update').at(-1)!.sequence!)
    for (const client of first) client.connection.closed()
    for (let round = 0; round < 3; round++) for (const orderId of orders) await world.change(orderId)
    Object.assign(counts, { logReads: 0, mostReading: 0, made: 0 })
    const again = watchers.map(({ i }) => connect(node, `dispatcher:${i}`))
    await settle()
    again.forEach((client, i) => client.say({ type: 'subscribe', topic: watchers[i]!.topic, ref: 2, after: places[i]! }))
    for (const orderId of orders) await world.change(orderId)
    await settle(150)
    for (const [i, client] of again.entries()) {
      const updates = client.of('status_update')
      expect(updates.map(({ version }) => version)).toEqual([2, 3, 4, 5])
      expect(updates.map(({ previous }) => previous)).toEqual([places[i], ...updates.slice(0, 3).map(({ sequence }) => sequence)])
      expect([client.of('resumed').length, client.of('snapshot').length]).toEqual([1, 0])
    }
    expect(counts.mostReading).toBeLessThanOrEqual(6)
    expect(counts.logReads).toBe(0)
    // Three or four missed changes each, and the ones made meanwhile: not every event for every topic.
    expect(counts.made).toBeLessThan(400 * 4 + 200)
  })

  it('a turnstile lets so many in at a time, in order, also when one fails', async () => {
    const pass = createTurnstile(3)
    const order: number[] = []
    let inside = 0
    let most = 0
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        pass(async () => {
          order.push(n)
          most = Math.max(most, ++inside)
          await new Promise((resolve) => setImmediate(resolve))
          inside--
          if (n % 5 === 0) throw new Error('failed')
          return n
        }),
      ),
    )
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
    expect([most, inside]).toEqual([3, 0])
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(4)
  })
})
