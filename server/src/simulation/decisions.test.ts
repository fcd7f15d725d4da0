import type { MerchantOrder, Stop } from '@doorstep/shared/contract'
import { seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { rngOf } from './chance.ts'
import { isWanted, orderGapMs } from './customers/order-gap.ts'
import { answerOffer } from './drivers/answer-offer.ts'
import { nextMove } from './drivers/next-move.ts'
import { speedOfRoute } from './drivers/pace.ts'
import { decideHabits, prepMinutes } from './kitchens/kitchen-habits.ts'
import { kitchenStep } from './kitchens/kitchen-step.ts'

const NOW = 1_800_000_000_000
const MINUTE = 60_000
const habits = {
  answersAfterMs: 30_000,
  rejects: false,
  prepShare: 1,
  startsAfterMs: 40_000,
  readyOffMs: MINUTE,
  delayMinutes: 0,
}
const ticket = (over: Partial<MerchantOrder>) =>
  ({
    kitchen: 'placed',
    column: 'new',
    placedAtMs: NOW,
    acceptedAtMs: null,
    kitchenReadyMs: NOW + 20 * MINUTE,
    ...over,
  }) as MerchantOrder
const stopAt = (over: Partial<Stop>) =>
  ({ orderId: 'o', kind: 'pickup', readyAtMs: NOW + 5 * MINUTE, isReady: false, arrivedAtMs: null, version: 1, ...over }) as Stop

describe('a driver with an offer', () => {
  const usual = { payMinor: 430, tipMinor: 145, toPickupM: 1_100, legM: 1_400 }
  const answersTo = (offer: typeof usual, pickiness = 1) => {
    const rng = seededRng(1)
    const answers = Array.from({ length: 5_000 }, () => answerOffer(rng, offer, pickiness))
    return { answers, share: (answer: string) => answers.filter((one) => one.answer === answer).length / answers.length }
  }

  it('accepts nine of ten usual ones within 3 to 12 seconds, declines some, lets few expire', () => {
    const { answers, share } = answersTo(usual)
    expect(share('accept')).toBeCloseTo(0.9, 1)
    expect(share('decline')).toBeCloseTo(0.08, 1)
    expect(share('let_expire')).toBeCloseTo(0.02, 1)
    expect(answers.every(({ afterMs }) => afterMs >= 3_000 && afterMs <= 12_000)).toBe(true)
  })

  it('declines more often what pays little for a long way, and less often what pays well', () => {
    expect(answersTo({ ...usual, tipMinor: 0, toPickupM: 4_500 }).share('decline')).toBeGreaterThan(0.2)
    expect(answersTo({ ...usual, tipMinor: 500, toPickupM: 200 }).share('decline')).toBeLessThan(0.05)
    expect(answersTo(usual, 1.6).share('decline')).toBeGreaterThan(answersTo(usual, 0.4).share('decline'))
    expect(answersTo({ ...usual, toPickupM: 90_000 }, 1.6).share('accept')).toBeGreaterThan(0.1)
  })
})

describe('a driver at the first stop', () => {
  const move = (stop: Stop | undefined, isThere: boolean, hasDeparted = false) =>
    nextMove(stop, { isThere, hasDeparted, nowMs: NOW }, seededRng(3))

  it('rides until it is there, then says so', () => {
    expect(move(undefined, false).do).toBe('idle')
    expect(move(stopAt({}), false).do).toBe('ride')
    expect(move(stopAt({}), true).do).toBe('arrive_at_merchant')
  })

  it('waits for the kitchen, and asks when its word is long over', () => {
    const waiting = move(stopAt({ arrivedAtMs: NOW - MINUTE }), true)
    expect(waiting).toEqual({ do: 'pick_up', afterMs: 15 * MINUTE })
    const ready = move(stopAt({ arrivedAtMs: NOW - MINUTE, isReady: true }), true)
    expect(ready.do === 'pick_up' && ready.afterMs < 81_000).toBe(true)
  })

  it('departs before it rides to a door, and hands over there', () => {
    const drop = { kind: 'drop', readyAtMs: null, isReady: true } as const
    expect(move(stopAt(drop), false).do).toBe('depart')
    expect(move(stopAt(drop), false, true).do).toBe('ride')
    expect(move(stopAt(drop), true, true).do).toBe('arrive_at_customer')
    expect(move(stopAt({ ...drop, arrivedAtMs: NOW }), true, true).do).toBe('deliver')
  })

  it('rides as fast as the route says, unless that cannot be', () => {
    expect(speedOfRoute({ distanceM: 1_000, durationS: 200 }, 'bicycle')).toBe(5)
    expect(speedOfRoute({ distanceM: 1_000, durationS: 0 }, 'bicycle')).toBe(4.2)
    expect(speedOfRoute({ distanceM: 0, durationS: 0 }, 'car')).toBe(6.5)
  })
})

describe('a kitchen', () => {
  it('answers, starts and is ready in its time', () => {
    expect(kitchenStep(ticket({}), habits, 20)).toEqual({ press: 'accept', atMs: NOW + 30_000 })
    expect(kitchenStep(ticket({ kitchen: 'accepted', acceptedAtMs: NOW + 30_000 }), habits, 20)).toEqual({
      press: 'start',
      atMs: NOW + 70_000,
    })
    expect(kitchenStep(ticket({ kitchen: 'preparing' }), habits, 20)).toEqual({ press: 'ready', atMs: NOW + 21 * MINUTE })
  })

  it('says that it takes longer before its word is over, and only once', () => {
    const slow = { ...habits, delayMinutes: 10 }
    const cooking = ticket({ kitchen: 'preparing', acceptedAtMs: NOW })
    expect(kitchenStep(cooking, slow, 20)).toEqual({ press: 'delay', atMs: NOW + 19 * MINUTE })
    const longer = { ...cooking, kitchenReadyMs: NOW + 30 * MINUTE }
    expect(kitchenStep(longer, slow, 20)).toEqual({ press: 'ready', atMs: NOW + 31 * MINUTE })
  })

  it('leaves what is handed over or has ended', () => {
    for (const column of ['handed_over', 'ended'] as const) expect(kitchenStep(ticket({ column }), habits, 20)).toBeNull()
  })

  it('waits for a driver with what is ready, and gives up what nobody comes for', () => {
    const ready = ticket({ kitchen: 'ready', column: 'ready', readyAtMs: NOW })
    const driver = { name: 'Ana', vehicle: 'bicycle', isHere: false, etaMs: null } as const
    expect(kitchenStep({ ...ready, driver }, habits, 20)).toBeNull()
    expect(kitchenStep({ ...ready, driver: null }, habits, 20)).toEqual({ press: 'cancel', atMs: NOW + 35 * MINUTE })
  })

  it('rejects one of a hundred, announces multiples of five minutes, and always decides the same for an order', () => {
    const all = Array.from({ length: 5_000 }, (_, i) => decideHabits(rngOf(7, `order ${i}`)))
    expect(all.filter((one) => one.rejects).length / all.length).toBeCloseTo(0.01, 2)
    expect(all.every((one) => one.answersAfterMs >= 10_000 && one.answersAfterMs <= 90_000)).toBe(true)
    expect(all.every((one) => prepMinutes(18, one) % 5 === 0 && prepMinutes(1, one) === 5)).toBe(true)
    expect(decideHabits(rngOf(7, 'order 1'))).toEqual(all[1])
  })
})

describe('customers', () => {
  it('order as often as the hour demands, at random', () => {
    const rng = seededRng(5)
    const gaps = Array.from({ length: 5_000 }, () => orderGapMs(rng, 150))
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    expect(mean / (3_600_000 / 150)).toBeCloseTo(1, 1)
    const at = (iso: string) =>
      Array.from({ length: 2_000 }, () => isWanted(rng, Date.parse(iso), 'UTC')).filter(Boolean).length / 2_000
    expect(at('2026-05-01T19:36:00Z')).toBeGreaterThan(0.97)
    expect(at('2026-05-01T15:30:00Z')).toBeLessThan(0.4)
    expect(at('2026-05-01T04:00:00Z')).toBeLessThan(0.03)
  })
})
