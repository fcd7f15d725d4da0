import type { OrderId } from '@doorstep/shared/domain'
import { countOfferAnswer, endOffer, type OfferRow } from '../drivers/index.ts'
import { advanceOrder } from '../orders/index.ts'
import type { Sql } from '../platform/index.ts'
import { type CarryOutDeps, inRound, type Round } from './round.ts'

/**
 * Ends offers whose time is over: the driver counts as having declined, the order is planned again without them. Answers
 * the orders they were of. The offer's own row decides between this and an answer that comes at the same moment.
 */
export async function expireOffers(
  deps: CarryOutDeps,
  round: Pick<Round, 'nowMs' | 'isOurs'>,
  offers: readonly OfferRow[],
): Promise<OrderId[]> {
  const ended: OrderId[] = []
  for (const offer of offers) {
    if (offer.expiresAt > round.nowMs) continue
    await inRound(deps, round, (sql) => expire(sql, deps, offer, round.nowMs))
    ended.push(offer.orderId)
  }
  return ended
}

async function expire(sql: Sql, deps: CarryOutDeps, offer: OfferRow, nowMs: number): Promise<boolean> {
  if (!(await endOffer(sql, offer.id, 'expired', nowMs))) return false
  await countOfferAnswer(sql, offer.driverId, false)
  const moved = await advanceOrder(sql, deps.participants, {
    orderId: offer.orderId,
    action: 'expire_offer',
    actor: 'system',
    actorId: null,
    nowMs,
    data: { driverId: offer.driverId },
  })
  // Taken or cancelled in the meantime: the offer is over all the same.
  if (!moved.ok && moved.error.kind !== 'wrong_state') throw new Error(`offer ${offer.id} could not expire: ${moved.error.kind}`)
  return true
}
