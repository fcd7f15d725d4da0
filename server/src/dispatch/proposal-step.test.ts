import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { describe, expect, test } from 'vitest'
import type { Decision, Explanation } from '../planner/index.ts'
import { proposalStep } from './proposal-step.ts'
import { planningPolicy, policyOf } from './zone-policy.ts'

const NOW = 1_000_000
const ANA = 'ana' as DriverId
const BRUNO = 'bruno' as DriverId
const ORDER = 'order' as OrderId
const veto = { autonomy: 'veto', vetoWindowS: 20 } as const

/** What the planner would pay for each driver, in minor units. */
function explain(totals: Record<string, number>): Explanation {
  const candidates = Object.entries(totals).map(([driverId, total], i) => ({
    driverId: driverId as DriverId,
    rank: i + 1,
    total,
    terms: [],
    impact: {} as never,
  }))
  return {
    orderId: ORDER,
    better: 'less',
    chosenDriverId: null,
    candidates,
    runnerUp: null,
    excluded: [],
    excludedCounts: {},
    wouldChange: [],
  }
}
const offer = (driverId: DriverId, totals: Record<string, number>): Decision => ({
  kind: 'offer',
  orderIds: [ORDER],
  explanations: [explain(totals)],
  driverId,
  expiresMs: NOW + 30_000,
  commitByMs: NOW,
  attempt: 1,
  route: [],
})
const wait = (reason: 'later_is_free' | 'nobody_available', untilMs: number): Decision => ({
  kind: 'wait',
  orderIds: [ORDER],
  explanations: [],
  reason,
  untilMs,
  attempt: 0,
  plannedDriverId: null,
  route: [],
})
const order = (change: object = {}) => ({
  id: ORDER,
  pinnedDriverId: null as DriverId | null,
  proposedDriverId: null as DriverId | null,
  proposalActsAt: null as number | null,
  exclusions: [],
  ...change,
})
const standing = (actsAt: number | null = NOW + 5_000) => order({ proposedDriverId: ANA, proposalActsAt: actsAt })
const kind = (...args: Parameters<typeof proposalStep>) => proposalStep(...args).kind

describe('[DI10] a proposal', () => {
  test('is made once and stands while the planner keeps its choice, or one hardly better turns up', () => {
    const first = proposalStep(order(), offer(ANA, { ana: 400, bruno: 500 }), veto, NOW)
    expect(first).toMatchObject({ kind: 'propose', driverId: ANA, actsAt: NOW + 20_000 })
    expect(kind(standing(), offer(ANA, { ana: 400, bruno: 500 }), veto, NOW)).toBe('nothing')
    expect(kind(standing(), offer(BRUNO, { bruno: 400, ana: 419 }), veto, NOW)).toBe('nothing')
  })

  test('changes when somebody is clearly better, or its driver cannot have the order any more', () => {
    expect(proposalStep(standing(), offer(BRUNO, { bruno: 400, ana: 421 }), veto, NOW)).toMatchObject({
      kind: 'propose',
      driverId: BRUNO,
      actsAt: NOW + 20_000,
    })
    expect(kind(standing(), offer(BRUNO, { bruno: 400 }), veto, NOW)).toBe('propose')
  })

  test('is done when its window is over: what staff have seen and not objected to, not what they have not seen', () => {
    expect(kind(standing(NOW), offer(ANA, { ana: 400 }), veto, NOW)).toBe('carry_out')
    expect(kind(standing(NOW), offer(BRUNO, { bruno: 400, ana: 410 }), veto, NOW)).toBe('carry_out_proposal')
    expect(kind(standing(NOW), offer(BRUNO, { bruno: 400, ana: 800 }), veto, NOW)).toBe('propose')
  })

  test('stands while it is about to be due again, and goes when it is not', () => {
    expect(kind(standing(), wait('later_is_free', NOW + 20_000), veto, NOW)).toBe('nothing')
    expect(kind(standing(), wait('later_is_free', NOW + 21_000), veto, NOW)).toBe('withdraw')
    expect(kind(standing(), wait('nobody_available', NOW + 10_000), veto, NOW)).toBe('withdraw')
  })

  test('is not made for the driver whom staff have pinned the order to: they have decided', () => {
    const pinned = order({ pinnedDriverId: ANA })
    for (const autonomy of ['veto', 'suggest'] as const)
      expect(kind(pinned, offer(ANA, { ana: 400 }), { ...veto, autonomy }, NOW)).toBe('carry_out')
    expect(kind(pinned, offer(ANA, { ana: 400 }), { ...veto, autonomy: 'shadow' }, NOW)).toBe('nothing')
  })

  test('follows a change of autonomy: its window begins, ends, or it goes', () => {
    const choice = offer(ANA, { ana: 400 })
    expect(proposalStep(standing(null), choice, veto, NOW)).toMatchObject({ kind: 'propose', actsAt: NOW + 20_000 })
    expect(proposalStep(standing(), choice, { ...veto, autonomy: 'suggest' }, NOW)).toMatchObject({
      kind: 'propose',
      actsAt: null,
    })
    expect(kind(standing(), choice, { ...veto, autonomy: 'shadow' }, NOW)).toBe('withdraw')
    expect(kind(standing(), choice, { ...veto, autonomy: 'auto' }, NOW)).toBe('carry_out')
    expect(kind(standing(), wait('later_is_free', NOW + 1_000), { ...veto, autonomy: 'auto' }, NOW)).toBe('withdraw')
  })
})

test('[DI11] a suggestion is never carried out by the planner', () => {
  for (const atMs of [NOW, NOW + 3_600_000])
    expect(kind(standing(null), offer(ANA, { ana: 400 }), { ...veto, autonomy: 'suggest' }, atMs)).toBe('nothing')
})

test('[DI10] where staff may object, whole routes are decided earlier by the time they have for it', () => {
  const tickS = (autonomy: 'auto' | 'veto' | 'suggest' | 'shadow') => {
    const policy = planningPolicy(policyOf({ name: 'joint', autonomy, vetoWindowS: 45 }))
    expect(policy).not.toHaveProperty('autonomy')
    return policy.name === 'joint' ? policy.tickS : 0
  }
  expect([tickS('auto'), tickS('shadow')]).toEqual([1, 1])
  expect([tickS('veto'), tickS('suggest')]).toEqual([46, 46])
})
