import { type DriverId, seededRng } from '@doorstep/shared/domain'
import { describe, expect, test } from 'vitest'
import { plan, rankCandidates, SCORED_OFFERS, whatIf } from './index.ts'
import { aDriver, anOrder, aSnapshot, at, T0 } from './scenario.fixture.ts'
import type { PlannerDriver, PlannerOrder } from './types.ts'

const decide = (orders: PlannerOrder[], drivers: PlannerDriver[], nowMs = T0) =>
  plan(aSnapshot(orders, drivers), SCORED_OFFERS, nowMs, seededRng(1)).decisions

const carrying = (orderId: string): Partial<PlannerDriver> => ({
  stops: [{ orderId: anOrder(orderId).id, kind: 'drop', locked: false }],
})

describe('the score', () => {
  test('is 0.40 distance + 0.25 rating + 0.20 acceptance + 0.15 load', () => {
    const carried = anOrder('held', { assignedDriverId: 'a' as DriverId })
    const driver = aDriver('a', { place: 2, rating: 4, acceptanceRate: 0.5, ...carrying('held') })
    const [decision] = decide([anOrder('o'), carried], [driver])
    const terms = decision!.explanations[0]!.candidates[0]!.terms
    expect(terms.map((term) => term.code)).toEqual(['distance', 'rating', 'acceptance', 'load'])
    const expected = [0.4 * (1 - 2 / 5), 0.25 * 0.8, 0.2 * 0.5, 0.15 * (2 / 3)]
    terms.forEach((term, i) => {
      expect(term.points).toBeCloseTo(expected[i]!, 12)
    })
    expect(decision!.explanations[0]!.candidates[0]!.total).toBeCloseTo(0.64, 12)
  })

  test('prefers a better driver farther away over a worse one at the door when the points say so', () => {
    const near = aDriver('near', { place: 0, rating: 1, acceptanceRate: 0.1 })
    const far = aDriver('far', { place: 2, rating: 5, acceptanceRate: 1 })
    const [decision] = decide([anOrder('o')], [near, far])
    expect(decision).toMatchObject({ kind: 'offer', driverId: 'far', expiresMs: T0 + 30_000, attempt: 1 })
    const { runnerUp, wouldChange } = decision!.explanations[0]!
    expect(runnerUp!.driverId).toBe('near')
    expect(runnerUp!.worseBy).toBeCloseTo(0.24 + 0.25 + 0.2 - (0.4 + 0.05 + 0.02), 12)
    expect(wouldChange).toEqual([])
  })

  test('says how near the second best would have had to be', () => {
    const [decision] = decide([anOrder('o')], [aDriver('a', { place: 1 }), aDriver('b', { place: 3 })])
    const [change] = decision!.explanations[0]!.wouldChange
    expect(change).toMatchObject({ driverId: 'b', code: 'distance', amount: 3, unit: 'km' })
    expect(change!.needed).toBeCloseTo(1, 9)
  })

  test('breaks a tie by id, whatever the order of the drivers', () => {
    const twins = [aDriver('b'), aDriver('a')]
    expect(decide([anOrder('o')], twins)[0]).toMatchObject({ driverId: 'a' })
    expect(decide([anOrder('o')], twins.toReversed())[0]).toMatchObject({ driverId: 'a' })
  })
})

