import type { MerchantOrder } from '@doorstep/shared/contract'
import { MessageSquareText } from 'lucide-react'

/** What to cook, and what the customer said about it. */
export function TicketLines({ order }: { order: MerchantOrder }) {
  return (
    <>
      <ul>
        {order.lines.map((line) => (
          <li key={`${line.itemId}-${line.note ?? ''}`}>
            <span className="b">{line.quantity}</span>
            <span>
              {line.name}
              {line.note && <span className="sm ink2 second">{line.note}</span>}
            </span>
          </li>
        ))}
      </ul>
      {order.instructions && (
        <p className="row sm note">
          <MessageSquareText size={18} strokeWidth={1.75} aria-hidden />
          <span className="b">{order.instructions}</span>
        </p>
      )}
    </>
  )
}
