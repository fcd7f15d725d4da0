import { countOfferAnswer, endOffer, type OfferRow } from '../drivers/index.ts'
import { advanceOrder } from '../orders/index.ts'
import { inTransaction } from '../platform/index.ts'
import type { CarryOutDeps } from './carry-out.ts'

/** Ends offers whose time is over: the driver counts as having declined, the order is planned again without them. */
export async function expireOffers(deps: CarryOutDeps, offers: Iterable<OfferRow>, nowMs: number): Promise<number> {
  let expired = 0
  for (const offer of offers) {
    if (offer.expiresAt > nowMs) continue
    await inTransaction(deps.db, async (sql) => {
      if (!(await endOffer(sql, offer.id, 'expired', nowMs))) return
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
      if (!moved.ok && moved.error.kind !== 'wrong_state')
        throw new Error(`offer ${offer.id} could not expire: ${moved.error.kind}`)
    })
    expired++
  }
  return expired
}
