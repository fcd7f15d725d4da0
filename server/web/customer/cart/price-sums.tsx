import { useFormat, useLoad, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import type { Quote } from './use-price.ts'

/** The price broken down, before anything is pressed. */
export function PriceSums({ price, zoneId }: { price: Quote['price']; zoneId: string | undefined }) {
  const format = useFormat()
  const { api } = useView()
  const zones = useLoad('zones', (signal) => api.call('GET /zones', { signal }))
  const share = zones.data?.items.find((zone) => zone.id === zoneId)?.serviceFeeShare
  const percent =
    share === undefined ? '' : new Intl.NumberFormat(format.locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)
  const row = (label: string, amountMinor: number, isTotal = false) => (
    <div className={isTotal ? 'b' : ''}>
      <dt className={isTotal ? '' : 'ink2'}>{label}</dt>
      <dd>{format.money(amountMinor, price.currency)}</dd>
    </div>
  )
  return (
    <dl className="sums">
      {row(words.cart.subtotal, price.subtotalMinor)}
      {row(words.cart.delivery, price.deliveryFeeMinor)}
      {row(words.cart.service(percent), price.serviceFeeMinor)}
      {row(words.cart.tip, price.tipMinor)}
      {row(words.cart.total, price.totalMinor, true)}
    </dl>
  )
}
