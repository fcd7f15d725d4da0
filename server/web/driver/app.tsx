import { Route, Router, Switch } from 'wouter'
import { Guarded, Slow, Toasts } from '../kit/index.ts'
import { useDriver, useDriverView } from './driver-context.ts'
import { EarningsScreen } from './earnings/earnings-screen.tsx'
import { OfferScreen } from './offer/offer-screen.tsx'
import { useOpenOffers } from './offer/use-open-offers.ts'
import { RouteScreen } from './route/route-screen.tsx'
import { GoOnline } from './shift/go-online.tsx'
import { OtherSeat, SignIn, Unreachable } from './shift/sign-in.tsx'
import { Waiting } from './shift/waiting.tsx'
import { shownState } from './state/shown-state.ts'
import { words } from './words.ts'

/** The driver's app. */
export function App() {
  const phase = useDriverView((view) => view.phase)
  return (
    <Guarded>
      {phase === 'loading' && <Loading />}
      {phase === 'unreachable' && <Unreachable />}
      {phase === 'signed_out' && <SignIn />}
      {phase === 'other_seat' && <OtherSeat />}
      {phase === 'ready' && <Day />}
      <Toasts />
    </Guarded>
  )
}

function Loading() {
  return (
    <main className="scr">
      <Slow>
        <output className="state ink2">{words.loading} …</output>
      </Slow>
    </main>
  )
}

/** An offer comes before everything else; else the page that was asked for. */
function Day() {
  const [offer, ...more] = useOpenOffers()
  const { attention } = useDriver()
  if (offer) return <OfferScreen key={offer.id} offer={offer} more={more.length} attention={attention} />
  return (
    <Router base="/driver">
      <Switch>
        <Route path="/earnings" component={EarningsScreen} />
        <Route component={Home} />
      </Switch>
    </Router>
  )
}

function Home() {
  const shown = useDriverView(shownState)
  if (!shown) return <Loading />
  if (shown.stops.length > 0) return <RouteScreen stops={shown.stops} route={shown.route} />
  return shown.shift ? <Waiting /> : <GoOnline />
}
