import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisConnector } from '../platform/index.ts'
import { busContract, eventually } from './bus.contract.ts'
import { redisBus } from './redis-bus.ts'
import { redisServerPath, startTestRedisCluster, type TestRedisCluster } from './testing.ts'

const serverPath = redisServerPath()

describe.skipIf(!serverPath)('over Redis Cluster', () => {
  let cluster: TestRedisCluster
  beforeAll(async () => {
    cluster = await startTestRedisCluster(serverPath!)
  })
  afterAll(() => cluster?.remove())

  busContract('a bus over Redis Cluster', () => ({
    open: ({ keptEvents, errors }) =>
      redisBus(
        redisConnector(cluster.url, (error) => errors.push(error)),
        { keptEvents, onError: (error) => errors.push(error) },
      ),
  }))

  it('zones live on different masters, each whole on one, and one address is enough to find them', async () => {
    const bus = await redisBus(
      redisConnector(cluster.urlOfOne, () => undefined),
      { onError: (error) => expect.fail(String(error)) },
    )
    const got = new Map<string, number>()
    const zones = Array.from({ length: 12 }, (_, n) => `spread-${n}`)
    for (const zoneId of zones) {
      await bus.follow(zoneId, { onEvent: () => got.set(zoneId, (got.get(zoneId) ?? 0) + 1) })
      await bus.listen(zoneId, 'positions', () => got.set(zoneId, (got.get(zoneId) ?? 0) + 1))
    }
    for (const zoneId of zones) {
      bus.send(zoneId, 'positions', Uint8Array.of(1))
      await bus.append(zoneId, [{ id: '1', type: 'order.placed', atMs: 1, subjects: {}, data: {} }])
    }
    await eventually(() => zones.every((zoneId) => got.get(zoneId) === 2), 'an event and a signal of every zone')
    const keys = await keysByMaster(cluster)
    expect(keys.length).toBe(3)
    for (const zoneId of zones) {
      const holders = keys.filter((names) => names.some((name) => name.includes(`{${zoneId}}`)))
      expect(holders.length).toBe(1)
    }
    expect(keys.every((names) => names.length > 0)).toBe(true)
    await bus.close()
  })

  it('listeners hear again after every connection they listened on was lost', async () => {
    const bus = await redisBus(
      redisConnector(cluster.url, () => undefined),
      { onError: () => undefined },
    )
    let heard = 0
    await bus.listen('cut', 'positions', () => heard++)
    await onEveryMaster(cluster.ports, (master) => master.call('CLIENT', 'KILL', 'TYPE', 'pubsub'))
    await eventually(() => {
      bus.send('cut', 'positions', Uint8Array.of(1))
      return heard > 0
    }, 'a signal after the loss')
    await eventually(bus.isConnected, 'the bus counts as connected')
    await bus.close()
  })
})

function keysByMaster({ ports }: TestRedisCluster): Promise<string[][]> {
  return onEveryMaster(ports, (master) => master.keys('doorstep:{spread-*'))
}

async function onEveryMaster<Answer>(ports: readonly number[], ask: (master: Redis) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(
    ports.map(async (port) => {
      const master = new Redis({ host: '127.0.0.1', port })
      return ask(master).finally(() => master.disconnect())
    }),
  )
}
