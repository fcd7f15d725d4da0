import type { TopicChange } from '@doorstep/shared/contract'
import { distanceM, seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { handTimers } from '../../../shared/src/client/socket-pair.fixture.ts'
import { createDriver } from './drivers/driver.ts'
import { createKitchen } from './kitchens/kitchen.ts'
import { DOOR, MERCHANT, oneOrderServer } from './one-order.fixture.ts'
import { createPeopleClock, type PeopleClock } from './people-clock.ts'
import { createRider } from './riding/rider.ts'

const LIFE = [
  'accept',
  'offer',
  'accept_offer',
  'arrive_at_merchant',
  'start_preparing',
  'ready',
  'pick_up',
  'depart',
  'arrive_at_customer',
  'deliver',
]

function setUp(seed: number) {
  const timers = handTimers()
  const clock = createPeopleClock((error) => {
    throw error
  }, timers)
  clock.set(1_800_000_000_000, 1)
  return people(seed, timers, clock, oneOrderServer(clock))
}

function people(
  seed: number,
  timers: ReturnType<typeof handTimers>,
  clock: PeopleClock,
  server: ReturnType<typeof oneOrderServer>,
) {
  const seat = { isOurs: true }
  const rng = seededRng(seed)
  const rider = createRider(clock, rng, (position) => server.takePosition(position))
  const common = { call: server.call, clock, isOurs: () => seat.isOurs, count: () => {} }
  const driver = createDriver({ ...common, rng, rider, startsShift: true, firstPlace: async () => null })
  const kitchen = createKitchen({ ...common, seed })
  /** Lets time pass in seconds, and promises be kept in between. */
  const live = async (seconds: number) => {
    for (let s = 0; s < seconds; s++) {
      timers.advance(1_000)
      for (let i = 0; i < 5; i++) await Promise.resolve()
    }
  }
  const until = async (event: string, seconds = 4_000) => {
    for (let s = 0; s < seconds && !server.events.includes(event); s += 5) await live(5)
  }
  const start = () => {
    server.topics.driver = driver
    server.topics.kitchen = kitchen
    driver.onState(server.driverState())
    kitchen.onState(server.board())
  }
  return { server, seat, driver, live, until, start, anew: () => people(seed + 1, timers, clock, server) }
}

const speeds = (fixes: { lat: number; lon: number; atMs: number }[]) =>
  fixes.slice(1).map((fix, i) => distanceM(fixes[i]!, fix) / Math.max(0.001, (fix.atMs - fixes[i]!.atMs) / 1000))

describe('one order', () => {
  it.each([1, 2, 3, 4, 5, 6])('is cooked, fetched and delivered, whatever the chance (%i)', async (seed) => {
    const { server, until, start, live } = setUp(seed)
    start()
    await until('accept')
    for (let offers = 0; offers < 8 && !server.events.includes('accept_offer'); offers++) {
      server.offer()
      await live(40)
    }
    await until('deliver')
    expect(LIFE.filter((event) => !server.events.includes(event))).toEqual([])
    const order = (event: string) => server.events.indexOf(event)
    expect(order('accept')).toBeLessThan(order('ready'))
    expect(order('accept_offer')).toBeLessThan(order('arrive_at_merchant'))
    expect(order('ready')).toBeLessThan(order('pick_up'))
    expect(order('pick_up')).toBeLessThan(order('depart'))
    expect(server.events.at(-1)).toBe('deliver')
    expect(Math.max(...speeds(server.fixes))).toBeLessThan(8)
    const nearest = (place: typeof DOOR) => Math.min(...server.fixes.map((fix) => distanceM(fix, place)))
    expect(nearest(MERCHANT)).toBeLessThan(30)
    expect(nearest(DOOR)).toBeLessThan(30)
  })

  it('reports at least every 15 seconds, every 3 while riding', async () => {
    const { server, until, start, live } = setUp(1)
    start()
    await until('accept')
    while (!server.events.includes('accept_offer')) {
      server.offer()
      await live(40)
    }
    await until('deliver')
    const gaps = server.fixes.slice(1).map((fix, i) => fix.atMs - server.fixes[i]!.atMs)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15_100)
    const moving = gaps.filter((_, i) => server.fixes[i]!.speedMps > 0)
    expect(Math.max(...moving)).toBeLessThanOrEqual(3_100)
  })

  it('goes on from the middle when driver and kitchen are started anew', async () => {
    const { server, seat, until, start, live, anew } = setUp(2)
    start()
    await until('accept')
    while (!server.events.includes('accept_offer')) {
      server.offer()
      await live(40)
    }
    await until('arrive_at_merchant')
    seat.isOurs = false
    const next = anew()
    next.start()
    await next.until('deliver')
    expect(server.events.at(-1)).toBe('deliver')
  })

  it('lets go of an order that is taken away on the road, and stands or drifts instead of riding on', async () => {
    const { server, until, start, live } = setUp(1)
    start()
    await until('accept')
    while (!server.events.includes('accept_offer')) {
      server.offer()
      await live(40)
    }
    await live(40)
    server.unassign()
    await live(20)
    const place = server.fixes.at(-1)!
    await live(1_800)
    expect(distanceM(place, server.fixes.at(-1)!)).toBeLessThan(5)
    expect(server.events).not.toContain('pick_up')
  })

  it('does nothing at a seat that a person has, and goes on when they have left', async () => {
    const { server, seat, driver, until, start, live } = setUp(1)
    start()
    await until('accept')
    while (!server.events.includes('accept_offer')) {
      server.offer()
      await live(40)
    }
    seat.isOurs = false
    driver.onTaken()
    const before = [server.fixes.length, server.events.length]
    await live(900)
    expect([server.fixes.length, server.events.filter((event) => event === 'arrive_at_merchant').length]).toEqual([before[0], 0])
    seat.isOurs = true
    server.takePosition({ ...server.fixes.at(-1)!, lat: 41.1495 })
    driver.onChange({ type: 'route_update', route: server.driverState().route } as TopicChange)
    driver.onState(server.driverState())
    await live(20)
    expect(server.fixes.at(-1)!.lat).toBeGreaterThan(41.1494)
    server.topics.kitchen!.onState(server.board())
    await until('deliver')
    expect(server.events.at(-1)).toBe('deliver')
  })

  it('reads again when somebody was quicker, and does not press twice', async () => {
    const { server, until, start, live } = setUp(3)
    start()
    await until('accept')
    // The kitchen's change is not told to the driver, whose version is stale from then on.
    while (!server.events.includes('accept_offer')) {
      server.offer()
      await live(40)
    }
    const { driver } = server.topics
    server.topics.driver = undefined as never
    await until('ready')
    server.topics.driver = driver!
    await until('deliver')
    expect(server.events).toContain('stale_version')
    expect(server.events.filter((event) => event === 'pick_up')).toHaveLength(1)
    expect(server.events.at(-1)).toBe('deliver')
  })
})
