import type { Decision } from './decision.ts'
import { type Offered, offeredDrivers } from './eligibility.ts'
import { explainScores } from './explain-scores.ts'
import type { ScoredOffersPolicy } from './policy.ts'
import { byUrgency, isOpen, offeredUntilMs, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerOrder } from './types.ts'

/** One decision per order nobody has: the driver with the best score gets an offer, one order at a time. */
export function scoredOffers(index: SnapshotIndex, policy: ScoredOffersPolicy): Decision[] {
  const offered = offeredDrivers(index.snapshot.orders, index.nowMs)
  return index.snapshot.orders
    .filter(isOpen)
    .toSorted(byUrgency)
    .map((order) => decide(index, policy, offered, order))
}

function decide(index: SnapshotIndex, policy: ScoredOffersPolicy, offered: Offered, order: PlannerOrder): Decision {
  const { nowMs } = index
  const wait = {
    kind: 'wait',
    orderIds: [order.id],
    explanations: [],
    plannedDriverId: null,
    route: [],
    attempt: order.attempts,
  } as const
  const pending = offeredUntilMs(order)
  if (pending > nowMs) return { ...wait, reason: 'offer_pending', untilMs: pending }
  if (order.hold) return { ...wait, reason: 'on_hold', untilMs: nowMs + policy.retryS * 1000 }
  if (order.attempts >= policy.maxAttempts) {
    const explanation = explainScores(index, policy, offered, order)
    return {
      kind: 'give_up',
      orderIds: [order.id],
      explanations: [{ ...explanation, chosenDriverId: null }],
      attempt: order.attempts,
    }
  }
  if (order.retryAtMs !== null && order.retryAtMs > nowMs) {
    return { ...wait, reason: 'between_attempts', untilMs: order.retryAtMs }
  }
  const explanation = explainScores(index, policy, offered, order)
  const best = explanation.candidates[0]
  const attempt = order.attempts + 1
  if (best) {
    offered.set(best.driverId, order.id)
    return {
      kind: 'offer',
      orderIds: [order.id],
      explanations: [explanation],
      driverId: best.driverId,
      expiresMs: nowMs + policy.offerTimeoutS * 1000,
      commitByMs: nowMs,
      attempt,
      route: best.impact?.route ?? [],
    }
  }
  if (attempt >= policy.maxAttempts) return { kind: 'give_up', orderIds: [order.id], explanations: [explanation], attempt }
  return { ...wait, reason: 'nobody_available', explanations: [explanation], attempt, untilMs: nowMs + policy.retryS * 1000 }
}
