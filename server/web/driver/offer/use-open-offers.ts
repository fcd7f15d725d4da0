import type { Offer } from '@doorstep/shared/contract'
import { useMemo } from 'react'
import { useDriverView, useServerNow } from '../driver-context.ts'
import { shownState } from '../state/shown-state.ts'

/** Offers that can still be answered, the one that runs out first first. */
export function useOpenOffers(): Offer[] {
  const offers = useDriverView((view) => shownState(view)?.offers)
  const nowMs = useServerNow(500)
  const open = (offers ?? []).filter((offer) => offer.expiresAtMs > nowMs)
  const ids = open.map((offer) => offer.id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids say whether it is another list
  return useMemo(() => open.sort((a, b) => a.expiresAtMs - b.expiresAtMs), [ids, offers])
}
