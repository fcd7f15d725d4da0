/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- rows of a virtual list are positioned,
   which table elements are not; keys walk through them from the grid */
import type { BoardOrder } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import { type MouseEvent, memo } from 'react'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { numberParts, shortName, streetOf } from './format.ts'
import { Glyph } from './glyph.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { ProposalText } from './proposal-text.tsx'
import { QueueFlags } from './queue-flags.tsx'
import { isLit } from './queue-order.ts'
import { SlackText, useOrderLook } from './slack-text.tsx'

const WARN = new Set(['act', 'late', 'vlate'])

/** One order in the queue: 28 px, its glyph and slack carry its state, the rest is ink. */
export const QueueRow = memo(function QueueRow({ order, top }: { order: BoardOrder; top: number }) {
  const { actions } = useConsole()
  const look = useOrderLook(order)
  const isSelected = useConsoleState((s) => s.selection?.kind === 'order' && s.selection.id === order.id)
  const isMarked = useConsoleState((s) => s.marked.has(order.id))
  const isOfDriver = useConsoleState((s) => s.selection?.kind === 'driver' && s.selection.id === order.driverId)
  const isDragged = useConsoleState((s) => s.drag?.orderIds.includes(order.id) ?? false)
  const lit = useConsoleState((s) => isLit(s, order.id))
  const refusal = useConsoleState((s) => s.refusals.get(order.id)?.text)
  const [head, tail] = numberParts(order.number)
  const slackTone = WARN.has(look.tone) && look.word !== 'At risk' && look.word !== 'Merchant slow' ? `c-${look.tone}` : ''
  const classes = ['qrow', isSelected && 'sel', isMarked && 'marked', isOfDriver && 'cause', isDragged && 'held', !lit && 'dim']
  const onMouseDown = (e: MouseEvent) => {
    if (e.button === 2 && isMarked) return
    if (e.shiftKey) {
      e.preventDefault()
      actions.mark(order.id, 'range')
    } else if (e.ctrlKey || e.metaKey) actions.mark(order.id, 'toggle')
    else if (!isMarked) actions.select({ kind: 'order', id: order.id })
  }
  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      style={{ position: 'absolute', top, left: 0, right: 0 }}
      role="row"
      aria-selected={isSelected || isMarked}
      id={`row-${order.id}`}
      data-order-id={order.id}
      title={refusal ?? look.word}
      onMouseDown={onMouseDown}
      onClick={(e) => isMarked && !e.shiftKey && !e.ctrlKey && !e.metaKey && actions.select({ kind: 'order', id: order.id })}
      onDoubleClick={() => actions.ask('assign')}
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
      {refusal ? <RefusedCell text={refusal} /> : <OrderCells order={order} />}
      <span role="gridcell" className="dr">
        <DriverText order={order} />
      </span>
      <QueueFlags order={order} />
    </div>
  )
})

function OrderCells({ order }: { order: BoardOrder }) {
  return (
    <>
      <span role="gridcell" className="mc" title={order.merchantName}>
        <span className="cut">{order.merchantName}</span>
        {order.priority > 0 && (
          <span className="pr" title={`Priority ${order.priority}`}>
            <PriorityMark priority={order.priority} />
            {order.priority}
            <span className="vh">priority</span>
          </span>
        )}
      </span>
      <span role="gridcell" className="rd">
        <ReadyText order={order} />
      </span>
      <span role="gridcell" className="ar" title={order.dropAddress}>
        {streetOf(order.dropAddress)}
      </span>
    </>
  )
}

/** Why the last command on this order was refused, in the place of what is known anyway. */
function RefusedCell({ text }: { text: string }) {
  return (
    <span role="gridcell" className="refused c-act">
      <Glyph name="octagon" tone="act" size={10} /> {text}
    </span>
  )
}

function ReadyText({ order }: { order: BoardOrder }) {
  const { hm } = useZoneTime()
  if (isCarried(order)) return 'out'
  if (order.isReady) return 'ready'
  if (order.kitchen === 'placed') return <span className="none">new</span>
  return order.kitchenReadyMs === null ? <span className="none">–</span> : hm(order.kitchenReadyMs)
}

function DriverText({ order }: { order: BoardOrder }) {
  const name = useConsoleState((s) => (order.driverId ? s.drivers.get(order.driverId)?.name : undefined))
  const pinned = useConsoleState((s) => (order.pinnedDriverId ? s.drivers.get(order.pinnedDriverId)?.name : undefined))
  if (name) return shortName(name)
  if (order.isHeld) return <span className="none">held</span>
  if (order.proposal) return <ProposalText proposal={order.proposal} />
  if (order.offer) return <span className="none">offered</span>
  if (pinned) return <span className="only">only for {pinned.split(' ')[0]}</span>
  return <span className="none">none</span>
}
