import { fail, ok, type Result, type UserId } from '@doorstep/shared/domain'
import { findDriver, insertOffer, orderStops } from '../drivers/index.ts'
import { type AdvanceError, advanceOrder, type OrderChange, type OrderRow } from '../orders/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { wayToPickup } from './carry-out.ts'
import { findDecision } from './decisions-sql.ts'
import type { CarryOutDeps } from './round.ts'
import type { ZonePolicy } from './zone-policy.ts'

/** Does what the planner proposed for an order that is locked: asks the driver, or sends them outright, as the policy says. */
export async function carryOutProposal(
  sql: Sql,
  deps: Pick<CarryOutDeps, 'participants'>,
  order: OrderRow,
  by: { actor: 'dispatcher' | 'admin' | 'system'; actorId: UserId | null; nowMs: number },
  policy: ZonePolicy,
): Promise<Result<OrderChange, AdvanceError | { kind: 'driver_offline'; name: string }>> {
  const driver = order.proposedDriverId ? await findDriver(sql, order.proposedDriverId) : undefined
  if (!driver) return fail({ kind: 'not_found' })
  if (driver.shiftStartedAt === null) return fail({ kind: 'driver_offline', name: driver.name })
  const { actor, actorId, nowMs } = by
  const isOffer = policy.name === 'scored-offers' || policy.mode === 'offer'
  const expiresAt = nowMs + policy.offerTimeoutS * 1000
  const decisionId = order.proposalDecisionId
  const decision = decisionId ? await findDecision(sql, decisionId) : undefined
  const moved = await advanceOrder(sql, deps.participants, {
    orderId: order.id,
    action: isOffer ? 'offer' : 'assign',
    actor,
    actorId,
    nowMs,
    patch: isOffer ? { attempts: order.attempts + 1, nextAttemptAt: null } : { driverId: driver.id },
    data: { driverId: driver.id, driverName: driver.name, decisionId, ...(isOffer ? { expiresAtMs: expiresAt } : {}) },
  })
  if (!moved.ok) return moved
  if (isOffer) {
    await insertOffer(sql, {
      id: newId(nowMs),
      orderId: order.id,
      driverId: driver.id,
      zoneId: order.zoneId,
      decisionId,
      offeredAt: nowMs,
      expiresAt,
      ...wayToPickup(decision?.explanation, driver.id),
    })
  } else if (decision) await orderStops(sql, driver.id, decision.explanation.route)
  return ok(moved.value)
}
