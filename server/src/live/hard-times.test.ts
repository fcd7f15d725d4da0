import { seededRng } from '@doorstep/shared/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { manualClock } from '../platform/index.ts'
import { connect, drivers, flush, putDriver, setup } from './client.fixture.ts'
import { createNode, createWorld, settle, testBus, uuid, worldTopics, ZONE } from './gateway.fixture.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const start = async () => {
  const started = await setup()
  stops.push(() => started.node.gateway.stop())
  return started
}

describe('the live gateway in hard times', () => {
  it('whoever subscribes while a slow event holds the line up misses nothing of what comes behind it', async () => {
    const clock = manualClock(1_800_000_000_000)
    const bus = testBus(clock)
    const world = createWorld(bus)
    const topics = worldTopics(world)
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const node = await createNode({
      ...{ clock, bus },
      topics: {
        ...topics,
        async changes(zoneId, event, isWatched) {
          if (event.subjects.orderId === uuid(50)) await gate
          return topics.changes(zoneId, event, isWatched)
        },
      },
    })
    stops.push(() => node.gateway.stop())
    const client = connect(node, 'dispatcher:1')
    await settle()
    await world.change(uuid(50))
    client.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    await settle()
    await world.change(uuid(1))
    await settle()
    release()
    await settle(6)
    const versions = client.of('status_update').map((update) => update.version)
    expect(versions).toEqual([1])
  })

  it('a reader that stops costs a bounded number of bytes, nobody else waits, and it is current when it reads again', async () => {
    const { node, world } = await start()
    for (let n = 1; n <= 9_000; n++) putDriver(node, n, 41 + (n % 100) / 1_000, -8 + n / 100_000)
    flush(node)
    const [slow, other] = [connect(node, 'dispatcher:1'), connect(node, 'dispatcher:2')]
    await settle()
    const view = { bounds: [-8.2, 40.9, -7.8, 41.2] as [number, number, number, number], zoom: 12 }
    for (const client of [slow, other]) {
      client.say({ type: 'subscribe', topic: `zone:${ZONE}:fleet`, ref: 1, view })
      client.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    }
    await settle()
    slow.state.isStuck = true
    for (let round = 2; round < 30; round++) {
      for (let n = 1; n <= 9_000; n += 3) putDriver(node, n, 41 + (n % 100) / 1_000 + round / 1e6, -8 + n / 100_000, round)
      await world.change(uuid(1))
      flush(node)
      await settle(1)
    }
    expect(slow.state.peakBytes).toBeLessThan(1 << 20)
    expect(other.of('status_update').length).toBe(28)
    slow.state.isStuck = false
    slow.drain()
    await settle()
    expect(drivers(slow.frames)).toEqual(drivers(other.frames))
    expect(drivers(slow.frames).size).toBe(9_000)
    for (let n = 0; n < 3_000; n++) await world.change(uuid(1))
    await settle()
    const seen = Math.max(
      ...slow.of('status_update').map((update) => update.version),
      ...slow.of('snapshot').map((snapshot) => (snapshot.body as { version?: number }).version ?? 0),
    )
    expect(seen).toBe(world.versions.get(uuid(1)))
  })

  it('10,000 malformed messages crash nothing and cost only their sender the connection', async () => {
    const { node, world } = await start()
    const good = connect(node, 'dispatcher:1')
    await settle()
    good.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    await settle()
    const rng = seededRng(11)
    const pieces = [
      '{',
      '}',
      '"type"',
      ':',
      '"subscribe"',
      ',',
      '"topic"',
      `"order:${uuid(1)}"`,
      'null',
      '[',
      ']',
      '1e999',
      '"\\u0000"',
      '__proto__',
    ]
    const junk = (): string | Uint8Array => {
      const pick = rng()
      if (pick < 0.3) return Uint8Array.from({ length: Math.floor(rng() * 64) }, () => Math.floor(rng() * 256))
      if (pick < 0.4) return Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : Math.floor(rng() * 256)))
      if (pick < 0.7) return Array.from({ length: 8 }, () => pieces[Math.floor(rng() * pieces.length)]).join('')
      const types = ['hello', 'subscribe', 'view', 'position', 'look', 'ping', 'unsubscribe', 'nothing', 7, null]
      const values = [uuid(1), `order:${uuid(1)}`, -1, 1e300, '', {}, [], null, true, 'x'.repeat(5_000), [[0, 0], [1]]]
      const value = () => values[Math.floor(rng() * values.length)]
      return JSON.stringify({
        type: types[Math.floor(rng() * types.length)],
        ...{
          topic: value(),
          ref: value(),
          zoneId: value(),
          bounds: value(),
          zoom: value(),
          seq: value(),
          lat: value(),
          id: value(),
        },
      })
    }
    let bad = connect(node, 'driver:3')
    await settle()
    for (let n = 0; n < 10_000; n++) {
      if (bad.state.closed !== undefined) {
        bad.connection.closed()
        bad = connect(node, rng() < 0.5 ? 'driver:3' : undefined)
        await settle(1)
      }
      bad.connection.receive(junk())
    }
    bad.connection.closed()
    await world.change(uuid(1))
    await settle()
    expect(good.of('status_update').length).toBe(1)
    expect(node.gateway.connections()).toBe(1)
  })
})
