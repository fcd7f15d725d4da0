import type { Offer } from '@doorstep/shared/contract'
import { useEffect, useState } from 'react'
import { useDriver, useDriverView, useFormats, useServerNow } from '../driver-context.ts'
import { LazyDriverMap } from '../map/lazy-driver-map.tsx'
import type { Attention } from '../state/attention.ts'
import { words } from '../words.ts'
import { countdown } from './countdown.ts'
import { CountdownRing } from './countdown-ring.tsx'
import { offerTimes } from './offer-times.ts'

const RING_MS = 200

/** A new offer, over everything: what it pays, what it takes, and how long there is to answer. */
export function OfferScreen({ offer, more, attention }: { offer: Offer; more: number; attention: Attention }) {
  const { actions, core } = useDriver()
  const format = useFormats()
  const nowMs = useServerNow(RING_MS)
  const [isAnswered, setIsAnswered] = useState(false)
  useEffect(() => attention.ring(), [attention])
  const left = countdown(offer, nowMs, core.clock.speed())
  const times = offerTimes(offer, nowMs)
  const answer = (action: 'accept' | 'decline') => {
    setIsAnswered(true)
    void actions.answer(offer, action)
  }
  return (
    <main className="scr offer-scr">
      <h1 className="vh">{words.offer.title}</h1>
      <OfferMap offer={offer} />
      <section className="offer grow">
        <div className="row offer-head">
          <div className="grow">
            <p className="ink2">{words.offer.heading(offer.number)}</p>
            <p className="pay">{format.money(offer.payMinor, offer.currency)}</p>
            <p className="ink2 sm">
              {offer.tipMinor > 0 ? words.offer.tip(format.money(offer.tipMinor, offer.currency)) : words.offer.noTip}
            </p>
          </div>
          <CountdownRing {...left} />
        </div>
        <div className="facts">
          <Fact value={format.distance(offer.toPickupM + offer.legM)} label={words.offer.total} />
          <Fact value={words.offer.minutes(times.minutes)} label={words.offer.done(format.time(times.doneAtMs))} />
          <Fact value={String(offer.itemCount)} label={words.offer.items(offer.itemCount)} />
        </div>
        <OfferStops offer={offer} {...times} />
        {more > 0 && <p className="sm ink2 offer-more">{words.offer.more(more)}</p>}
      </section>
      <div className="dock">
        <button type="button" className="tb pri press" disabled={left.isOver || isAnswered} onClick={() => answer('accept')}>
          {isAnswered ? words.offer.accepting : words.offer.accept}
        </button>
        <button type="button" className="tb line wide" disabled={left.isOver || isAnswered} onClick={() => answer('decline')}>
          {words.offer.decline}
        </button>
      </div>
    </main>
  )
}

function Fact({ value, label }: { value: string; label: string }) {
  return (
    <div>
      <div className="h">{value}</div>
      <div className="sm ink2">{label}</div>
    </div>
  )
}

function OfferStops({ offer, pickupAtMs, doneAtMs }: { offer: Offer; pickupAtMs: number; doneAtMs: number }) {
  const format = useFormats()
  const minutes = (seconds: number) => words.offer.minutes(Math.max(1, Math.round(seconds / 60)))
  return (
    <ol className="stops">
      <li>
        <span className="sn P">1</span>
        <span>
          {offer.merchant.name}
          <span className="sm ink2 second">
            {words.offer.toPickup(format.distance(offer.toPickupM), minutes(offer.toPickupS))}
          </span>
        </span>
        <span className="ink2">{format.time(pickupAtMs)}</span>
      </li>
      <li>
        <span className="sn D">2</span>
        <span>
          {offer.drop.address}
          <span className="sm ink2 second">{words.offer.leg(format.distance(offer.legM), minutes(offer.legS))}</span>
        </span>
        <span className="ink2">{format.time(doneAtMs)}</span>
      </li>
    </ol>
  )
}

function OfferMap({ offer }: { offer: Offer }) {
  const fix = useDriverView((view) => view.fix)
  return (
    <div className="offer-map">
      <LazyDriverMap
        fix={fix}
        pair={[offer.merchant.place, offer.drop.place]}
        stops={[
          { ...offer.merchant.place, kind: 'pickup', look: 'planned', tag: '1' },
          { ...offer.drop.place, kind: 'drop', look: 'planned', tag: '2' },
        ]}
        line={NO_LINE}
        fitKey={offer.id}
      />
    </div>
  )
}

const NO_LINE: [number, number][] = []
