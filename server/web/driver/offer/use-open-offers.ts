import type { Offer } from '@doorstep/shared/contract'
import { useDriverView, useServerNow } from '../driver-context.ts'
import { shownState } from '../state/shown-state.ts'

/** Offers that can still be answered, the one that runs out first first. */
export function useOpenOffers(): Offer[] {
  const offers = useDriverView((view) => shownState(view)?.offers)
  const nowMs = useServerNow(500)
  return (offers ?? []).filter((offer) => offer.expiresAtMs > nowMs).sort((a, b) => a.expiresAtMs - b.expiresAtMs)
}
