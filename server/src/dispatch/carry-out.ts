import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { type DriverRow, findDriver, insertOffer, orderStops } from '../drivers/index.ts'
import { lockOrder, setNextAttempt } from '../orders/index.ts'
import type {
  AssignDecision,
  Decision,
  Explanation,
  GiveUpDecision,
  OfferDecision,
  OfferManyDecision,
  RefuseDecision,
  WaitDecision,
} from '../planner/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { advanceInRound, type CarryOutDeps, inRound, Overtaken, type Round } from './round.ts'
import { storeDecision } from './store-decision.ts'

/** Carries out one order's part of a decision, in a transaction of its own; answers whether the order changed. */
export function carryOut(deps: CarryOutDeps, round: Round, decision: Decision, orderId: OrderId): Promise<boolean> {
  const explanation = decision.explanations.find((one) => one.orderId === orderId)
  return inRound(deps, round, (sql) => carryOutForOrder(sql, deps, round, decision, { orderId, explanation }))
}

interface ForOrder {
  orderId: OrderId
  explanation: Explanation | undefined
}

async function carryOutForOrder(sql: Sql, deps: CarryOutDeps, round: Round, decision: Decision, one: ForOrder): Promise<boolean> {
  switch (decision.kind) {
    case 'offer':
    case 'offer_many':
      await makeOffers(sql, deps, round, decision, one)
      return true
    case 'assign':
      await assign(sql, deps, round, decision, one)
      return true
    case 'wait':
      return keepWaiting(sql, round, decision, one)
    case 'give_up':
    case 'refuse':
      await giveUp(sql, deps, round, decision, one)
      return true
    case 'alert':
      return false
  }
}

async function makeOffers(
  sql: Sql,
  deps: CarryOutDeps,
  round: Round,
  decision: OfferDecision | OfferManyDecision,
  { orderId, explanation }: ForOrder,
): Promise<void> {
  const routes = decision.kind === 'offer' ? [decision] : decision.routes
  for (const [index, { driverId, route }] of routes.entries()) {
    const driver = await freeDriver(sql, driverId)
    const decisionId = await storeDecision(sql, round, { kind: decision.kind, orderId, driverId, explanation, route })
    const { after } = await advanceInRound(sql, deps, round, {
      orderId,
      isLocked: index > 0,
      action: 'offer',
      patch: { attempts: decision.attempt, nextAttemptAt: null },
      data: { driverId, driverName: driver.name, expiresAtMs: decision.expiresMs, decisionId },
    })
    await insertOffer(sql, {
      id: newId(round.nowMs),
      orderId,
      driverId,
      zoneId: after.zoneId,
      decisionId,
      offeredAt: round.nowMs,
      expiresAt: decision.expiresMs,
      ...wayToPickup(explanation, driverId),
    })
  }
}

/** How far a driver has to the merchant, as the explanation of the decision says. */
export function wayToPickup(explanation: Pick<Explanation, 'candidates'> | undefined, driverId: DriverId) {
  const impact = explanation?.candidates.find((one) => one.driverId === driverId)?.impact
  return { toPickupM: Math.round((impact?.toMerchantKm ?? 0) * 1000), toPickupS: Math.round(impact?.toMerchantS ?? 0) }
}

async function assign(
  sql: Sql,
  deps: CarryOutDeps,
  round: Round,
  { driverId, route }: AssignDecision,
  { orderId, explanation }: ForOrder,
): Promise<void> {
  const driver = await freeDriver(sql, driverId)
  const decisionId = await storeDecision(sql, round, { kind: 'assign', orderId, driverId, explanation, route })
  await advanceInRound(sql, deps, round, {
    orderId,
    action: 'assign',
    patch: { driverId },
    data: { driverId, driverName: driver.name, decisionId },
  })
  await orderStops(sql, driverId, route)
  // The driver's row is locked since the stops changed, so nobody can have added another order meanwhile.
  const { stops, maxOrders } = (await findDriver(sql, driverId))!
  if (new Set(stops.map((stop) => stop.orderId)).size > maxOrders) throw new Overtaken('the driver holds too many orders')
}

async function freeDriver(sql: Sql, driverId: DriverId): Promise<DriverRow> {
  const driver = await findDriver(sql, driverId)
  if (!driver || driver.shiftStartedAt === null) throw new Overtaken('the driver is offline')
  return driver
}

async function keepWaiting(sql: Sql, round: Round, decision: WaitDecision, { orderId, explanation }: ForOrder): Promise<boolean> {
  if (decision.reason !== 'nobody_available') return false
  const order = await lockOrder(sql, orderId)
  if (order?.version !== round.orders.get(orderId)?.version) throw new Overtaken('the order')
  await storeDecision(sql, round, { kind: 'wait', orderId, driverId: null, explanation, route: [] })
  await setNextAttempt(sql, orderId, decision.attempt, decision.untilMs)
  return true
}

/**
 * Staff and customer are told. After a refusal the order counts as tried once, so that it is not refused again: unless
 * staff cancel it or promise a later time, it is carried as early as it can be.
 */
async function giveUp(
  sql: Sql,
  deps: CarryOutDeps,
  round: Round,
  decision: GiveUpDecision | RefuseDecision,
  { orderId, explanation }: ForOrder,
): Promise<void> {
  const decisionId = await storeDecision(sql, round, { kind: decision.kind, orderId, driverId: null, explanation, route: [] })
  const isRefusal = decision.kind === 'refuse'
  const cause = isRefusal
    ? { cause: decision.reason, bestDropMs: decision.bestDropMs && Math.round(decision.bestDropMs) }
    : { cause: 'nobody_took_it' }
  await advanceInRound(sql, deps, round, {
    orderId,
    action: 'give_up',
    patch: { attempts: isRefusal ? 1 : 0 },
    data: { decisionId, ...cause },
  })
}