describe('who is left out, and why', () => {
  const cases: [string, Partial<PlannerDriver>, Partial<PlannerOrder>][] = [
    ['offline', { state: 'offline' }, {}],
    ['on_break', { state: 'on_break' }, {}],
    ['stale_position', { fixAgeMs: 30_001 }, {}],
    ['declined', {}, { excluded: [{ driverId: 'x' as DriverId, why: 'declined' }] }],
    ['expired', {}, { excluded: [{ driverId: 'x' as DriverId, why: 'expired' }] }],
    ['pinned_elsewhere', {}, { pinnedDriverId: 'other' as DriverId }],
    ['too_many_orders', { maxOrders: 0 }, {}],
    ['capacity', { capacity: 1 }, { size: 2 }],
    ['shift_ends', { shiftEndMs: at(9) }, {}],
    ['too_far', { place: 6 }, {}],
  ]
  test.each(cases)('%s', (reason, driver, order) => {
    const [decision] = decide([anOrder('o', order)], [aDriver('x', driver)])
    expect(decision).toMatchObject({ kind: 'wait', reason: 'nobody_available', attempt: 1, untilMs: T0 + 10_000 })
    expect(decision!.explanations[0]!.excluded).toMatchObject([{ driverId: 'x', reason }])
  })

  test('the lower of the zone and the driver says how many orders may be held', () => {
    const held = anOrder('held', { assignedDriverId: 'x' as DriverId })
    const snapshot = aSnapshot([anOrder('o'), held], [aDriver('x', { ...carrying('held'), maxOrders: 3 })])
    const reasonWith = (maxOrdersPerDriver: number | null) =>
      plan(snapshot, { ...SCORED_OFFERS, maxOrdersPerDriver }, T0, seededRng(1)).decisions[0]!.explanations[0]!.excluded[0]
    expect(reasonWith(1)).toEqual({ driverId: 'x', reason: 'too_many_orders', value: 1, limit: 1 })
    expect(reasonWith(2)).toBeUndefined()
    expect(reasonWith(null)).toBeUndefined()
  })

  test('a driver looking at one offer gets no second', () => {
    const drivers = [aDriver('x')]
    const offered = anOrder('o1', { offers: [{ driverId: 'x' as DriverId, expiresMs: T0 + 1000 }] })
    const decisions = decide([offered, anOrder('o2')], drivers)
    expect(decisions).toMatchObject([
      { kind: 'wait', reason: 'offer_pending', orderIds: ['o1'], untilMs: T0 + 1000 },
      { kind: 'wait', reason: 'nobody_available', orderIds: ['o2'] },
    ])
    expect(decisions[1]!.explanations[0]!.excluded).toMatchObject([{ driverId: 'x', reason: 'has_offer' }])
  })

  test('only the twenty nearest are scored', () => {
    const drivers = Array.from({ length: 25 }, (_, i) => aDriver(`d${String(i).padStart(2, '0')}`, { place: i < 20 ? 3 : 2 }))
    const { candidates, excludedCounts } = decide([anOrder('o')], drivers)[0]!.explanations[0]!
    expect(candidates).toHaveLength(20)
    expect(candidates.slice(0, 5).map((candidate) => candidate.driverId)).toEqual(['d20', 'd21', 'd22', 'd23', 'd24'])
    expect(excludedCounts).toEqual({ not_among_nearest: 5 })
  })
})

describe('attempts', () => {
  test('the next best is offered at once after a decline', () => {
    const order = anOrder('o', { attempts: 1, excluded: [{ driverId: 'a' as DriverId, why: 'declined' }] })
    expect(decide([order], [aDriver('a'), aDriver('b', { place: 4 })])[0]).toMatchObject({
      kind: 'offer',
      driverId: 'b',
      attempt: 2,
    })
  })

  test('after a search that found nobody nothing is tried for ten seconds', () => {
    const order = anOrder('o', { attempts: 1, retryAtMs: T0 + 10_000 })
    expect(decide([order], [aDriver('a')], T0 + 9_999)[0]).toMatchObject({ kind: 'wait', reason: 'between_attempts', attempt: 1 })
    expect(decide([order], [aDriver('a')], T0 + 10_000)[0]).toMatchObject({ kind: 'offer', attempt: 2 })
  })

  test('the fifth search that finds nobody gives up, and so does a fifth offer that failed', () => {
    expect(decide([anOrder('o', { attempts: 4 })], [])[0]).toMatchObject({ kind: 'give_up', attempt: 5 })
    expect(decide([anOrder('o', { attempts: 5 })], [aDriver('a')])[0]).toMatchObject({ kind: 'give_up', attempt: 5 })
  })

  test('an order on hold is left alone', () => {
    expect(decide([anOrder('o', { hold: true })], [aDriver('a')])[0]).toMatchObject({ kind: 'wait', reason: 'on_hold' })
  })

  test('higher priority is served first, then the longest waiting', () => {
    const orders = [
      anOrder('late', { placedMs: at(-5) }),
      anOrder('early', { placedMs: at(-9) }),
      anOrder('vip', { priority: 1 }),
    ]
    expect(decide(orders, [aDriver('a')]).map((decision) => decision.orderIds[0])).toEqual(['vip', 'early', 'late'])
  })
})

