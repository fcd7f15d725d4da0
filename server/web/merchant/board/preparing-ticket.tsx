import type { MerchantOrder } from '@doorstep/shared/contract'
import { useFormats, useMerchant, useMerchantView, useServerNow } from '../merchant-context.ts'
import { words } from '../words.ts'
import { kitchenProgress } from './board-columns.ts'
import { DriverLine } from './driver-line.tsx'
import { PREP_STEP } from './prep-choices.ts'
import { TicketLines } from './ticket-lines.tsx'

/** An accepted order: how long it has, who comes for it, and its two buttons. */
export function PreparingTicket({ order }: { order: MerchantOrder }) {
  const { actions } = useMerchant()
  const isPending = useMerchantView((view) => view.pending.has(order.id))
  const nowMs = useServerNow(5_000)
  const format = useFormats()
  const { share, minutesLeft, isLate } = kitchenProgress(order, nowMs)
  const isStarted = order.kitchen !== 'accepted'
  const left = isLate ? (minutesLeft <= -1 ? words.late(-minutesLeft) : words.dueNow) : words.minutes(minutesLeft)
  return (
    <article className="tk">
      <div className="row">
        <h3 className="no grow">{words.order(order.number)}</h3>
        <span className={isLate ? 'b c-late' : 'b'}>{left}</span>
      </div>
      <div className={isLate ? 'prog late' : 'prog'} aria-hidden="true">
        <i style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
      <TicketLines order={order} />
      {!isStarted && order.kitchenReadyMs !== null && (
        <p className="sm ink2">{words.startAt(format.time(order.kitchenReadyMs))}</p>
      )}
      <DriverLine order={order} />
      <div className="row buttons">
        <button
          type="button"
          className="tb line"
          disabled={isPending}
          aria-label={words.delayOf(order.number, PREP_STEP)}
          onClick={() => void actions.command(order, { kind: 'delay', minutes: PREP_STEP })}
        >
          {words.delay(PREP_STEP)}
        </button>
        {!isStarted && (
          <button
            type="button"
            className="tb line grow"
            disabled={isPending}
            aria-label={words.startOf(order.number)}
            onClick={() => void actions.command(order, { kind: 'start' })}
          >
            {words.start}
          </button>
        )}
        {isStarted && (
          <button
            type="button"
            className="tb line grow"
            disabled={isPending}
            onClick={() => void actions.command(order, { kind: 'ready' })}
          >
            {isPending ? words.working : words.ready}
          </button>
        )}
      </div>
    </article>
  )
}
