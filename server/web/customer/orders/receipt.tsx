import type { Order } from '@doorstep/shared/contract'
import { ChevronRight } from 'lucide-react'
import { useFormat } from '../../kit/index.ts'
import { PriceSums } from '../cart/price-sums.tsx'
import { words } from '../words.ts'

/** What was ordered, where it goes and what it cost, behind one line. */
export function Receipt({ order }: { order: Order }) {
  const format = useFormat()
  const { merchant, lines, price, drop, instructions } = order
  const count = lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <details className="hr receipt">
      <summary className="row">
        <span className="grow cut">
          <span className="b">{merchant.name}</span> <span className="ink2">{words.orders.items(count)}</span>
        </span>
        <span>{format.money(price.totalMinor, price.currency)}</span>
        <ChevronRight size={20} strokeWidth={1.75} aria-hidden />
      </summary>
      <ul>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are captured and never move
          <li key={`${line.itemId} ${i}`} className="receipt-line">
            <span>
              {words.track.each(line.quantity, line.name)}
              {line.note && <span className="sm ink2 receipt-note">{line.note}</span>}
            </span>
            <span>{format.money(line.unitPriceMinor * line.quantity, price.currency)}</span>
          </li>
        ))}
      </ul>
      <PriceSums price={price} zoneId={order.zoneId} />
      <p className="sm ink2">{words.track.deliverTo}</p>
      <p>{[drop.address, drop.details].filter(Boolean).join(', ')}</p>
      {instructions && <p className="sm ink2">{instructions}</p>}
    </details>
  )
}
