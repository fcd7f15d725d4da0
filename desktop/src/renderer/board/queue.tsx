import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { followDrag } from '../drag/drag-orders.ts'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { useTicking } from '../live/tick.ts'
import { clockSpan } from './format.ts'
import { OrderMenu } from './order-menu.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { QueueRow } from './queue-row.tsx'
import { slackMs } from './slack.ts'
import type { SortKey } from './sort-queue.ts'
import { useQueue } from './visible-orders.ts'

const ROW_PX = 28
const SKELETON = Array.from({ length: 16 }, (_, i) => i)

/** The queue: every open order, the worst first, only the visible rows in the document. */
export function Queue() {
  const orders = useQueue()
  const phase = useConsoleState((s) => s.phase)
  const total = useConsoleState((s) => openCount(s.orders))
  return (
    <section className="queue" aria-label="Queue">
      <div className="tabs">
        <span className="t on">Open {phase === 'ready' ? total : ''}</span>
        {orders.length !== total && <span className="t">Shown {orders.length}</span>}
        <Marked />
      </div>
      <QueueFilters />
      <QueueHead />
      {phase === 'ready' ? orders.length > 0 ? <Rows orders={orders} /> : <Empty total={total} /> : <Bones />}
      <QueueFoot orders={phase === 'ready' ? orders : null} />
    </section>
  )
}

function Marked() {
  const { actions } = useConsole()
  const count = useConsoleState((s) => s.marked.size)
  const isKnown = useConsoleState((s) => s.phase === 'ready')
  if (!isKnown) return null
  if (count < 2) {
    return (
      <button type="button" className="t markall" title="Ctrl A" onClick={() => actions.markAllShown()}>
        mark all
      </button>
    )
  }
  return (
    <span className="t marks">
      <output>{count} marked</output>
      <button type="button" className="linkish" onClick={() => actions.unmark()}>
        unmark
      </button>
    </span>
  )
}

const openCount = (orders: ReadonlyMap<string, { endedAtMs: number | null }>) => {
  let open = 0
  for (const { endedAtMs } of orders.values()) if (endedAtMs === null) open++
  return open
}

function Rows({ orders }: { orders: ReturnType<typeof useQueue> }) {
  const console = useConsole()
  const box = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- its functions are used in this component only
  const virtual = useVirtualizer({
    count: orders.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => orders[index]?.id ?? index,
    overscan: 8,
  })
  const selectedId = useConsoleState((s) => (s.selection?.kind === 'order' ? s.selection.id : null))
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (selectedId === seen.current) return
    seen.current = selectedId
    const index = orders.findIndex((order) => order.id === selectedId)
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }, [selectedId, orders, virtual])
  return (
    <OrderMenu>
      <div
        className="rows"
        ref={box}
        role="grid"
        aria-rowcount={orders.length}
        aria-label="Open orders"
        aria-multiselectable="true"
        aria-activedescendant={selectedId ? `row-${selectedId}` : undefined}
        tabIndex={0}
        onPointerDown={(e) => followDrag(console, e.nativeEvent)}
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const order = orders[item.index]
            return order && <QueueRow key={item.key} order={order} top={item.start} />
          })}
        </div>
      </div>
    </OrderMenu>
  )
}

const COLUMNS: { key: SortKey | null; word: string }[] = [
  { key: null, word: '' },
  { key: 'slack', word: 'Slack' },
  { key: 'number', word: 'Order' },
  { key: 'merchant', word: 'Merchant' },
  { key: 'ready', word: 'Ready' },
  { key: null, word: 'Drop' },
  { key: 'driver', word: 'Driver' },
  { key: null, word: '' },
]

function QueueHead() {
  const { actions } = useConsole()
  const sort = useConsoleState((s) => s.sort)
  return (
    <div className="qrow head">
      {COLUMNS.map(({ key, word }, i) =>
        key ? (
          <button key={word} type="button" className={key === 'slack' ? 'r' : ''} onClick={() => actions.sortBy(key)}>
            {word}
            {sort.key === key ? (sort.descending ? ' ↓' : ' ↑') : ''}
          </button>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change
          <span key={i}>{word}</span>
        ),
      )}
    </div>
  )
}

function QueueFoot({ orders: known }: { orders: ReturnType<typeof useQueue> | null }) {
  const { clock, tick } = useConsole()
  const orders = known ?? []
  const text = useTicking(tick, () => {
    const nowMs = clock.nowMs()
    const slacks = orders.map((order) => slackMs(order, nowMs)).filter((slack) => slack !== null)
    if (slacks.length === 0) return ''
    slacks.sort((a, b) => a - b)
    return `Median slack ${clockSpan(slacks[slacks.length >> 1] ?? 0)}`
  })
  const late = useTicking(tick, () => {
    const nowMs = clock.nowMs()
    return orders.filter((order) => (slackMs(order, nowMs) ?? 0) < 0).length
  })
  return (
    <div className="qfoot">
      <span>{known && `${orders.length} open, ${late} past promise`}</span>
      <span className="grow" />
      <span>{text}</span>
    </div>
  )
}

function Empty({ total }: { total: number }) {
  const { actions } = useConsole()
  if (total === 0) {
    return (
      <div className="rows empty">
        <b>No open orders</b>
        <span>New ones appear here the moment they are placed.</span>
      </div>
    )
  }
  const clear = () => actions.setFilter({ text: '', state: '', merchantId: '', withinMin: null })
  return (
    <div className="rows empty">
      <b>Nothing matches</b>
      <span>{total} open orders are hidden by the filter.</span>
      <button type="button" className="btn" onClick={clear}>
        Show all
      </button>
    </div>
  )
}

function Bones() {
  return (
    <div className="rows late-in" aria-busy="true" aria-label="Loading orders">
      {SKELETON.map((i) => (
        <div className="qrow" key={i}>
          <span />
          <span className="bones" />
          <span className="bones" />
          <span className="bones" style={{ width: `${50 + ((i * 37) % 45)}%` }} />
          <span className="bones" />
          <span className="bones" style={{ width: `${55 + ((i * 23) % 40)}%` }} />
          <span className="bones" />
          <span />
        </div>
      ))}
    </div>
  )
}
