import type { Rng } from '@doorstep/shared/domain'
import type { PlanResult } from './decision.ts'
import { joint } from './joint.ts'
import type { Policy } from './policy.ts'
import { scoredOffers } from './scored-offers.ts'
import { snapshotHash } from './snapshot-hash.ts'
import { indexSnapshot } from './snapshot-index.ts'
import type { Snapshot } from './types.ts'

/**
 * Decides who carries what. Pure: the same snapshot, policy, moment and sequence of chance give the same answer on
 * any machine. Every order nobody has gets exactly one decision that is not an alert.
 */
export function plan(snapshot: Snapshot, policy: Policy, nowMs: number, rng: Rng): PlanResult {
  const index = indexSnapshot(snapshot, nowMs)
  const head = { policy: policy.name, snapshotHash: snapshotHash(snapshot, policy, nowMs) }
  if (policy.name === 'joint') return { ...head, ...joint(index, policy, rng) }
  const decisions = scoredOffers(index, policy)
  return { ...head, decisions, plan: { routes: [] }, cost: null, previousCost: null, iterations: 0 }
}
