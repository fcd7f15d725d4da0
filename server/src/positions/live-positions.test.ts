import type { DriverId } from '@doorstep/shared/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisServerPath, startTestRedis, startTestRedisCluster } from '../bus/testing.ts'
import { createFleet, type Fleet, moveDriver, setShift, slotOf } from '../fleet/index.ts'
import { manualClock, type RedisConnector, redisConnector, redisReady, silentLog } from '../platform/index.ts'
import { keepLivePositions } from './keep-live-positions.ts'
import { fixesKey, geoKey } from './live-position-keys.ts'

const serverPath = redisServerPath()
const START = Date.UTC(2026, 5, 1, 12)
const HOUR = 3_600_000
const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId
let zones = 0
const newZone = () => `00000000-0000-4000-9000-${(zones++).toString(16).padStart(12, '0')}`

/** A fleet of drivers on shift, those of a zone after those of the other. */
function fleetOf(drivers: number, ...zoneIds: string[]): Fleet {
  const fleet = createFleet({ aroundLat: 41 })
  for (let n = 0; n < drivers; n++) {
    const zoneId = zoneIds[Math.floor((n * zoneIds.length) / drivers)]!
    setShift(fleet, { driverId: id(n), zoneId, vehicle: 'car', maxOrders: 3, shift: 'online' })
  }
  return fleet
}

const fixAt = (atMs: number, seq: number, lat: number, lon = -8.6) => ({ lat, lon, atMs, seq, courseDeg: 90, speedMps: 5.5 })
const places = (fleet: Fleet, drivers: number) =>
  Array.from({ length: drivers }, (_, n) => {
    const slot = slotOf(fleet, id(n))
    return [
      fleet.lat[slot],
      fleet.lon[slot],
      fleet.fixAtMs[slot],
      fleet.fixSeq[slot],
      fleet.courseDeg[slot],
      fleet.speedMps[slot],
    ]
  })

const kinds = [
  { name: 'one Redis', start: startTestRedis },
  { name: 'a Redis Cluster', start: startTestRedisCluster },
]