describe('candidates for staff', () => {
  test('say minutes to the merchant, waiting, detour and slack', () => {
    const carried = anOrder('held', { assignedDriverId: 'a' as DriverId, dropPlace: 5, promisedMs: at(20) })
    const driver = aDriver('a', { place: 1, ...carrying('held') })
    const snapshot = aSnapshot([carried, anOrder('o', { dropPlace: 6, readyMs: at(1) })], [driver])
    const result = rankCandidates(snapshot, SCORED_OFFERS, anOrder('o').id, T0)
    const impact = result.ok ? result.value.candidates[0]!.impact! : null
    // Fetching the new order first: 2 min there, 1 + 1 min hand-over, 10 min to place 5, 1 + 1 at the door, 2 to place 6, 1 there.
    expect(impact).toMatchObject({
      toMerchantS: 120,
      toMerchantKm: expect.closeTo(1, 2),
      waitingS: 0,
      pickupMs: at(3),
      slackS: (40 - 19) * 60,
      ordersAfter: 2,
    })
    expect(impact!.detours).toEqual([{ orderId: 'held', addedS: (15 - 9) * 60, slackAfterS: 5 * 60 }])
  })

  test('an order that somebody has is ranked as if nobody had it', () => {
    const order = anOrder('o', { assignedDriverId: 'a' as DriverId })
    const stops = (['pickup', 'drop'] as const).map((kind) => ({ orderId: order.id, kind, locked: false }))
    const snapshot = aSnapshot([order], [aDriver('a', { stops }), aDriver('b', { place: 1 })])
    const result = rankCandidates(snapshot, SCORED_OFFERS, order.id, T0)
    expect(result.ok && result.value.candidates.map((candidate) => candidate.driverId)).toEqual(['a', 'b'])
  })

  test('what-if answers the rule against it and still the cost', () => {
    const order = anOrder('o', { excluded: [{ driverId: 'a' as DriverId, why: 'declined' }] })
    const result = whatIf(aSnapshot([order], [aDriver('a')]), SCORED_OFFERS, order.id, 'a' as DriverId, T0)
    expect(result).toMatchObject({
      ok: true,
      value: { exclusion: { reason: 'declined' }, impact: { pickupMs: at(10), dropMs: at(18) } },
    })
  })
})

test('the same input gives the same answer and hash, and any change another hash', () => {
  const snapshot = aSnapshot([anOrder('o')], [aDriver('a')])
  const first = plan(snapshot, SCORED_OFFERS, T0, seededRng(1))
  expect(plan({ ...snapshot }, SCORED_OFFERS, T0, seededRng(2))).toEqual(first)
  expect(JSON.parse(JSON.stringify(first))).toEqual(first)
  const moved = aSnapshot([anOrder('o')], [aDriver('a', { place: 1 })])
  expect(plan(moved, SCORED_OFFERS, T0, seededRng(1)).snapshotHash).not.toBe(first.snapshotHash)
  expect(plan(snapshot, SCORED_OFFERS, T0 + 1, seededRng(1)).snapshotHash).not.toBe(first.snapshotHash)
})
