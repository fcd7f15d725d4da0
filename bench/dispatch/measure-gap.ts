import { JOINT, type JointPolicy, plan, type SearchBudget } from '@doorstep/server/planner'
import { seededRng } from '@doorstep/shared/domain'
import type { Highs } from './load-highs.ts'
import { makeZone } from './make-zone.ts'
import { optimalCost } from './optimal-plan.ts'

const NOW_MS = 1_800_000_000_000
const BUNDLINGS = ['same_merchant', 'nearby_merchants', 'any'] as const

/** The policy of a small case: each bundling rule in turn, two orders on board at most. */
function casePolicy(seed: number): JointPolicy {
  const mode = BUNDLINGS[seed % BUNDLINGS.length]!
  return { ...JOINT, radiusKm: 100, horizonS: 36_000, bundling: { mode, maxOrders: 2, withinS: 300 } }
}

/**
 * How much dearer the planner's plan is than the exact optimum, in percent, on one small random case. `search` makes the
 * planner search otherwise than it does, to see that the measure tells.
 */
export function gapPct(highs: Highs, seed: number, search: Partial<SearchBudget> = {}): number {
  const rng = seededRng(seed)
  const size = { orders: 3 + Math.floor(rng() * 3), drivers: 2 + Math.floor(rng() * 2), merchants: 2, widthKm: 5 }
  const { snapshot } = makeZone(rng, size, NOW_MS)
  const policy = casePolicy(seed)
  const best = optimalCost(highs, snapshot, policy, NOW_MS)
  const searching = { ...policy, search: { ...policy.search, ...search } }
  const found = plan(snapshot, searching, NOW_MS, seededRng(seed)).cost!
  return (100 * (found - best)) / best
}
