import type { BoardOrder } from '@doorstep/shared/contract'
import { Pin } from 'lucide-react'
import { shortName } from '../board/format.ts'
import { Glyph } from '../board/glyph.tsx'
import { PriorityMark } from '../board/priority-mark.tsx'
import { useConsoleState } from '../live/console-context.ts'

/** What staff have set of an order, in words: held, only for one driver, more urgent than others. */
export function ControlWords({ order }: { order: BoardOrder }) {
  const pinned = useConsoleState((s) => (order.pinnedDriverId ? s.drivers.get(order.pinnedDriverId)?.name : undefined))
  if (order.endedAtMs !== null || !(order.isHeld || order.pinnedDriverId || order.priority > 0)) return null
  return (
    <p className="control">
      {order.isHeld && (
        <span>
          <Glyph name="pause" /> Held, nobody is asked
        </span>
      )}
      {order.pinnedDriverId && (
        <span>
          <Pin size={12} strokeWidth={1.75} className="i" />
          {order.driverId
            ? 'Driver set by staff, the planner leaves it'
            : `Only for ${pinned ? shortName(pinned) : 'one driver'}`}
        </span>
      )}
      {order.priority > 0 && (
        <span>
          <PriorityMark priority={order.priority} /> Priority {order.priority}
        </span>
      )}
    </p>
  )
}
