import { type DriverId, type MerchantId, type OrderId, seededRng } from '@doorstep/shared/domain'
import { describe, expect, test } from 'vitest'
import { JOINT, type JointPolicy, plan, rankCandidates, type Snapshot, whatIf } from './index.ts'
import { aDriver, anOrder, aSnapshot, at, T0 } from './scenario.fixture.ts'
import type { PlannerDriver, PlannerOrder } from './types.ts'

const assign: JointPolicy = { ...JOINT, mode: 'assign', radiusKm: 50 }
const decide = (snapshot: Snapshot, policy: JointPolicy = assign, nowMs = T0) => plan(snapshot, policy, nowMs, seededRng(1))
const decisionsOf = (orders: PlannerOrder[], drivers: PlannerDriver[], policy: JointPolicy = assign, nowMs = T0) =>
  decide(aSnapshot(orders, drivers), policy, nowMs).decisions

describe('late commitment', () => {
  // Two kilometres away at two minutes each, a minute to hand over, ready after ten: leaving is due at minute five.
  const order = anOrder('o', { readyMs: at(10) })
  const driver = aDriver('d', { place: 2 })

  test('a driver is not told while waiting costs nothing, and the plan says when that ends', () => {
    const [decision] = decisionsOf([order], [driver])
    expect(decision).toMatchObject({ kind: 'wait', reason: 'later_is_free', plannedDriverId: 'd' })
    expect(decision!.kind === 'wait' && decision!.untilMs).toBe(at(5) - 1000)
  })

  test('a driver is told at the last moment that costs nothing', () => {
    const policy = { ...assign, tickS: 60 }
    expect(decisionsOf([order], [driver], policy, at(4))[0]).toMatchObject({ kind: 'wait' })
    expect(decisionsOf([order], [driver], policy, at(5))[0]).toMatchObject({ kind: 'assign', driverId: 'd', orderIds: ['o'] })
  })

  test('an uncertain kitchen is met a little earlier', () => {
    const unsure = { ...order, readySigmaS: 180 }
    const policy = { ...assign, tickS: 60 }
    expect(decisionsOf([unsure], [driver], policy, at(4))[0]).toMatchObject({ kind: 'assign' })
  })

  test('a busy driver is told when leaving the stop before, not earlier', () => {
    const held = anOrder('held', { assignedDriverId: 'd' as DriverId, dropPlace: 1 })
    const busy = aDriver('d', { place: 2, stops: [{ orderId: held.id, kind: 'drop', locked: true }] })
    const soon = anOrder('o', { readyMs: T0 })
    // At place 1 after two minutes, a minute there and one to leave: minute four.
    expect(decisionsOf([soon, held], [busy])[0]).toMatchObject({ kind: 'wait', untilMs: at(4) - 1000 })
  })
})

test('a driver may be far now and still be near where the stops end', () => {
  const held = anOrder('held', { assignedDriverId: 'd' as DriverId, dropPlace: 1 })
  const busy = aDriver('d', { place: 9, stops: [{ orderId: held.id, kind: 'drop', locked: true }] })
  const near = { ...assign, radiusKm: 5 }
  expect(decisionsOf([anOrder('o'), held], [busy], near)[0]).toMatchObject({ kind: 'wait', plannedDriverId: 'd' })
  expect(decisionsOf([anOrder('o')], [aDriver('d', { place: 9 })], near)[0]).toMatchObject({
    kind: 'wait',
    plannedDriverId: null,
  })
})

describe('bundles', () => {
  const twins = [anOrder('a', { readyMs: T0, dropPlace: 5 }), anOrder('b', { readyMs: T0, dropPlace: 6 })]

  test('two orders of one merchant for one street go together when only one driver is there', () => {
    const [decision] = decisionsOf(twins, [aDriver('d')])
    expect(decision).toMatchObject({ kind: 'assign', driverId: 'd' })
    expect(decision!.orderIds.toSorted()).toEqual(['a', 'b'])
    const stops = decision!.kind === 'assign' ? decision!.route.map((stop) => `${stop.kind} ${stop.orderId}`) : []
    expect(stops.slice(2)).toEqual(['drop a', 'drop b'])
  })

  test('not where the policy has none', () => {
    const decisions = decisionsOf(twins, [aDriver('d')], { ...assign, bundling: { ...assign.bundling, mode: 'none' } })
    expect(decisions.map((decision) => decision.orderIds.length)).toEqual([1, 1])
  })

  test('a neighbouring merchant is collected on the way within the limit', () => {
    const [first, second] = [twins[0]!, { ...twins[1]!, merchantId: 'm1' as MerchantId, pickupPlace: 1 }]
    const near = { ...assign, bundling: { mode: 'nearby_merchants' as const, maxOrders: 3, withinS: 120 } }
    expect(decisionsOf([first, second], [aDriver('d')], near)[0]!.orderIds).toHaveLength(2)
    const strict = { ...near, bundling: { ...near.bundling, withinS: 119 } }
    expect(decisionsOf([first, second], [aDriver('d')], strict)[0]!.orderIds).toHaveLength(1)
  })
})

