import type { OrderId } from '@doorstep/shared/domain'
import { findDriver, insertOffer, orderStops } from '../drivers/index.ts'
import { type AdvanceOrder, advanceOrder, findOrder, type OrderParticipant, setNextAttempt } from '../orders/index.ts'
import type {
  AssignDecision,
  Decision,
  Explanation,
  OfferDecision,
  OfferManyDecision,
  PlannedStop,
  PlanResult,
  WaitDecision,
} from '../planner/index.ts'
import { type Database, inTransaction, newId, type Sql } from '../platform/index.ts'
import { type DecisionRow, insertDecision, KEPT_CANDIDATES } from './decisions-sql.ts'

/** What carrying out decisions needs. */
export interface CarryOutDeps {
  db: Database
  participants: readonly OrderParticipant[]
}

/** The plan that decisions belong to, and the versions of the orders it was made from: what moved on since is left alone. */
export interface PlanRef extends Pick<PlanResult, 'policy' | 'snapshotHash'> {
  versions: Map<OrderId, number>
}

/** The order has moved on since the plan was made; the next tick sees it as it is. */
class Overtaken extends Error {}

/** Carries out one decision, order by order, each in a transaction of its own. Answers the orders that changed. */
export async function carryOut(deps: CarryOutDeps, ref: PlanRef, decision: Decision, nowMs: number): Promise<OrderId[]> {
  const changed: OrderId[] = []
  for (const orderId of decision.orderIds) {
    const explanation = decision.explanations.find((one) => one.orderId === orderId)
    try {
      if (await inTransaction(deps.db, (sql) => carryOutForOrder(sql, deps, ref, decision, { orderId, explanation, nowMs })))
        changed.push(orderId)
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error
    }
  }
  return changed
}

interface ForOrder {
  orderId: OrderId
  explanation: Explanation | undefined
  nowMs: number
}

async function carryOutForOrder(sql: Sql, deps: CarryOutDeps, ref: PlanRef, decision: Decision, one: ForOrder): Promise<boolean> {
  switch (decision.kind) {
    case 'offer':
    case 'offer_many':
      await makeOffers(sql, deps, ref, decision, one)
      return true
    case 'assign':
      await assign(sql, deps, ref, decision, one)
      return true
    case 'wait':
      return keepWaiting(sql, ref, decision, one)
    case 'give_up':
    case 'refuse': {
      const decisionId = await store(sql, ref, decision.kind, one, null, [])
      await advance(sql, deps, ref, {
        orderId: one.orderId,
        action: 'give_up',
        actor: 'system',
        actorId: null,
        nowMs: one.nowMs,
        patch: { attempts: 0 },
        data: { decisionId },
      })
      return true
    }
    case 'alert':
      return false
  }
}

async function makeOffers(
  sql: Sql,
  deps: CarryOutDeps,
  ref: PlanRef,
  decision: OfferDecision | OfferManyDecision,
  one: ForOrder,
): Promise<void> {
  const routes = decision.kind === 'offer' ? [decision] : decision.routes
  const { orderId, nowMs, explanation } = one
  const order = await findOrder(sql, orderId)
  if (!order) throw new Overtaken()
  for (const { driverId, route } of routes) {
    const driver = await findDriver(sql, driverId)
    const decisionId = await store(sql, ref, decision.kind, one, driverId, route)
    await advance(sql, deps, ref, {
      orderId,
      action: 'offer',
      actor: 'system',
      actorId: null,
      nowMs,
      patch: { attempts: decision.attempt, nextAttemptAt: null },
      data: { driverId, driverName: driver?.name ?? null, expiresAtMs: decision.expiresMs, decisionId },
    })
    const impact = explanation?.candidates.find((candidate) => candidate.driverId === driverId)?.impact
    const kilometres = explanation?.candidates
      .find((candidate) => candidate.driverId === driverId)
      ?.terms.find((term) => term.unit === 'km')?.amount
    await insertOffer(sql, {
      id: newId(nowMs),
      orderId,
      driverId,
      zoneId: order.zoneId,
      decisionId,
      offeredAt: nowMs,
      expiresAt: decision.expiresMs,
      toPickupM: Math.round((kilometres ?? 0) * 1000),
      toPickupS: Math.round(impact?.toMerchantS ?? 0),
    })
  }
}

async function assign(sql: Sql, deps: CarryOutDeps, ref: PlanRef, decision: AssignDecision, one: ForOrder): Promise<void> {
  const { driverId, route } = decision
  const driver = await findDriver(sql, driverId)
  if (!driver) throw new Overtaken()
  const decisionId = await store(sql, ref, 'assign', one, driverId, route)
  await advance(sql, deps, ref, {
    orderId: one.orderId,
    action: 'assign',
    actor: 'system',
    actorId: null,
    nowMs: one.nowMs,
    patch: { driverId },
    data: { driverId, driverName: driver.name, decisionId },
  })
  await orderStops(sql, driverId, toStopRefs(route))
}

async function keepWaiting(sql: Sql, ref: PlanRef, decision: WaitDecision, one: ForOrder): Promise<boolean> {
  if (decision.reason !== 'nobody_available') return false
  await store(sql, ref, 'wait', one, null, [])
  await setNextAttempt(sql, one.orderId, decision.attempt, decision.untilMs)
  return true
}

async function advance(sql: Sql, deps: CarryOutDeps, ref: PlanRef, wanted: AdvanceOrder): Promise<void> {
  const moved = await advanceOrder(sql, deps.participants, { ...wanted, expectedVersion: ref.versions.get(wanted.orderId) })
  if (!moved.ok) throw new Overtaken(moved.error.kind)
  // The next offer of the same decision follows on this one.
  ref.versions.set(wanted.orderId, moved.value.after.version)
}

async function store(
  sql: Sql,
  ref: PlanRef,
  kind: Decision['kind'],
  { orderId, explanation, nowMs }: ForOrder,
  driverId: DecisionRow['driverId'],
  route: readonly PlannedStop[],
): Promise<string | null> {
  if (!explanation) return null
  const order = await findOrder(sql, orderId)
  if (!order) throw new Overtaken()
  const id = newId(nowMs)
  const stored = { ...explanation, candidates: explanation.candidates.slice(0, KEPT_CANDIDATES), route: toStopRefs(route) }
  const { policy, snapshotHash } = ref
  await insertDecision(sql, {
    id,
    zoneId: order.zoneId,
    orderId,
    at: nowMs,
    policy,
    kind,
    driverId,
    snapshotHash,
    explanation: stored,
  })
  return id
}

const toStopRefs = (route: readonly PlannedStop[]) => route.map(({ orderId, kind }) => ({ orderId, kind }))
