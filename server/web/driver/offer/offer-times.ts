import type { Offer } from '@doorstep/shared/contract'

/** When an offer's stops would be reached: not before the food is ready, then the way to the door. */
export function offerTimes(
  offer: Pick<Offer, 'toPickupS' | 'legS' | 'readyAtMs'>,
  nowMs: number,
): { pickupAtMs: number; doneAtMs: number; minutes: number } {
  const pickupAtMs = nowMs + offer.toPickupS * 1_000
  const doneAtMs = Math.max(pickupAtMs, offer.readyAtMs ?? 0) + offer.legS * 1_000
  return { pickupAtMs, doneAtMs, minutes: Math.max(1, Math.ceil((doneAtMs - nowMs) / 60_000)) }
}
