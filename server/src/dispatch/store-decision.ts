import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { Explanation, StopRef } from '../planner/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { insertDecision, KEPT_CANDIDATES } from './decisions-sql.ts'
import type { Round } from './round.ts'

/** A decision for one order, as it is stored. */
export interface DecisionToStore {
  /** What the planner decided; `proposal` and `shadow` where it may not act by itself. */
  kind: string
  orderId: OrderId
  driverId: DriverId | null
  explanation: Explanation | undefined
  route: readonly StopRef[]
}

/** Stores why an order's decision came out as it did; null where the planner gave no reasons. */
export async function storeDecision(sql: Sql, round: Round, decision: DecisionToStore): Promise<string | null> {
  const { explanation, orderId, driverId, kind, route } = decision
  if (!explanation) return null
  const id = newId(round.nowMs)
  await insertDecision(sql, {
    id,
    zoneId: round.zoneId,
    orderId,
    at: round.nowMs,
    policy: round.policy,
    kind,
    driverId,
    snapshotHash: round.snapshotHash,
    explanation: keptOf(explanation, driverId, route),
  })
  round.stored()
  return id
}

/** What is kept of an explanation: the best candidates and the one chosen, and the stops planned with it. */
export const keptOf = (explanation: Explanation, driverId: DriverId | null, route: readonly StopRef[]) => ({
  ...explanation,
  candidates: explanation.candidates.filter((one, rank) => rank < KEPT_CANDIDATES || one.driverId === driverId),
  route: route.map(({ orderId, kind }) => ({ orderId, kind })),
})
