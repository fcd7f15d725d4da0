import type { Offer } from '@doorstep/shared/contract'
import type { Rng } from '@doorstep/shared/domain'
import { between } from '../chance.ts'

/** What a driver makes of an offer, and after how long; one who lets it expire never answers. */
export interface OfferAnswer {
  answer: 'accept' | 'decline' | 'let_expire'
  afterMs: number
}

/** What of an offer a driver weighs: the pay against the way. */
export type OfferTerms = Pick<Offer, 'payMinor' | 'tipMinor' | 'toPickupM' | 'legM'>

const DECLINED = 0.08
const LEFT = 0.02
/** Pay in minor units for a kilometre of the whole way at which the usual share declines; at half of it twice as many do. */
const USUAL_PER_KM = 230
/** However well or badly it pays, so many times the usual share decline at least and at most. */
const DECLINED_FACTOR = { least: 0.25, most: 6 }
/** Beyond the door itself: a way of nothing is no way to divide by. */
const LEAST_KM = 0.5

/** How much more often than others a driver declines: each has a mind of their own. */
export const pickinessOf = (rng: Rng): number => between(rng, 0.4, 1.6)

/** Decides about an offer: most are accepted within seconds, the fewer the less it pays for its kilometres. */
export function answerOffer(rng: Rng, offer: OfferTerms, pickiness: number): OfferAnswer {
  const km = Math.max(LEAST_KM, (offer.toPickupM + offer.legM) / 1000)
  const perKm = Math.max(1, offer.payMinor + offer.tipMinor) / km
  const factor = Math.min(DECLINED_FACTOR.most, Math.max(DECLINED_FACTOR.least, USUAL_PER_KM / perKm))
  const mood = rng()
  const answer = mood < LEFT ? 'let_expire' : mood < LEFT + DECLINED * factor * pickiness ? 'decline' : 'accept'
  return { answer, afterMs: between(rng, 3_000, 12_000) }
}
