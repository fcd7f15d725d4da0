import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { findDriver } from '../drivers/index.ts'
import { lockOrder } from '../orders/index.ts'
import type { Decision, Explanation } from '../planner/index.ts'
import type { Sql } from '../platform/index.ts'
import { carryOut } from './carry-out.ts'
import { carryOutProposal } from './proposal.ts'
import { choiceFor, isHardlyWorse, isTell, type ProposalStep, proposalStep } from './proposal-step.ts'
import { advanceInRound, type CarryOutDeps, inRound, Overtaken, type Round } from './round.ts'
import { storeDecision } from './store-decision.ts'
import type { ZonePolicy } from './zone-policy.ts'

/** Whom the planner would have told, by order, while it only looks on; lives as long as the loop. */
export type ShadowChoices = Map<OrderId, DriverId>

interface Act {
  decision: Decision
  orderId: OrderId
  step: ProposalStep
}

/**
 * Does what the policy's autonomy lets the planner do of its decisions: carry them out, propose them, or only remember
 * them. Answers the orders that changed. Each order is a transaction of its own.
 */
export async function actOnDecisions(
  deps: CarryOutDeps,
  round: Round,
  decisions: readonly Decision[],
  policy: ZonePolicy,
  shadow: ShadowChoices,
): Promise<OrderId[]> {
  const changed: OrderId[] = []
  const asked = new Set<DriverId>()
  for (const { decision, orderId, step } of stepsOf(round, decisions, policy)) {
    const done = await act(deps, round, policy, { decision, orderId, step }, asked)
    if (done) changed.push(orderId)
    if (policy.autonomy === 'shadow') await lookOn(deps, round, decision, orderId, shadow)
  }
  for (const orderId of shadow.keys()) if (!round.orders.has(orderId)) shadow.delete(orderId)
  return changed
}

/** Every order's step; drivers proposed earlier come last, so that nobody is asked twice in one round. */
function stepsOf(round: Round, decisions: readonly Decision[], policy: ZonePolicy): Act[] {
  const acts = decisions.flatMap((decision) =>
    decision.orderIds.flatMap((orderId): Act[] => {
      const order = round.orders.get(orderId)
      return order ? [{ decision, orderId, step: proposalStep(order, decision, policy, round.nowMs) }] : []
    }),
  )
  const isLate = ({ step }: Act) => step.kind === 'carry_out_proposal'
  return [...acts.filter((one) => !isLate(one)), ...acts.filter(isLate)]
}

function act(deps: CarryOutDeps, round: Round, policy: ZonePolicy, one: Act, asked: Set<DriverId>): Promise<boolean> | false {
  const { decision, orderId, step } = one
  switch (step.kind) {
    case 'nothing':
      return false
    case 'carry_out':
      if (isTell(decision)) for (const id of 'driverIds' in decision ? decision.driverIds : [decision.driverId]) asked.add(id)
      return carryOut(deps, round, decision, orderId)
    case 'carry_out_proposal':
      return inRound(deps, round, (sql) => keepWord(sql, deps, round, policy, orderId, asked))
    case 'propose':
      return inRound(deps, round, async (sql) => {
        const explanation = decision.explanations.find((one) => one.orderId === orderId)
        await propose(sql, deps, round, orderId, step, explanation)
        return true
      })
    case 'withdraw':
      return inRound(deps, round, async (sql) => {
        await withdraw(sql, deps, round, orderId)
        return true
      })
  }
}

/** The driver staff have seen proposed, and did not object to, is asked. */
async function keepWord(
  sql: Sql,
  deps: CarryOutDeps,
  round: Round,
  policy: ZonePolicy,
  orderId: OrderId,
  asked: Set<DriverId>,
): Promise<boolean> {
  const order = await lockOrder(sql, orderId)
  if (!order || order.version !== round.orders.get(orderId)?.version) throw new Overtaken('the order')
  const driver = order.proposedDriverId && (await findDriver(sql, order.proposedDriverId))
  const isFree = driver && !asked.has(driver.id) && new Set(driver.stops.map((stop) => stop.orderId)).size < driver.maxOrders
  const by = { actor: 'system', actorId: null, nowMs: round.nowMs } as const
  const isDone = isFree && (await carryOutProposal(sql, deps, order, by, policy)).ok
  if (isDone) asked.add(driver.id)
  // Taken by something else meanwhile: the planner proposes another in the next round.
  else await withdraw(sql, deps, round, orderId)
  return true
}

async function propose(
  sql: Sql,
  deps: CarryOutDeps,
  round: Round,
  orderId: OrderId,
  { driverId, route, actsAt }: Extract<ProposalStep, { kind: 'propose' }>,
  explanation: Explanation | undefined,
): Promise<void> {
  const driver = await findDriver(sql, driverId)
  const decisionId = await storeDecision(sql, round, { kind: 'proposal', orderId, driverId, explanation, route })
  await advanceInRound(sql, deps, round, {
    orderId,
    action: 'propose',
    patch: { proposedDriverId: driverId, proposalDecisionId: decisionId, proposalActsAt: actsAt },
    data: { driverId, driverName: driver?.name ?? null, decisionId, actsAtMs: actsAt },
  })
}

async function withdraw(sql: Sql, deps: CarryOutDeps, round: Round, orderId: OrderId): Promise<void> {
  await advanceInRound(sql, deps, round, {
    orderId,
    action: 'propose',
    patch: { proposedDriverId: null, proposalDecisionId: null, proposalActsAt: null },
    data: { driverId: null, isWithdrawn: true },
  })
}

/** Keeps whom the planner would have told, when that has changed, so that it can be compared with what staff do. */
async function lookOn(
  deps: CarryOutDeps,
  round: Round,
  decision: Decision,
  orderId: OrderId,
  shadow: ShadowChoices,
): Promise<void> {
  if (!isTell(decision)) return
  const { driverId, explanation } = choiceFor(decision, orderId)
  const before = shadow.get(orderId)
  if (before && (before === driverId || isHardlyWorse(explanation, before, driverId))) return
  const route = decision.kind === 'offer_many' ? decision.routes[0]!.route : decision.route
  const isKept = await inRound(deps, round, async (sql) => {
    await storeDecision(sql, round, { kind: 'shadow', orderId, driverId, explanation, route })
    return true
  })
  if (isKept) shadow.set(orderId, driverId)
}
