import type { Menu, Merchant } from '@doorstep/shared/contract'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Failed, hasCode, LoadingRows, Sheet, useFormat, useLoad, useNow, useView } from '../../kit/index.ts'
import { SearchField } from '../browse/filters.tsx'
import { Rating } from '../browse/merchant-row.tsx'
import { pieces, subtotalMinor } from '../cart/cart.ts'
import { useCart } from '../cart/cart-store.ts'
import { OrderPanel } from '../cart/order-panel.tsx'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import { MenuSections } from './menu-sections.tsx'
import { useIsWide } from './use-is-wide.ts'

/** A merchant's menu, and the order made from it: beside it where there is room, in a sheet where there is not. */
export function MenuPage({ id, isOrderOpen }: { id: string; isOrderOpen: boolean }) {
  const { api } = useView()
  const merchant = useLoad(`merchant ${id}`, (signal) => api.call('GET /merchants/:id', { params: { id }, signal }))
  const menu = useLoad(`menu ${id}`, (signal) => api.call('GET /merchants/:id/menu', { params: { id }, signal }))
  if (!merchant.data) {
    return (
      <main id="content">
        <TopBar title="" parent="/" />
        {merchant.error ? (
          <Failed error={merchant.error} retry={hasCode(merchant.error, 'not_found') ? undefined : merchant.reload} />
        ) : (
          <LoadingRows />
        )}
      </main>
    )
  }
  const retry = () => {
    merchant.reload()
    menu.reload()
  }
  return (
    <LoadedMenu merchant={merchant.data} menu={menu.data} isOrderOpen={isOrderOpen}>
      {!menu.data && (menu.error ? <Failed error={menu.error} retry={retry} /> : <LoadingRows />)}
    </LoadedMenu>
  )
}

interface LoadedProps {
  merchant: Merchant
  menu: Menu | undefined
  isOrderOpen: boolean
  children: React.ReactNode
}

function LoadedMenu({ merchant, menu, isOrderOpen, children }: LoadedProps) {
  const { clock } = useView()
  const format = useFormat(merchant.timeZone)
  const nowMs = useNow(clock, 30_000)
  const isWide = useIsWide()
  const cart = useCart()
  const [, navigate] = useLocation()
  const [isSearching, setIsSearching] = useState(false)
  const [text, setText] = useState('')
  const isHere = cart.merchant?.id === merchant.id
  const close = () => navigate(`/merchants/${merchant.id}`, { replace: true })
  return (
    <div className="menu-page">
      <main className="left" id="content">
        <TopBar title={merchant.name} parent="/">
          <button
            type="button"
            className="tb sq"
            aria-label={words.menu.search}
            aria-expanded={isSearching}
            onClick={() => setIsSearching(!isSearching)}
          >
            <Search size={22} strokeWidth={1.75} aria-hidden />
          </button>
        </TopBar>
        <MerchantFacts merchant={merchant} menu={menu} nowMs={nowMs} />
        {isSearching && <SearchField value={text} onChange={setText} label={words.menu.search} placeholder={words.menu.search} />}
        {children}
        {menu && <MenuSections menu={menu} merchant={merchant} format={format} nowMs={nowMs} text={isSearching ? text : ''} />}
        {!isWide && isHere && (
          <div className="dock">
            <Link href={`/merchants/${merchant.id}/order`} className="tb pri spread">
              <span className="cut">{words.menu.view(pieces(cart))}</span>
              <span>{format.money(subtotalMinor(cart), merchant.currency)}</span>
            </Link>
          </div>
        )}
      </main>
      {isWide && (
        <aside className="right" aria-labelledby="order-title">
          <h2 id="order-title" className="h order-title">
            {words.cart.title}
          </h2>
          <OrderHere merchant={merchant} menu={menu} isHere={isHere} />
        </aside>
      )}
      {!isWide && isOrderOpen && (
        <Sheet title={words.cart.title} onClose={close}>
          <OrderHere merchant={merchant} menu={menu} isHere={isHere} />
        </Sheet>
      )}
    </div>
  )
}

function OrderHere({ merchant, menu, isHere }: { merchant: Merchant; menu: Menu | undefined; isHere: boolean }) {
  const cart = useCart()
  const format = useFormat()
  if (isHere || !cart.merchant) return <OrderPanel merchant={merchant} menu={menu} />
  return (
    <div className="pad panel-empty">
      <Link href={`/merchants/${cart.merchant.id}/order`} className="tb line spread">
        <span className="cut">{words.browse.basket(cart.merchant.name, pieces(cart))}</span>
        <span>{format.money(subtotalMinor(cart), cart.merchant.currency)}</span>
      </Link>
    </div>
  )
}

function MerchantFacts({ merchant, menu, nowMs }: { merchant: Merchant; menu: Menu | undefined; nowMs: number }) {
  const format = useFormat(merchant.timeZone)
  const { isOpen, opensAtMs, etaMinutes, deliveryFeeMinor, currency, busyExtraMinutes } = merchant
  return (
    <div className="pad menu-facts">
      <p className="sm ink2 dot-sep">
        <Rating merchant={merchant} />
        {isOpen && <span>{words.browse.minutes(etaMinutes)}</span>}
        <span>{words.browse.fee(format.money(deliveryFeeMinor, currency))}</span>
        <span>{merchant.address}</span>
      </p>
      {!isOpen && (
        <p className="sm b">
          {opensAtMs === null ? words.menu.closed : words.menu.closedUntil(format.timeOrDay(opensAtMs, nowMs))}
        </p>
      )}
      {isOpen && busyExtraMinutes > 0 && <p className="sm c-late">{words.menu.busy(busyExtraMinutes)}</p>}
      {menu?.isDemo && <p className="sm ink3">{words.menu.demo}</p>}
    </div>
  )
}
