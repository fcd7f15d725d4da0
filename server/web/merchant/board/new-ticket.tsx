import type { MerchantOrder } from '@doorstep/shared/contract'
import { BellRing } from 'lucide-react'
import { useId, useState } from 'react'
import { useFormats, useMerchant, useMerchantView, useServerNow } from '../merchant-context.ts'
import { words } from '../words.ts'
import { prepChoices } from './prep-choices.ts'
import { RejectSheet } from './reject-sheet.tsx'
import { TicketLines } from './ticket-lines.tsx'

/** A new order: it rings and flashes until somebody sees to it, then waits to be accepted or refused. */
export function NewTicket({ order }: { order: MerchantOrder }) {
  const { actions } = useMerchant()
  const isSeen = useMerchantView((view) => view.acknowledged.has(order.id))
  const format = useFormats()
  const [isRejecting, setIsRejecting] = useState(false)
  return (
    <article className={isSeen ? 'tk' : 'tk ring'}>
      {!isSeen && <RingingRow order={order} />}
      <div className="row">
        <h3 className="no grow">{words.order(order.number)}</h3>
        <span className="b">{format.money(order.subtotalMinor, order.currency)}</span>
      </div>
      <TicketLines order={order} />
      <AcceptForm order={order} />
      <button
        type="button"
        className="tb line wide"
        onClick={() => {
          actions.acknowledge(order.id)
          setIsRejecting(true)
        }}
      >
        {words.cannot}
      </button>
      {isRejecting && <RejectSheet order={order} onClose={() => setIsRejecting(false)} />}
    </article>
  )
}

function RingingRow({ order }: { order: MerchantOrder }) {
  const { actions } = useMerchant()
  const nowMs = useServerNow(1_000)
  const seconds = Math.max(0, Math.floor((nowMs - order.placedAtMs) / 1_000))
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <div className="row c-act b ringing">
      <BellRing size={20} strokeWidth={2} aria-hidden />
      <span className="grow">{words.ringing(clock)}</span>
      <svg className="g" width="18" height="18" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M4 .8h4L11.2 4v4L8 11.2H4L.8 8V4z" fill="currentColor" />
        <path d="M6 3.2v3.4M6 8.3v.6" stroke="var(--bg)" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <button type="button" className="tb line" onClick={() => actions.acknowledge(order.id)}>
        {words.seen}
      </button>
    </div>
  )
}

function AcceptForm({ order }: { order: MerchantOrder }) {
  const { actions } = useMerchant()
  const shopMinutes = useMerchantView((view) => view.shop?.prepMinutes ?? view.board?.merchant.prepMinutes ?? 15)
  const isPending = useMerchantView((view) => view.pending.has(order.id))
  const { choices, usual } = prepChoices(shopMinutes)
  const [chosen, setChosen] = useState<number>()
  const minutes = chosen !== undefined && choices.includes(chosen) ? chosen : usual
  const nowMs = useServerNow(5_000)
  const format = useFormats()
  const id = useId()
  return (
    <>
      <p className="b how-many" id={id}>
        {words.howMany}
      </p>
      <fieldset className="prep" aria-labelledby={id}>
        {choices.map((choice) => (
          <label key={choice} className={choice === minutes ? 'tb on' : 'tb'}>
            <input
              type="radio"
              className="vh"
              name={id}
              checked={choice === minutes}
              onChange={() => {
                actions.acknowledge(order.id)
                setChosen(choice)
              }}
            />
            {choice}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        className="tb pri"
        disabled={isPending}
        onClick={() => void actions.command(order, { kind: 'accept', prepMinutes: minutes })}
      >
        {isPending ? words.working : words.accept(format.time(nowMs + minutes * 60_000))}
      </button>
    </>
  )
}