describe.skipIf(!serverPath).each(kinds)('live positions in $name', ({ start }) => {
  let redis: Awaited<ReturnType<typeof start>>
  let connect: RedisConnector
  beforeAll(async () => {
    redis = await start(serverPath!)
    connect = redisConnector(redis.url, () => undefined)
  })
  afterAll(() => redis?.remove())

  /** A keeper whose connection is there. */
  async function keeperOf(fleet: Fleet, clock = manualClock(START)) {
    const keeper = keepLivePositions({ connect, clock, log: silentLog(), fleet })
    await keeper.load([])
    return { keeper, clock }
  }
  async function ask<Answer>(question: (redis: ReturnType<RedisConnector>) => Promise<Answer>): Promise<Answer> {
    const connection = connect('test')
    await redisReady(connection)
    return question(connection).finally(() => connection.disconnect())
  }

  it('a node that starts has the positions that another took, as they were', async () => {
    const [here, there] = [newZone(), newZone()]
    const fleet = fleetOf(1_300, here, there)
    const { keeper } = await keeperOf(fleet)
    for (let n = 0; n < 1_300; n++) {
      moveDriver(fleet, slotOf(fleet, id(n)), fixAt(START - n, n, -33.8688197 + n / 1e4, 151.2092955 - n / 1e3))
      keeper.note(slotOf(fleet, id(n)))
    }
    await keeper.stop()
    const fresh = fleetOf(1_300, here, there)
    const starting = await keeperOf(fresh)
    expect(await starting.keeper.load([here, there])).toBe(1_300)
    const rounded = places(fleet, 1_300).map(([lat, lon, ...rest]) => [Number(lat!.toFixed(7)), Number(lon!.toFixed(7)), ...rest])
    expect(places(fresh, 1_300)).toEqual(rounded)
    await starting.keeper.stop()
  })

  it('whoever asks Redis finds drivers by place, in the zone’s own set', async () => {
    const zone = newZone()
    const fleet = fleetOf(4, zone)
    const { keeper } = await keeperOf(fleet)
    const at = [41.15, 41.151, -41.15, 89.5]
    for (const [n, lat] of at.entries()) {
      moveDriver(fleet, n, fixAt(START, 1, lat))
      keeper.note(n)
    }
    await keeper.stop()
    const near = await ask((r) => r.geosearch(geoKey(zone), 'FROMLONLAT', -8.6, 41.15, 'BYRADIUS', 5, 'km', 'ASC', 'WITHDIST'))
    expect(near).toMatchObject([
      [id(0), expect.stringMatching(/^0\.000/)],
      [id(1), expect.stringMatching(/^0\.11/)],
    ])
    expect(await ask((r) => r.hlen(fixesKey(zone)))).toBe(4)
    expect(await ask((r) => r.pttl(geoKey(zone)))).toBeGreaterThan(HOUR - 60_000)
  })

  it('the later fix stays, whichever of fleet and Redis has it, and none is in the future', async () => {
    const zone = newZone()
    const fleet = fleetOf(3, zone)
    const { keeper } = await keeperOf(fleet)
    for (let slot = 0; slot < 3; slot++) {
      moveDriver(fleet, slot, fixAt(START + slot * 10_000, 7, 41.2))
      keeper.note(slot)
    }
    await keeper.stop()
    const fresh = fleetOf(3, zone)
    moveDriver(fresh, 0, fixAt(START + 1, 1, 41.5))
    moveDriver(fresh, 1, fixAt(START - 1, 9, 41.5))
    const starting = await keeperOf(fresh, manualClock(START + 15_000))
    expect(await starting.keeper.load([zone])).toBe(2)
    expect(places(fresh, 3).map(([lat, , atMs]) => [lat, atMs])).toEqual([
      [41.5, START + 1],
      [41.2, START + 10_000],
      [41.2, START + 15_000],
    ])
    await starting.keeper.stop()
  })

  it('a driver is written at most once in ten seconds, where it is by then', async () => {
    const zone = newZone()
    const fleet = fleetOf(20, zone)
    const { keeper, clock } = await keeperOf(fleet)
    for (let second = 0; second < 10; second++) {
      for (let slot = 0; slot < 20; slot++) {
        moveDriver(fleet, slot, fixAt(clock.nowMs(), second, 41 + second / 1_000))
        keeper.note(slot)
      }
      clock.advance(1_000)
    }
    await ask((r) => r.ping())
    const kept = await eventualFixes(ask, zone, 20)
    // All were looked at within the first two seconds, slot 0 at the very end; later ones were noted and have to wait.
    const seen = kept.map(([driverId, seq]) => `${driverId === id(0) ? 'first' : 'other'} ${seq}`)
    expect([...new Set(seen)].sort()).toEqual(['first 9', 'other 0', 'other 1'])
    await keeper.stop()
  })

  it('what is older than an hour is taken out by one node, and positions of a lost Redis are only missing', async () => {
    const zone = newZone()
    const fleet = fleetOf(2, zone)
    const first = await keeperOf(fleet)
    moveDriver(fleet, 0, fixAt(START, 1, 41))
    first.keeper.note(0)
    await first.keeper.stop()
    const later = await keeperOf(fleet, manualClock(START + HOUR + 1_000))
    await ask((r) => r.del(`doorstep:{${zone}}:sweep`))
    moveDriver(fleet, 1, fixAt(START + HOUR, 1, 41))
    later.keeper.note(1)
    await later.keeper.stop()
    expect(await ask((r) => r.hkeys(fixesKey(zone)))).toEqual([id(1)])
    expect(await ask((r) => r.zrange(geoKey(zone), '0', '-1'))).toEqual([id(1)])
    const nowhere = redisConnector('redis://127.0.0.1:1', () => undefined)
    const alone = keepLivePositions({ connect: nowhere, clock: manualClock(START), log: silentLog(), fleet })
    alone.note(1)
    await alone.stop()
  })
})

/** The sequence of every kept fix, once as many are there. */
async function eventualFixes(
  ask: <A>(question: (redis: ReturnType<RedisConnector>) => Promise<A>) => Promise<A>,
  zone: string,
  count: number,
): Promise<[string, number][]> {
  for (;;) {
    const fixes = await ask((r) => r.hgetallBuffer(fixesKey(zone)))
    const entries = Object.entries(fixes as Record<string, Buffer>)
    if (entries.length === count) return entries.map(([key, bytes]) => [key, bytes.readUInt32LE(16)])
  }
}
