import type { Menu, Merchant } from '@doorstep/shared/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type Format, Sheet, toast } from '../../kit/index.ts'
import { EMPTY_CART, pieces, quantityOf } from '../cart/cart.ts'
import { addToCart, changeCart, useCart } from '../cart/cart-store.ts'
import { words } from '../words.ts'

export type MenuItem = Menu['sections'][number]['items'][number]

interface Props {
  item: MenuItem
  merchant: Merchant
  format: Format
  nowMs: number
}

/** A dish with its price and the plus that takes it, or until when it is sold out. */
export function Dish({ item, merchant, format, nowMs }: Props) {
  const { id, name, description, priceMinor, isAvailable, unavailableUntilMs } = item
  const inCart = useCart((cart) => quantityOf(cart, id))
  const [isOther, setIsOther] = useState(false)
  const maker = { id: merchant.id, name: merchant.name, currency: merchant.currency }
  const add = () => {
    const problem = addToCart(maker, item)
    if (problem?.kind === 'other_merchant') setIsOther(true)
    else if (problem) toast(problem.kind === 'quantity' ? words.cart.tooMany : words.cart.tooLong)
  }
  const price = format.money(priceMinor, merchant.currency)
  const until =
    unavailableUntilMs === null ? words.menu.soldOut : words.menu.soldOutUntil(format.timeOrDay(unavailableUntilMs, nowMs))
  return (
    <li className={`dish ${isAvailable ? '' : 'out'}`}>
      <div>
        <h3 className="b">{name}</h3>
        {description && <p className="sm ink2">{description}</p>}
        <p className="sm">{isAvailable ? price : `${price}, ${until}`}</p>
      </div>
      {isAvailable && (
        <button
          type="button"
          className="tb sq line add"
          aria-label={inCart > 0 ? `${words.menu.add(name)}. ${words.menu.added(name, inCart)}` : words.menu.add(name)}
          onClick={add}
        >
          <Plus size={20} strokeWidth={1.75} aria-hidden />
          {inCart > 0 && (
            <span className="count" aria-hidden="true">
              {inCart}
            </span>
          )}
        </button>
      )}
      {isOther && (
        <OtherMerchantSheet
          here={merchant.name}
          onClose={() => setIsOther(false)}
          onStart={() => {
            setIsOther(false)
            changeCart(() => EMPTY_CART)
            add()
          }}
        />
      )}
    </li>
  )
}

function OtherMerchantSheet({ here, onStart, onClose }: { here: string; onStart: () => void; onClose: () => void }) {
  const cart = useCart()
  const there = cart.merchant?.name ?? ''
  return (
    <Sheet title={words.cart.otherTitle} onClose={onClose}>
      <div className="form">
        <p>{words.cart.otherText(there, pieces(cart), here)}</p>
        <button type="button" className="tb pri" onClick={onStart}>
          {words.cart.otherStart(here)}
        </button>
        <button type="button" className="tb line" onClick={onClose}>
          {words.cart.otherKeep(there)}
        </button>
      </div>
    </Sheet>
  )
}
