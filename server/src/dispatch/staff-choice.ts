import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { OrderRow } from '../orders/index.ts'
import {
  type Explanation,
  encodeSnapshot,
  type Policy,
  rankCandidates,
  recordTravel,
  type Snapshot,
  type StopRef,
  snapshotHash,
  whatIf,
} from '../planner/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { insertDecision } from './decisions-sql.ts'
import { keptOf } from './store-decision.ts'

/** How the planner sees a driver whom staff chose: kept with their command. */
export interface StaffChoice {
  driverId: DriverId
  /** Whom the planner would have chosen; null when it sees nobody for the order. */
  plannedDriverId: DriverId | null
  /** How much dearer the choice is by the planner's cost; null where a rule speaks against it, or the policy has scores. */
  dearerByMinor: number | null
  /** The driver's stops with the order among them, in the best order. */
  route: readonly StopRef[]
  explanation: Explanation | null
  policy: Policy['name']
  snapshotHash: string
  /** What it was weighed on, so that it can be computed again. */
  seen: Uint8Array
}

/** Weighs a driver for an order at this moment. `proposed` is whom the planner proposed, which binds it to its word. */
export function weighChoice(
  snapshot: Snapshot,
  policy: Policy,
  { orderId, driverId, proposed }: { orderId: OrderId; driverId: DriverId; proposed: DriverId | null },
  nowMs: number,
): StaffChoice {
  const recording = recordTravel(snapshot)
  const ranked = rankCandidates(recording.snapshot, policy, orderId, nowMs, driverId)
  const cost = whatIf(recording.snapshot, policy, orderId, driverId, nowMs)
  const explanation = ranked.ok ? { ...ranked.value, chosenDriverId: driverId } : null
  const totalOf = (id: DriverId | null) => explanation?.candidates.find((one) => one.driverId === id)?.total
  const plannedDriverId = proposed ?? explanation?.candidates[0]?.driverId ?? null
  const planned = totalOf(plannedDriverId)
  const chosen = cost.ok ? cost.value.total : null
  return {
    driverId,
    plannedDriverId,
    dearerByMinor: explanation?.better === 'less' && planned !== undefined && chosen !== null ? chosen - planned : null,
    route: cost.ok ? (cost.value.impact?.route ?? []) : [],
    explanation,
    policy: policy.name,
    snapshotHash: snapshotHash(snapshot, policy, nowMs),
    seen: encodeSnapshot(recording.record(), policy, nowMs, nowMs),
  }
}

/** Stores how the drivers were ranked as a decision of its own, in the transaction of the command. */
export async function storeChoice(sql: Sql, order: OrderRow, choice: StaffChoice, nowMs: number): Promise<string | null> {
  const { explanation, driverId, policy, route } = choice
  if (!explanation) return null
  const id = newId(nowMs)
  await insertDecision(sql, {
    id,
    zoneId: order.zoneId,
    orderId: order.id,
    at: nowMs,
    policy,
    kind: 'staff',
    driverId,
    snapshotHash: choice.snapshotHash,
    explanation: keptOf(explanation, driverId, route),
  })
  return id
}
