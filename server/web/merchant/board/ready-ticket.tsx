import type { MerchantOrder } from '@doorstep/shared/contract'
import { Check } from 'lucide-react'
import { useFormats, useMerchant, useMerchantView } from '../merchant-context.ts'
import { words } from '../words.ts'
import { DriverLine } from './driver-line.tsx'
import { TicketLines } from './ticket-lines.tsx'

/** An order that waits for its driver. */
export function ReadyTicket({ order }: { order: MerchantOrder }) {
  const { actions } = useMerchant()
  const isPending = useMerchantView((view) => view.pending.has(order.id))
  const format = useFormats()
  return (
    <article className="tk">
      <div className="row">
        <h3 className="no grow">{words.order(order.number)}</h3>
        {order.readyAtMs !== null && (
          <span className="row b c-idle since">
            <Check size={18} strokeWidth={2} aria-hidden />
            {format.time(order.readyAtMs)}
          </span>
        )}
      </div>
      <TicketLines order={order} />
      <DriverLine order={order} />
      <button
        type="button"
        className="tb line wide buttons"
        disabled={isPending || !order.driver}
        onClick={() => void actions.command(order, { kind: 'hand_over' })}
      >
        {isPending ? words.working : words.handOver}
      </button>
    </article>
  )
}
