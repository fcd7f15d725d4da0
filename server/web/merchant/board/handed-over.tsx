import type { MerchantOrder } from '@doorstep/shared/contract'
import { useFormats, useMerchantView } from '../merchant-context.ts'
import { words } from '../words.ts'

/** What was handed over today, the latest first, and how the day goes. */
export function HandedOver({ orders }: { orders: readonly MerchantOrder[] }) {
  const today = useMerchantView((view) => view.board?.today)
  const format = useFormats()
  return (
    <>
      <ol>
        {orders.map((order) => (
          <li key={order.id} className="hand">
            <span>
              <span className="b">{words.order(order.number)}</span>
              <span className="sm ink2 second">{order.driver?.name}</span>
            </span>
            <span className="ink2">{order.pickedUpAtMs !== null && format.time(order.pickedUpAtMs)}</span>
          </li>
        ))}
      </ol>
      {today && (
        <p className="sm ink2 today">
          {words.today(today.orders)}
          {today.onTimeShare !== null && `, ${words.onTime(today.onTimeShare)}`}
        </p>
      )}
    </>
  )
}
