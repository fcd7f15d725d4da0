import type { Rng } from '@doorstep/shared/domain'
import type { PlanResult } from './decision.ts'
import type { Policy } from './policy.ts'
import { scoredOffers } from './scored-offers.ts'
import { snapshotHash } from './snapshot-hash.ts'
import { indexSnapshot } from './snapshot-index.ts'
import type { Snapshot } from './types.ts'

/**
 * Decides who carries what. Pure: the same snapshot, policy, moment and sequence of chance give the same answer on
 * any machine. Every order nobody has gets exactly one decision that is not an alert.
 */
export function plan(snapshot: Snapshot, policy: Policy, nowMs: number, _rng: Rng): PlanResult {
  const index = indexSnapshot(snapshot, nowMs)
  return {
    policy: policy.name,
    snapshotHash: snapshotHash(snapshot, policy, nowMs),
    decisions: scoredOffers(index, policy),
    plan: { routes: [] },
    cost: null,
    previousCost: null,
    iterations: 0,
  }
}
