import type { Menu, Merchant } from '@doorstep/shared/contract'
import { ChevronRight, MapPin } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { Link } from 'wouter'
import { useFormat } from '../../kit/index.ts'
import { usePlace } from '../place/chosen-place.ts'
import { words } from '../words.ts'
import { atMenuPrices, checkAgainstMenu, subtotalMinor } from './cart.ts'
import { CartLines } from './cart-lines.tsx'
import { changeCart, useCart } from './cart-store.ts'
import { OrderButton } from './order-button.tsx'
import { PriceSums } from './price-sums.tsx'
import { TipPicker } from './tip-picker.tsx'
import { usePrice } from './use-price.ts'

/** The basket up to the one button: lines, where to, what it costs, the tip. */
export function OrderPanel({ merchant, menu }: { merchant: Merchant; menu: Menu | undefined }) {
  const cart = useCart()
  const chosen = usePlace((state) => state.chosen)
  const format = useFormat(merchant.timeZone)
  const states = useMemo(() => menu && checkAgainstMenu(cart, menu), [cart, menu])
  const isWhole = ![...(states?.values() ?? [])].some(({ kind }) => kind === 'gone' || kind === 'sold_out')
  const price = usePrice(cart, chosen, isWhole && merchant.isOpen)
  useEffect(() => {
    if (states) changeCart((now) => atMenuPrices(now, states))
  }, [states])

  if (!cart.merchant) return <p className="pad ink2 panel-empty">{words.cart.empty}</p>
  const { currency } = cart.merchant
  return (
    <div className="panel">
      <CartLines lines={cart.lines} states={states} currency={currency} />
      <Link href="/place" className="panel-place">
        <MapPin size={20} strokeWidth={1.75} aria-hidden />
        <span className="grow">
          <span className="cut">{chosen ? [chosen.address, chosen.details].filter(Boolean).join(', ') : words.place.choose}</span>
          {chosen?.note && <span className="sm ink2 cut">{chosen.note}</span>}
        </span>
        <ChevronRight size={20} strokeWidth={1.75} aria-hidden />
      </Link>
      <div aria-live="polite" aria-busy={!price.isCurrent}>
        {price.quote ? (
          <>
            <PriceSums price={price.quote.price} zoneId={merchant.zoneId} />
            <p className="sm ink2 panel-eta">{words.cart.eta(price.quote.etaMinutes)}</p>
          </>
        ) : (
          <dl className="sums">
            <div>
              <dt className="ink2">{words.cart.subtotal}</dt>
              <dd>{format.money(subtotalMinor(cart), currency)}</dd>
            </div>
          </dl>
        )}
      </div>
      <TipPicker key={cart.merchant.id} tipMinor={cart.tipMinor} currency={currency} />
      <OrderButton merchant={merchant} cart={cart} chosen={chosen} price={price} isWhole={isWhole} />
    </div>
  )
}
