import { isDeepStrictEqual } from 'node:util'
import {
  type Decision,
  decodeSnapshot,
  openSnapshot,
  type PlanResult,
  type RecordedTick,
  rankCandidates,
  replay,
  snapshotHash,
  whatIf,
} from '../planner/index.ts'
import type { DecisionRow, StoredExplanation } from './decisions-sql.ts'
import { driverOf } from './plan-memory.ts'
import { isTell, type TellDecision } from './proposal-step.ts'
import { keptOf } from './store-decision.ts'

/** What came out when a decision was computed again. */
export interface Recomputed {
  tick: RecordedTick
  /** The parts that came out otherwise, in words; none when the decision is the same. */
  differences: string[]
}

/**
 * Computes a stored decision again from what it was made from, and compares every part of it. A planner that has changed
 * since may ask for what was not asked then; that too is a difference.
 */
export function recomputeDecision(row: DecisionRow, bytes: Uint8Array): Recomputed {
  const tick = decodeSnapshot(bytes)
  const again = row.kind === 'staff' ? rankAgain(row, tick) : decideAgain(row, planAgain(tick))
  if ('instead' in again) return { tick, differences: [again.instead] }
  const differences = again.snapshotHash === row.snapshotHash ? [] : ['what it was made from']
  const stored: Record<string, unknown> = { ...row.explanation }
  // As the database keeps it: text and back.
  const computed = JSON.parse(JSON.stringify(again.explanation)) as Record<string, unknown>
  const keys = new Set([...Object.keys(stored), ...Object.keys(computed)])
  return { tick, differences: [...differences, ...[...keys].filter((key) => !isDeepStrictEqual(stored[key], computed[key]))] }
}

function planAgain(tick: RecordedTick): PlanResult | { failed: string } {
  try {
    return replay(tick)
  } catch (error) {
    return { failed: (error as Error).message }
  }
}

type Again = { snapshotHash: string; explanation: StoredExplanation } | { instead: string }

function decideAgain(row: DecisionRow, result: PlanResult | { failed: string }): Again {
  if ('failed' in result) return { instead: `the planner itself: ${result.failed}` }
  const { decisions, snapshotHash: hash } = result
  const about = decisions.filter((one) => one.kind !== 'alert' && one.orderIds.includes(row.orderId))
  const decision = about.find((one) => isSameChoice(row, one))
  const explanation = decision?.explanations.find((one) => one.orderId === row.orderId)
  if (!decision || !explanation) {
    const now = about.map((one) => `${one.kind} ${driverOf(one) ?? ''}`.trim()).join(', ')
    return { instead: `the choice: ${now || 'nothing'}` }
  }
  return {
    snapshotHash: hash,
    explanation: keptOf(explanation, row.driverId, isTell(decision) ? routeFor(decision, row.driverId) : []),
  }
}

function isSameChoice(row: DecisionRow, decision: Decision): boolean {
  if (row.kind === 'proposal' || row.kind === 'shadow') return isTell(decision) && driverOf(decision) === row.driverId
  if (decision.kind !== row.kind) return false
  if (decision.kind === 'offer_many') return decision.driverIds.some((id) => id === row.driverId)
  return !isTell(decision) || decision.driverId === row.driverId
}

const routeFor = (decision: TellDecision, driverId: DecisionRow['driverId']) =>
  decision.kind === 'offer_many' ? (decision.routes.find((route) => route.driverId === driverId)?.route ?? []) : decision.route

/** What staff saw when they chose: the ranking, and the route of whom they chose. */
function rankAgain({ orderId, driverId }: DecisionRow, { snapshot, policy, nowMs }: RecordedTick): Again {
  const seen = openSnapshot(snapshot)
  const hash = snapshotHash(seen, policy, nowMs)
  const ranked = rankCandidates(seen, policy, orderId, nowMs, driverId ?? undefined)
  if (!ranked.ok || driverId === null) return { instead: 'the choice: no ranking' }
  const cost = whatIf(seen, policy, orderId, driverId, nowMs)
  const route = cost.ok ? (cost.value.impact?.route ?? []) : []
  return { snapshotHash: hash, explanation: keptOf({ ...ranked.value, chosenDriverId: driverId }, driverId, route) }
}