describe('offers', () => {
  const ready = anOrder('o', { readyMs: T0 })
  const doubtful = (id: string, place: number) => aDriver(id, { place, acceptanceRate: 0.5 })

  test('one driver is asked while there is time', () => {
    const policy = { ...JOINT, offerMany: { withinS: -60, drivers: 3 } }
    expect(decisionsOf([ready], [doubtful('a', 0), doubtful('b', 0)], policy)[0]).toMatchObject({
      kind: 'offer',
      attempt: 1,
      expiresMs: T0 + 30_000,
    })
  })

  test('late in the life of an order several are asked at once, the best first, until one is all but sure to accept', () => {
    const drivers = [doubtful('a', 0), doubtful('b', 0), doubtful('c', 0), doubtful('e', 0)]
    expect(decisionsOf([ready], drivers, JOINT)[0]).toMatchObject({ kind: 'offer_many', driverIds: ['a', 'b', 'c'] })
    expect(decisionsOf([ready], [aDriver('sure'), doubtful('b', 0)], JOINT)[0]).toMatchObject({ kind: 'offer', driverId: 'sure' })
  })

  test('a likely decline is weighed against the way', () => {
    const shy = aDriver('shy', { place: 1, acceptanceRate: 0 })
    const willing = aDriver('willing', { place: 2 })
    expect(decisionsOf([ready], [shy, willing], { ...JOINT, offerMany: null })[0]).toMatchObject({ driverId: 'willing' })
  })

  test('an order on offer is left alone, and after five attempts nobody is asked again', () => {
    const pending = { ...ready, offers: [{ driverId: 'd' as DriverId, expiresMs: T0 + 1 }] }
    expect(decisionsOf([pending], [aDriver('d'), aDriver('e')], JOINT)[0]).toMatchObject({
      kind: 'wait',
      reason: 'offer_pending',
    })
    expect(decisionsOf([{ ...ready, attempts: 5 }], [aDriver('d')], JOINT)[0]).toMatchObject({ kind: 'give_up' })
  })

  test('nobody available is tried again, then given up', () => {
    expect(decisionsOf([ready], [], JOINT)[0]).toMatchObject({ kind: 'wait', reason: 'nobody_available', attempt: 1 })
    expect(decisionsOf([{ ...ready, attempts: 4 }], [], JOINT)[0]).toMatchObject({ kind: 'give_up', attempt: 5 })
  })
})

describe('how many orders a driver may hold', () => {
  const twins = [anOrder('a', { readyMs: T0, dropPlace: 5 }), anOrder('b', { readyMs: T0, dropPlace: 6 })]
  const driver = aDriver('d', { maxOrders: 4 })

  test('is bound by the zone as by the driver', () => {
    expect(decisionsOf(twins, [driver], { ...assign, maxOrdersPerDriver: 2 })[0]!.orderIds).toHaveLength(2)
    const decisions = decisionsOf(twins, [driver], { ...assign, maxOrdersPerDriver: 1 })
    expect(decisions.map((decision) => [decision.kind, decision.orderIds.length])).toEqual([
      ['assign', 1],
      ['wait', 1],
    ])
  })

  test('is said with its limit where it leaves somebody out', () => {
    const carried = ['e', 'f'].map((id) => anOrder(id, { assignedDriverId: driver.id, merchantId: 'm9' as MerchantId }))
    const stops = carried.map((order) => ({ orderId: order.id, kind: 'drop' as const, locked: false }))
    const decisions = decisionsOf([...twins, ...carried], [{ ...driver, stops, shiftEndMs: null }], {
      ...assign,
      maxOrdersPerDriver: 0,
    })
    const [why] = decisions[0]!.explanations
    expect(why!.excluded).toEqual([{ driverId: 'd', reason: 'too_many_orders', value: 2, limit: 0 }])
  })
})

describe('priority', () => {
  const alone = { ...assign, bundling: { ...assign.bundling, mode: 'none' as const } }
  const near = anOrder('near', { readyMs: T0, dropPlace: 1 })
  const far = anOrder('far', { readyMs: T0, dropPlace: 4 })
  const first = (orders: PlannerOrder[], driver = aDriver('d')) =>
    decisionsOf(orders, [driver], alone).find((decision) => decision.kind === 'assign')?.orderIds

  test('decides who is served first when one driver is there for two', () => {
    expect(first([near, far])).toEqual(['near'])
    expect(first([near, { ...far, priority: 3 }])).toEqual(['far'])
    for (const priority of [1, 2, 3]) {
      const [early, late] = [anOrder('early', { readyMs: T0, placedMs: at(-1) }), anOrder('late', { readyMs: T0, priority })]
      expect(first([early, late])).toEqual(['late'])
    }
  })

  test('decides who is served at all when the shift ends before both can be', () => {
    const leaving = aDriver('d', { shiftEndMs: at(12) })
    expect(first([near, { ...far, priority: 1 }], leaving)).toEqual(['far'])
    expect(first([{ ...near, priority: 1 }, far], leaving)).toEqual(['near'])
  })
})

