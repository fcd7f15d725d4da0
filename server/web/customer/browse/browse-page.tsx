import { ChevronDown, MapPin, ReceiptText } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { Guarded, useAbout, useFormat, useNow, useView } from '../../kit/index.ts'
import { pieces, subtotalMinor } from '../cart/cart.ts'
import { useCart } from '../cart/cart-store.ts'
import { usePlace } from '../place/chosen-place.ts'
import { words } from '../words.ts'
import { CategoryBar, SearchField, useFilter } from './filters.tsx'
import { MerchantList } from './merchant-list.tsx'
import { OpenOrders } from './open-orders.tsx'
import { useIsMapWanted } from './use-is-map-wanted.ts'
import { useMerchants } from './use-merchants.ts'
import { Welcome } from './welcome.tsx'

const MerchantsMap = lazy(async () => ({ default: (await import('./merchants-map.tsx')).MerchantsMap }))

/** The first page: where to, who delivers there, and what is already in the basket. */
export function BrowsePage() {
  const chosen = usePlace((state) => state.chosen)
  const { clock } = useView()
  const { city } = useAbout()
  const [filter, setFilter] = useFilter()
  const merchants = useMerchants(filter)
  const nowMs = useNow(clock, 60_000)
  const map = useIsMapWanted(chosen !== null && merchants.items !== undefined)
  return (
    <div className={chosen ? 'browse' : 'browse unplaced'}>
      <main className="left" id="content">
        <BrowseTop />
        {chosen && (
          <div className="browse-map">
            {map.isShown ? (
              <Guarded>
                <Suspense fallback={<p className="map-note">{words.mapLoading}</p>}>
                  <MerchantsMap place={chosen.place} merchants={merchants.items ?? []} />
                </Suspense>
              </Guarded>
            ) : (
              map.mayShow && (
                <button type="button" className="tb line" onClick={map.show}>
                  {words.showMap}
                </button>
              )
            )}
          </div>
        )}
        {!chosen && <Welcome />}
        <OpenOrders />
        <div className="browse-find">
          <SearchField
            value={filter.q}
            onChange={(q) => setFilter({ q })}
            label={words.browse.searchLabel}
            placeholder={words.browse.search}
          />
          <CategoryBar filter={filter} onChange={setFilter} />
        </div>
        <h2 className="vh">{chosen ? words.browse.list : words.browse.listCity(city.title)}</h2>
        <MerchantList
          merchants={merchants}
          filter={filter}
          onClear={() => setFilter({ q: '', category: '', openNow: false })}
          isPlaced={chosen !== null}
          nowMs={nowMs}
        />
        <BasketDock />
      </main>
    </div>
  )
}

function BrowseTop() {
  const chosen = usePlace((state) => state.chosen)
  return (
    <header className="browse-top">
      <h1 className={chosen ? 'h word vh' : 'h word'}>{words.app}</h1>
      <Link href="/place" className="place" aria-label={chosen ? words.place.change(chosen.address) : words.place.choose}>
        <MapPin size={20} strokeWidth={1.75} aria-hidden />
        <span className="cut">
          <span className="b">{chosen?.address ?? words.place.choose}</span>{' '}
          {chosen?.details && <span className="ink2">{chosen.details}</span>}
        </span>
        <ChevronDown size={20} strokeWidth={1.75} aria-hidden />
      </Link>
      <Link href="/orders" className="tb sq" aria-label={words.browse.orders}>
        <ReceiptText size={22} strokeWidth={1.75} aria-hidden />
      </Link>
    </header>
  )
}

function BasketDock() {
  const cart = useCart()
  const format = useFormat()
  if (!cart.merchant) return null
  return (
    <div className="dock">
      <Link href={`/merchants/${cart.merchant.id}/order`} className="tb pri spread">
        <span className="cut">{words.browse.basket(cart.merchant.name, pieces(cart))}</span>
        <span>{format.money(subtotalMinor(cart), cart.merchant.currency)}</span>
      </Link>
    </div>
  )
}
