import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { AboutContext, ConnectionBar, Empty, Failed, Guarded, LoadingRows, Toasts, useLoadAbout, useView } from '../kit/index.ts'
import { BrowsePage } from './browse/browse-page.tsx'
import { QueuedOrder } from './cart/queued-order.tsx'
import { scrollForPage } from './page-scroll.ts'
import { words } from './words.ts'

const MenuPage = lazy(async () => ({ default: (await import('./menu/menu-page.tsx')).MenuPage }))
const PlacePage = lazy(async () => ({ default: (await import('./place/place-page.tsx')).PlacePage }))
const OrdersPage = lazy(async () => ({ default: (await import('./orders/orders-page.tsx')).OrdersPage }))
const TrackPage = lazy(async () => ({ default: (await import('./orders/track-page.tsx')).TrackPage }))

/** The customer's view: every page of it by its address. */
export function App() {
  const { api, clock } = useView()
  const about = useLoadAbout(api, clock)
  if (!about.data) return about.error ? <Failed error={about.error} retry={about.reload} /> : <LoadingRows rows={6} />
  return (
    <AboutContext value={about.data}>
      <a href="#content" className="skip">
        {words.skip}
      </a>
      <ConnectionBar />
      <QueuedOrder />
      <Page>
        <Switch>
          <Route path="/">
            <BrowsePage />
          </Route>
          <Route path="/place">
            <PlacePage />
          </Route>
          <Route path="/merchants/:id/:panel?">
            {({ id, panel }) => <MenuPage key={id} id={id} isOrderOpen={panel === 'order'} />}
          </Route>
          <Route path="/orders">
            <OrdersPage />
          </Route>
          <Route path="/orders/:id">{({ id }) => <TrackPage key={id} id={id} />}</Route>
          <Route>
            <Empty title={words.notFound}>
              <Link href="/" className="tb line">
                {words.home}
              </Link>
            </Empty>
          </Route>
        </Switch>
      </Page>
      <Toasts />
    </AboutContext>
  )
}

/** A page by itself: broken or loading alone, shown from its top, and where the reader's focus goes when it comes. */
function Page({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  const page = path.split('/').slice(0, 3).join('/')
  const element = useRef<HTMLDivElement>(null)
  const before = useRef(page)
  useEffect(() => {
    if (before.current === page) return
    before.current = page
    scrollForPage(page)
    element.current?.focus({ preventScroll: true })
  }, [page])
  return (
    <div ref={element} tabIndex={-1} className="page">
      <Guarded key={page}>
        <Suspense fallback={<LoadingRows rows={6} />}>{children}</Suspense>
      </Guarded>
    </div>
  )
}
