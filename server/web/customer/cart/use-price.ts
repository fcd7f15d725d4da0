import type { ApiProblem, ReplyOf } from '@doorstep/shared/client'
import { useEffect, useState } from 'react'
import { useLoad, useView } from '../../kit/index.ts'
import type { ChosenPlace } from '../place/chosen-place.ts'
import { type Cart, toOrderLines } from './cart.ts'

export type Quote = ReplyOf<'POST /orders/price'>

/** Presses in quick succession are priced once. */
const SETTLE_MS = 200

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** What the basket costs, as the server says; `isCurrent` is false while a change is being priced. */
export function usePrice(
  cart: Cart,
  place: ChosenPlace | null,
  isOrderable: boolean,
): { quote: Quote | undefined; isCurrent: boolean; error: ApiProblem | undefined; reload: () => void } {
  const { api } = useView()
  const body =
    cart.merchant && place && isOrderable
      ? { merchantId: cart.merchant.id, lines: toOrderLines(cart), drop: dropOf(place), tipMinor: cart.tipMinor }
      : null
  const wanted = body && JSON.stringify(body)
  const settled = useSettled(wanted)
  const { data, error, isLoading, reload } = useLoad(settled && `price ${settled}`, (signal) =>
    api.call('POST /orders/price', { body: JSON.parse(settled!), signal }),
  )
  const [last, setLast] = useState<Quote>()
  if (data && data !== last) setLast(data)
  const isCurrent = wanted !== null && wanted === settled && data !== undefined && !isLoading
  return { quote: wanted === null ? undefined : (data ?? last), isCurrent, error, reload }
}

/** Where it goes, as the API takes it. */
export const dropOf = ({ place, address, details }: ChosenPlace) => ({
  place,
  address,
  details: details.trim() === '' ? null : details.trim(),
})
