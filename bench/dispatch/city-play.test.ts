import { createHash } from 'node:crypto'
import { deliveryPayMinor } from '@doorstep/shared/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { JOINT, type Policy, SCORED_OFFERS } from '../../server/src/planner/index.ts'
import { plainCity } from './city.fixture.ts'
import { brokenRules } from './city-checks.ts'
import { type Evening, makeEvening } from './city-evening.ts'
import { figuresOf } from './city-figures.ts'
import { type PlayedEvening, playEvening } from './city-play.ts'

const size = { seed: 5, hours: 0.5, drivers: 8, ordersPerHour: 50 }
const play = async (policy: Policy): Promise<{ evening: Evening; played: PlayedEvening }> => {
  const city = plainCity()
  const evening = await makeEvening(city, size)
  return { evening, played: playEvening(city, evening, policy, { tickS: 10, elapsedMs: () => 0 }) }
}
/** Everything that came of an evening, as one number. */
const hashOf = ({ orders, drivers, firstOfferMs, declined }: PlayedEvening) =>
  createHash('sha256')
    .update(JSON.stringify([orders, drivers, [...firstOfferMs], [...declined]]))
    .digest('hex')
/** What nobody's decision can change about an order. */
const givenOf = ({ orders }: PlayedEvening) =>
  orders.map(
    ({ id, merchantId, placedAt, acceptedAt, preparingAt, promisedAt, payMinor, tipMinor, itemCount, dropLat, dropLon }) => {
      return { id, merchantId, placedAt, acceptedAt, preparingAt, promisedAt, payMinor, tipMinor, itemCount, dropLat, dropLon }
    },
  )

/** Each policy's evening is played once for all tests that only look at it. */
const plays = new Map<Policy, ReturnType<typeof play>>()
const playOnce = (policy: Policy) => {
  const known = plays.get(policy) ?? play(policy)
  plays.set(policy, known)
  return known
}

describe.each([SCORED_OFFERS, JOINT])('an evening in the city by $name', (policy) => {
  let first: Awaited<ReturnType<typeof play>>
  beforeAll(async () => {
    first = await playOnce(policy)
  })

  it('is the same for the same seed', async () => {
    expect(hashOf((await play(policy)).played)).toBe(hashOf(first.played))
  })

  it('brings every order that can be brought, once, after it was ready, and breaks no rule', () => {
    const { played, evening } = first
    expect(brokenRules(played)).toEqual([])
    expect(played.orders.map((order) => order.id)).toEqual(evening.orders.map((order) => order.id))
    const delivered = played.orders.filter((order) => order.delivery === 'delivered')
    expect(delivered.length).toBeGreaterThan(10)
    for (const order of delivered) {
      expect(order.pickedUpAt!).toBeGreaterThanOrEqual(order.readyAt!)
      expect(order.endedAt!).toBeGreaterThan(order.pickedUpAt!)
    }
    for (const order of played.orders.filter((one) => one.delivery !== 'delivered'))
      expect(order.endedBy, order.id).toMatch(/customer|merchant/)
  })

  it('pays the drivers what the orders paid, and counts their kilometres to the last stop', () => {
    const { played } = first
    const delivered = played.orders.filter((order) => order.delivery === 'delivered')
    const paid = delivered.reduce((sum, order) => sum + order.payMinor + order.tipMinor, 0)
    expect(played.drivers.reduce((sum, driver) => sum + driver.earnedMinor, 0)).toBe(paid)
    for (const order of delivered) {
      const exact = deliveryPayMinor(plainCity().zone.pay, order.legM)
      expect(Math.abs(order.payMinor - exact)).toBeLessThanOrEqual(1)
    }
    for (const driver of played.drivers) {
      const own = delivered.filter((order) => order.driverId === driver.driverId)
      // Alone, an order is ridden from its merchant to its door; together, they share parts of the way.
      const legsKm = own.reduce((sum, order) => sum + order.legM / 1000, 0)
      if (own.length === 0) expect(driver.kmToStops).toBe(0)
      else expect(driver.kmToStops).toBeGreaterThan(0.4 * legsKm)
      expect(driver.busyMs).toBeLessThanOrEqual(driver.onlineMs)
    }
  })

  it('takes every step of the way in time on shift', () => {
    const { played, evening } = first
    const shifts = new Map(evening.drivers.map((driver) => [driver.row.id, driver]))
    for (const order of played.orders) {
      if (!order.driverId || order.assignedAt === null) continue
      expect(order.assignedAt).toBeGreaterThanOrEqual(shifts.get(order.driverId)!.startsMs)
    }
  })
})

describe('two policies on one evening', () => {
  it('see the same orders, kitchens and drivers', async () => {
    const [scored, joint] = await Promise.all([playOnce(SCORED_OFFERS), playOnce(JOINT)])
    expect(scored.evening).toEqual(joint.evening)
    expect(givenOf(scored.played)).toEqual(givenOf(joint.played))
  })

  it('are measured by the same figures, all of them numbers', async () => {
    const { played } = await playOnce(JOINT)
    for (const [name, value] of Object.entries(figuresOf(played))) expect(Number.isFinite(value), name).toBe(true)
  })
})

describe('another seed', () => {
  it('is another evening', async () => {
    const city = plainCity()
    const [one, two] = await Promise.all([makeEvening(city, size), makeEvening(city, { ...size, seed: 6 })])
    expect(one.orders.map((order) => order.placedMs)).not.toEqual(two.orders.map((order) => order.placedMs))
  })
})
