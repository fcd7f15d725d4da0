import { type DriverId, fail, type OrderId, ok, type Result } from '@doorstep/shared/domain'
import { type AdvanceError, advanceOrder, type OrderChange, type OrderParticipant } from '../orders/index.ts'
import type { Sql } from '../platform/index.ts'
import { countOfferAnswer, findDriver, type StopRef } from './drivers-sql.ts'
import { endOffer, lastOffer } from './offers-sql.ts'
import { orderStops } from './order-stops.ts'

/** A driver's answer to an offer. */
export interface OfferAnswer {
  orderId: OrderId
  driverId: DriverId
  userId: string
  nowMs: number
}

/** Why an answer came too late or was never asked for; nothing has changed. */
export type OfferAnswerError =
  | AdvanceError
  | { kind: 'no_offer' }
  | { kind: 'offer_expired' }
  | { kind: 'offer_taken' }
  | { kind: 'driver_busy'; maxOrders: number }

/**
 * Takes an offered order, exactly once: the order's row lock decides between drivers who accept at the same moment.
 * A repeat by the same driver is a success that changes nothing.
 */
export async function acceptOffer(
  sql: Sql,
  participants: readonly OrderParticipant[],
  answer: OfferAnswer,
  plannedStops: (sql: Sql, decisionId: string) => Promise<readonly StopRef[]>,
): Promise<Result<OrderChange | null, OfferAnswerError>> {
  const { orderId, driverId, nowMs } = answer
  const offer = await lastOffer(sql, orderId, driverId)
  const driver = await findDriver(sql, driverId)
  if (!offer || !driver) return fail({ kind: 'no_offer' })
  if (offer.outcome === 'accepted') return ok(null)
  if (offer.outcome === 'withdrawn') return fail({ kind: 'offer_taken' })
  if (offer.outcome !== 'open' || offer.expiresAt <= nowMs) return fail({ kind: 'offer_expired' })
  const active = new Set(driver.stops.map((stop) => stop.orderId)).size
  if (active >= driver.maxOrders) return fail({ kind: 'driver_busy', maxOrders: driver.maxOrders })
  if (!(await endOffer(sql, offer.id, 'accepted', nowMs))) return fail({ kind: 'offer_taken' })
  const moved = await advanceOrder(sql, participants, {
    orderId,
    action: 'accept_offer',
    actor: 'driver',
    actorId: answer.userId,
    nowMs,
    patch: { driverId },
    data: {
      driverId,
      driverName: driver.name,
      decisionId: offer.decisionId,
      answeredInS: Math.round((nowMs - offer.offeredAt) / 1000),
    },
  })
  if (!moved.ok) return moved.error.kind === 'wrong_state' ? fail({ kind: 'offer_taken' }) : moved
  await countOfferAnswer(sql, driverId, true)
  if (offer.decisionId) await orderStops(sql, driverId, await plannedStops(sql, offer.decisionId))
  return moved
}

/** Declines an offered order; it goes back to be planned without this driver. */
export async function declineOffer(
  sql: Sql,
  participants: readonly OrderParticipant[],
  answer: OfferAnswer,
  reason: string | null,
): Promise<Result<OrderChange | null, OfferAnswerError>> {
  const { orderId, driverId, nowMs } = answer
  const offer = await lastOffer(sql, orderId, driverId)
  if (!offer) return fail({ kind: 'no_offer' })
  if (offer.outcome === 'declined') return ok(null)
  if (!(await endOffer(sql, offer.id, 'declined', nowMs, reason))) return fail({ kind: 'offer_expired' })
  const driver = await findDriver(sql, driverId)
  await countOfferAnswer(sql, driverId, false)
  return advanceOrder(sql, participants, {
    orderId,
    action: 'decline_offer',
    actor: 'driver',
    actorId: answer.userId,
    nowMs,
    data: { driverId, driverName: driver?.name ?? null, reason },
  })
}
