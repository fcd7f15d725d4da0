/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of a virtual list are positioned, which table elements are not */
import type { BoardOrder } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import { MessageSquareText, Pin } from 'lucide-react'
import { memo } from 'react'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { initials, numberParts, shortName, streetOf } from './format.ts'
import { Glyph } from './glyph.tsx'
import { SlackText, useOrderLook } from './slack-text.tsx'
import { isLit } from './visible-orders.ts'

const WARN = new Set(['act', 'late', 'vlate'])

/** One order in the queue: 28 px, its glyph and slack carry its state, the rest is ink. */
export const QueueRow = memo(function QueueRow({ order, top }: { order: BoardOrder; top: number }) {
  const { actions } = useConsole()
  const look = useOrderLook(order)
  const isSelected = useConsoleState((s) => s.selection?.kind === 'order' && s.selection.id === order.id)
  const isOfDriver = useConsoleState((s) => s.selection?.kind === 'driver' && s.selection.id === order.driverId)
  const seenBy = useConsoleState((s) => s.others.find((other) => other.orderId === order.id)?.name)
  const lit = useConsoleState((s) => isLit(s, order.id))
  const [head, tail] = numberParts(order.number)
  const slackTone = WARN.has(look.tone) && look.word !== 'At risk' && look.word !== 'Merchant slow' ? `c-${look.tone}` : ''
  return (
    <div
      className={`qrow ${isSelected ? 'sel' : ''} ${isOfDriver ? 'cause' : ''} ${lit ? '' : 'dim'}`}
      style={{ position: 'absolute', top, left: 0, right: 0 }}
      role="row"
      aria-selected={isSelected}
      id={`row-${order.id}`}
      title={look.word}
      onMouseDown={() => actions.select({ kind: 'order', id: order.id })}
      onDoubleClick={() => actions.choose(true)}
    >
      <span role="gridcell" aria-label={look.word}>
        <Glyph name={look.glyph} tone={look.tone === 'plain' ? 'plain' : look.tone} />
      </span>
      <span role="gridcell" className={`sl ${slackTone}`}>
        <SlackText order={order} />
      </span>
      <span role="gridcell" className="no">
        {head}
        <b>{tail}</b>
      </span>
      <span role="gridcell" title={order.merchantName}>
        {order.merchantName}
      </span>
      <span role="gridcell" className="rd">
        <ReadyText order={order} />
      </span>
      <span role="gridcell" className="ar" title={order.dropAddress}>
        {streetOf(order.dropAddress)}
      </span>
      <span role="gridcell">
        <DriverText order={order} />
      </span>
      <span role="gridcell" className="fg">
        {seenBy ? (
          <i className="av s other" title={`${seenBy} is looking at this`}>
            {initials(seenBy)}
          </i>
        ) : order.note ? (
          <MessageSquareText size={12} strokeWidth={1.75} aria-label={`Note: ${order.note}`} />
        ) : order.isPinned ? (
          <Pin size={12} strokeWidth={1.75} aria-label="Driver chosen by staff" />
        ) : null}
      </span>
    </div>
  )
})

function ReadyText({ order }: { order: BoardOrder }) {
  const { hm } = useZoneTime()
  if (isCarried(order)) return 'out'
  if (order.isReady) return 'ready'
  if (order.kitchen === 'placed') return <span className="none">new</span>
  return order.kitchenReadyMs === null ? <span className="none">–</span> : hm(order.kitchenReadyMs)
}

function DriverText({ order }: { order: BoardOrder }) {
  const name = useConsoleState((s) => (order.driverId ? s.drivers.get(order.driverId)?.name : undefined))
  if (name) return shortName(name)
  if (order.offer) return <span className="none">offered</span>
  return <span className="none">none</span>
}
