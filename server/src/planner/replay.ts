import { seededRng } from '@doorstep/shared/domain'
import type { PlanResult } from './decision.ts'
import { plan } from './plan.ts'
import type { Policy } from './policy.ts'
import { openSnapshot, type StoredSnapshot } from './record-travel.ts'

/** Everything one call of `plan` was given; `seed` is what its source of chance was seeded with. */
export interface RecordedTick {
  snapshot: StoredSnapshot
  policy: Policy
  nowMs: number
  seed: number
}

/**
 * Plans once more from what was stored: the same decisions, plan and hash as then, byte for byte. Throws when the planner
 * asks for a travel time that it did not ask for then, since then it is not the same planner any more.
 */
export function replay({ snapshot, policy, nowMs, seed }: RecordedTick): PlanResult {
  return plan(openSnapshot(snapshot), policy, nowMs, seededRng(seed))
}