describe('staff and promises', () => {
  test('a pin beats any distance, and one that cannot be kept is an alert', () => {
    const pinned = anOrder('o', { readyMs: T0, pinnedDriverId: 'far' as DriverId })
    expect(decisionsOf([pinned], [aDriver('near'), aDriver('far', { place: 9 })], { ...assign, radiusKm: 5 })[0]).toMatchObject({
      driverId: 'far',
    })
    const kinds = decisionsOf([pinned], [aDriver('near'), aDriver('far', { state: 'offline' })]).map((decision) => decision.kind)
    expect(kinds).toEqual(['wait', 'alert'])
  })

  test('an order that must be too late is refused at once, but not one that was planned before', () => {
    const late = anOrder('o', { readyMs: at(60) })
    const policy = { ...assign, refuseAfterS: 600 }
    const snapshot = aSnapshot([late], [aDriver('d')])
    expect(decide(snapshot, policy).decisions[0]).toMatchObject({
      kind: 'refuse',
      reason: 'too_late',
      bestDropMs: at(60 + 1 + 6 + 1),
    })
    const known = { ...snapshot, previous: decide(snapshot, assign).plan }
    expect(decide(known, policy).decisions.map((decision) => decision.kind)).toEqual(['wait', 'alert'])
    expect(decide(aSnapshot([late], []), policy).decisions[0]).toMatchObject({ kind: 'refuse', reason: 'nobody_can' })
  })

  test('below the hourly guarantee an order is cheaper than above it', () => {
    const policy: JointPolicy = { ...assign, guarantee: { perHourMinor: 1500, ordersPerHour: 1 } }
    const shift = { shiftEndMs: at(60), onlineMs: 3 * 3_600_000 }
    const rich = aDriver('rich', { ...shift, earnedMinor: 9000 })
    const poor = aDriver('poor', { ...shift, earnedMinor: 1000, place: 1 })
    expect(decisionsOf([anOrder('o', { readyMs: T0 })], [rich, poor], policy)[0]).toMatchObject({ driverId: 'poor' })
  })

  test('fairness prefers who has earned less an hour', () => {
    const [rich, poor] = [
      aDriver('a', { onlineMs: 3_600_000, earnedMinor: 3000 }),
      aDriver('b', { onlineMs: 3_600_000, earnedMinor: 1000 }),
    ]
    const order = anOrder('o', { readyMs: T0 })
    const unfair = { ...assign, weights: { ...assign.weights, fairness: 0 } }
    expect(decisionsOf([order], [rich, poor], unfair)[0]).toMatchObject({ driverId: 'a' })
    expect(decisionsOf([order], [rich, poor])[0]).toMatchObject({ driverId: 'b' })
  })
})

describe('why', () => {
  const order = anOrder('o', { readyMs: T0 })

  test('the explanation ranks by cost, names the second best and the delay that would have changed the choice', () => {
    const [decision] = decisionsOf([order], [aDriver('a', { place: 1 }), aDriver('b', { place: 3 })])
    const why = decision!.explanations[0]!
    expect(why.candidates.map((candidate) => candidate.driverId)).toEqual(['a', 'b'])
    expect(why.runnerUp!.driverId).toBe('b')
    expect(why.runnerUp!.worseBy).toBeCloseTo(why.candidates[1]!.total - why.candidates[0]!.total, 6)
    // Four minutes later to the door and as long riding; riding costs no more when a driver merely leaves late.
    expect(why.wouldChange).toMatchObject([{ driverId: 'a', code: 'to_merchant', amount: 2 }])
    expect(why.wouldChange[0]!.needed).toBeGreaterThan(6)
    expect(why.wouldChange[0]!.needed).toBeLessThan(7.5)
  })

  test('candidates for staff and what-if come from the same costs', () => {
    const snapshot = aSnapshot([order], [aDriver('a', { place: 1 }), aDriver('b', { place: 3 })])
    const ranked = rankCandidates(snapshot, assign, order.id, T0)
    const asked = whatIf(snapshot, assign, order.id, 'b' as DriverId, T0)
    expect(ranked.ok && ranked.value.chosenDriverId).toBe('a')
    expect(asked.ok && asked.value.total).toBe(ranked.ok && ranked.value.candidates[1]!.total)
    expect(rankCandidates(snapshot, assign, 'nobody' as OrderId, T0).ok).toBe(false)
  })
})
