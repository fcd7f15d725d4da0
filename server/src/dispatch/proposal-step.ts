import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { OrderRow } from '../orders/index.ts'
import type { AssignDecision, Decision, Explanation, OfferDecision, OfferManyDecision, PlannedStop } from '../planner/index.ts'
import { driverOf } from './plan-memory.ts'
import type { ZonePolicy } from './zone-policy.ts'

/** A decision that tells drivers about orders. */
export type TellDecision = OfferDecision | OfferManyDecision | AssignDecision

/** What a decision comes to, given how far the planner may act by itself and what it has proposed already. */
export type ProposalStep =
  | { kind: 'nothing' }
  | { kind: 'carry_out' }
  /** The driver proposed before is asked, though the planner has another one by now who is hardly better. */
  | { kind: 'carry_out_proposal' }
  | { kind: 'propose'; driverId: DriverId; route: readonly PlannedStop[]; actsAt: number | null }
  | { kind: 'withdraw' }

/** What proposes nothing new: who is at most this share dearer than the planner's choice of now. */
const AS_GOOD = 0.05

type Proposed = Pick<OrderRow, 'id' | 'pinnedDriverId' | 'proposedDriverId' | 'proposalActsAt' | 'exclusions'>

/** Decides what becomes of one order's part of a decision. Pure; docs/dispatch.md says the rules in words. */
export function proposalStep(
  order: Proposed,
  decision: Decision,
  policy: Pick<ZonePolicy, 'autonomy' | 'vetoWindowS'>,
  nowMs: number,
): ProposalStep {
  const { autonomy } = policy
  if (decision.kind === 'alert') return { kind: 'nothing' }
  if (autonomy === 'shadow') return order.proposedDriverId ? { kind: 'withdraw' } : { kind: 'nothing' }
  if (!isTell(decision)) return leaveStep(order, decision, policy, nowMs)
  if (autonomy === 'auto') return { kind: 'carry_out' }
  return tellStep(order, decision, policy, nowMs)
}

/** Nobody is told now; what was proposed for now goes, unless it is about to be due again. */
function leaveStep(
  order: Proposed,
  decision: Exclude<Decision, TellDecision>,
  { autonomy, vetoWindowS }: Pick<ZonePolicy, 'autonomy' | 'vetoWindowS'>,
  nowMs: number,
): ProposalStep {
  if (order.proposedDriverId && decision.kind === 'wait') {
    const isNear = decision.reason === 'later_is_free' && decision.untilMs <= nowMs + vetoWindowS * 1000
    return isNear && autonomy !== 'auto' ? { kind: 'nothing' } : { kind: 'withdraw' }
  }
  // Staff who rule a driver out are about to choose one: the customer is not told that there is nobody.
  const isWithStaff = autonomy === 'suggest' && order.exclusions.some(({ why }) => why === 'excluded')
  if (isWithStaff && decision.kind !== 'refuse') return { kind: 'nothing' }
  return { kind: 'carry_out' }
}

function tellStep(
  order: Proposed,
  decision: TellDecision,
  { autonomy, vetoWindowS }: Pick<ZonePolicy, 'autonomy' | 'vetoWindowS'>,
  nowMs: number,
): ProposalStep {
  const { proposedDriverId, proposalActsAt } = order
  const best = driverOf(decision)
  if (best === null) throw new Error(`${decision.kind} without a driver`)
  // Staff have chosen this driver already; the planner only says when.
  if (order.pinnedDriverId === best) return { kind: 'carry_out' }
  const route = decision.kind === 'offer_many' ? decision.routes[0]!.route : decision.route
  const actsAt = autonomy === 'veto' ? nowMs + vetoWindowS * 1000 : null
  const propose = { kind: 'propose', driverId: best, route, actsAt } as const
  const explanation = decision.explanations.find((one) => one.orderId === order.id)
  const isAsGood = proposedDriverId !== null && (proposedDriverId === best || isHardlyWorse(explanation, proposedDriverId, best))
  // A window that belongs to another autonomy begins anew.
  if (!isAsGood || (proposalActsAt === null) !== (actsAt === null)) return propose
  if (proposalActsAt === null || nowMs < proposalActsAt) return { kind: 'nothing' }
  return proposedDriverId === best ? { kind: 'carry_out' } : { kind: 'carry_out_proposal' }
}

/** Whether a driver could still have the order and costs hardly more than the planner's choice. */
export function isHardlyWorse(explanation: Explanation | undefined, driverId: DriverId, best: DriverId): boolean {
  const totalOf = (id: DriverId) => explanation?.candidates.find((one) => one.driverId === id && one.impact)?.total
  const [mine, bests] = [totalOf(driverId), totalOf(best)]
  if (mine === undefined || bests === undefined) return false
  const worseBy = explanation!.better === 'less' ? mine - bests : bests - mine
  return worseBy <= AS_GOOD * Math.abs(bests)
}

/** Whether a decision tells drivers. */
export function isTell(decision: Decision): decision is TellDecision {
  return decision.kind === 'offer' || decision.kind === 'offer_many' || decision.kind === 'assign'
}

/** The choice an explanation of one order belongs to, for who only looks on. */
export const choiceFor = (decision: TellDecision, orderId: OrderId) => ({
  driverId: driverOf(decision)!,
  explanation: decision.explanations.find((one) => one.orderId === orderId),
})
