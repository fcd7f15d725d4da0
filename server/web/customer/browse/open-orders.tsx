import { StatusChip } from '@doorstep/shared/ui'
import { ChevronRight } from 'lucide-react'
import { Link } from 'wouter'
import { useLoad, useView } from '../../kit/index.ts'
import { words } from '../words.ts'

/** Orders that are still on their way, above everything else. */
export function OpenOrders() {
  const { api, session } = useView()
  const me = session.use((state) => state.me)
  const { data } = useLoad(me?.role === 'customer' ? `open orders ${me.id}` : null, (signal) =>
    api.call('GET /orders', { query: { open: 'true', limit: 3 }, signal }),
  )
  if (!data || data.items.length === 0) return null
  return (
    <ul className="open-orders">
      {data.items.map((order) => (
        <li key={order.id}>
          <Link href={`/orders/${order.id}`} className="open-order">
            <span className="grow">
              <span className="b cut">{words.browse.openOrder(order.merchantName)}</span>
              <span className="sm">
                <StatusChip status={order.status} label={words.track.statuses[order.status]} />
              </span>
            </span>
            <ChevronRight size={20} strokeWidth={1.75} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  )
}
