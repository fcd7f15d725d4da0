import type { DriverState, Offer } from '@doorstep/shared/contract'
import { answerOffer, pickinessOf } from './answer-offer.ts'
import type { DriverDeps } from './driver-deps.ts'

/** Answers each offer once, after a while, if it is still open then. `answered` gets how things stand afterwards. */
export function createOfferAnswers(
  deps: Pick<DriverDeps, 'call' | 'clock' | 'rng' | 'isOurs' | 'count'>,
  isOpen: (offer: Offer) => boolean,
  answered: (state: DriverState | undefined) => void,
): (offers: readonly Offer[]) => void {
  const { call, clock, rng, count } = deps
  const seen = new Set<string>()
  const pickiness = pickinessOf(rng)

  const giveAnswer = async (offer: Offer, answer: 'accept' | 'decline') => {
    if (!isOpen(offer) || !deps.isOurs()) return
    const params = { orderId: offer.orderId }
    const given =
      answer === 'accept'
        ? await call('POST /driver/offers/:orderId/accept', { params })
        : await call('POST /driver/offers/:orderId/decline', { params, body: { reason: 'Too far for me now' } })
    count(given.ok ? `offer ${answer}` : `offer ${answer} refused`)
    if (deps.isOurs()) answered(given.ok ? given.value : undefined)
  }
  return (offers) => {
    for (const offer of offers) {
      if (seen.has(offer.id)) continue
      seen.add(offer.id)
      const { answer, afterMs } = answerOffer(rng, offer, pickiness)
      if (answer === 'let_expire') count('offer let expire')
      else clock.after(afterMs, () => void giveAnswer(offer, answer))
    }
  }
}
