/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a cell of a virtual list */
import type { BoardOrder } from '@doorstep/shared/contract'
import { MessageSquareText, Pin } from 'lucide-react'
import { useConsoleState } from '../live/console-context.ts'
import { initials } from './format.ts'

/** Marks at the end of a row: who else looks at the order, that a driver is set by staff, that there is a note. */
export function QueueFlags({ order }: { order: BoardOrder }) {
  const seenBy = useConsoleState((s) => s.others.find((other) => other.orderId === order.id)?.name)
  const pinned = useConsoleState((s) =>
    order.pinnedDriverId ? (s.drivers.get(order.pinnedDriverId)?.name ?? 'a driver') : undefined,
  )
  const pinWords = order.driverId ? 'Driver set by staff' : `Only for ${pinned}`
  return (
    <span role="gridcell" className="fg">
      {pinned && (
        <span title={pinWords}>
          <Pin size={12} strokeWidth={1.75} aria-label={pinWords} />
        </span>
      )}
      {seenBy ? (
        <i className="av s other" title={`${seenBy} is looking at this`}>
          {initials(seenBy)}
        </i>
      ) : (
        order.note && (
          <span title={order.note}>
            <MessageSquareText size={12} strokeWidth={1.75} aria-label={`Note: ${order.note}`} />
          </span>
        )
      )}
    </span>
  )
}
