import type { Merchant } from '@doorstep/shared/contract'
import { useState } from 'react'
import { Link } from 'wouter'
import { describeProblem, useFormat, useView } from '../../kit/index.ts'
import { SignInSheet } from '../account/sign-in-sheet.tsx'
import type { ChosenPlace } from '../place/chosen-place.ts'
import { words } from '../words.ts'
import { type Cart, toOrderLines } from './cart.ts'
import { placeOrder, useAttempt, usePlacing } from './place-order.ts'
import { dropOf, type usePrice } from './use-price.ts'

interface Props {
  merchant: Merchant
  cart: Cart
  chosen: ChosenPlace | null
  price: ReturnType<typeof usePrice>
  /** Everything in the basket can be had. */
  isWhole: boolean
}

/** The one button, and why it cannot be pressed where it cannot. */
export function OrderButton({ merchant, cart, chosen, price, isWhole }: Props) {
  const view = useView()
  const format = useFormat()
  const session = view.session.use()
  const { isSending, problem, needsSignIn } = usePlacing()
  const isWaiting = useAttempt((state) => state.attempt !== null) && !needsSignIn
  const [isSigningIn, setIsSigningIn] = useState(false)

  if (!chosen) {
    return (
      <Link href="/place" className="tb pri">
        {words.cart.needPlace}
      </Link>
    )
  }
  const { quote, isCurrent, error } = price
  const send = () => {
    if (!quote) return
    const { totalMinor } = quote.price
    const body = {
      merchantId: merchant.id as string,
      lines: toOrderLines(cart),
      drop: dropOf(chosen),
      instructions: chosen.note.trim() === '' ? null : chosen.note.trim(),
      tipMinor: cart.tipMinor,
      expectedTotalMinor: totalMinor,
    }
    void placeOrder(view, { body, merchantName: merchant.name })
  }
  const order = () => (session.me?.role === 'customer' ? send() : setIsSigningIn(true))
  const shown = problem ?? error
  return (
    <>
      <div role="alert">
        {!merchant.isOpen && <p className="notice">{words.cart.closed(merchant.name)}</p>}
        {shown && (
          <p className="problem">
            {describeProblem(shown)}{' '}
            {error && (
              <button type="button" className="inline-link" onClick={price.reload}>
                {words.tryAgain}
              </button>
            )}
          </p>
        )}
      </div>
      <button
        type="button"
        className="tb pri spread"
        disabled={!merchant.isOpen || !isWhole || !quote || !isCurrent || isSending || isWaiting}
        onClick={order}
      >
        <span>{isSending || isWaiting ? words.cart.sending : words.cart.order}</span>
        {quote && <span>{format.money(quote.price.totalMinor, quote.price.currency)}</span>}
      </button>
      {(isSigningIn || needsSignIn) && (
        <SignInSheet
          onDone={() => {
            setIsSigningIn(false)
            usePlacing.setState({ needsSignIn: false, problem: null })
            send()
          }}
          onClose={() => {
            setIsSigningIn(false)
            usePlacing.setState({ needsSignIn: false })
          }}
        />
      )}
    </>
  )
}
