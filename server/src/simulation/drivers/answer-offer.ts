import type { Rng } from '@doorstep/shared/domain'
import { between } from '../chance.ts'

/** What a driver makes of an offer, and after how long; one who lets it expire never answers. */
export interface OfferAnswer {
  answer: 'accept' | 'decline' | 'let_expire'
  afterMs: number
}

const DECLINED = 0.08
const LEFT = 0.02

/** Decides about an offer: most are accepted within seconds. */
export function answerOffer(rng: Rng): OfferAnswer {
  const mood = rng()
  const answer = mood < LEFT ? 'let_expire' : mood < LEFT + DECLINED ? 'decline' : 'accept'
  return { answer, afterMs: between(rng, 3_000, 12_000) }
}
