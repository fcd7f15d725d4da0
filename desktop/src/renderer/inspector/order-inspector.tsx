import type { BoardOrder, Decision, Order, OrderEvent } from '@doorstep/shared/contract'
import { formatMoney } from '@doorstep/shared/domain'
import { MessageSquareText, X } from 'lucide-react'
import { Fragment } from 'react'
import { Glyph } from '../board/glyph.tsx'
import { SlackText, useOrderLook } from '../board/slack-text.tsx'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { AskSection } from './ask-section.tsx'
import { ControlWords } from './control-words.tsx'
import { DecisionHistory } from './decision-history.tsx'
import { actorWords, eventWords } from './event-words.ts'
import { OrderButtons } from './order-buttons.tsx'
import { ProposalSection } from './proposal-section.tsx'
import { RankingSection } from './ranking.tsx'
import { RouteSection } from './route-section.tsx'
import { useOrderDetails } from './use-details.ts'

/** Everything about one order: its times, its two ends, what can be done, why this driver, its log, money and route. */
export function OrderInspector({ order }: { order: BoardOrder }) {
  const { order: full, events, decisions, ranking } = useOrderDetails(order.id)
  const driver = useConsoleState((s) => (order.driverId ? s.drivers.get(order.driverId) : undefined))
  const route = useConsoleState((s) => (s.route?.driverId === order.driverId ? s.route.route : null))
  const isOpen = order.endedAtMs === null
  return (
    <>
      <Head order={order} />
      <Outcome orderId={order.id} />
      <Ends order={order} full={full.value} />
      {full.refusal && <Refused words={full.refusal.detail ?? full.refusal.title} />}
      {isOpen && <OrderButtons order={order} />}
      {isOpen && <ProposalSection order={order} />}
      {isOpen && <AskSection />}
      {isOpen && (
        <RankingSection
          order={order}
          ranking={ranking}
          decisions={decisions.value?.items ?? []}
          events={events.value?.items ?? []}
        />
      )}
      {!isOpen && <PastDecisions decisions={decisions.value?.items ?? []} events={events.value?.items ?? []} />}
      <Log events={events.value?.items ?? null} isLoading={events.isLoading} />
      {full.value && <Money order={full.value} />}
      {driver && route && route.stops.length > 0 && <RouteSection driver={driver} route={route} selectedOrder={order.id} />}
    </>
  )
}

function PastDecisions({ decisions, events }: { decisions: readonly Decision[]; events: readonly OrderEvent[] }) {
  if (decisions.length === 0) return null
  return (
    <section className="sec" aria-label="Decisions">
      <h3>Decisions</h3>
      <DecisionHistory decisions={decisions} events={events} />
    </section>
  )
}

/** What the last command did to this order, old and new side by side, or why it was refused; Esc clears it. */
function Outcome({ orderId }: { orderId: string }) {
  const { actions } = useConsole()
  const notice = useConsoleState((s) => (s.notice?.orderId === orderId ? s.notice : null))
  const canUndo = useConsoleState((s) => s.undos.at(-1)?.commands.some((command) => command.orderId === orderId) ?? false)
  if (!notice) return null
  const isDone = notice.tone === 'done'
  return (
    <div className="sec">
      <div className={`say ${isDone ? '' : 'act'}`} role={isDone ? 'status' : 'alert'}>
        <Glyph name={isDone ? 'dot' : 'octagon'} tone={isDone ? 'idle' : 'act'} />
        <div>
          <div className="b">{notice.text}</div>
          {isDone ? (
            <div className="said">
              {notice.changes?.map(({ what, was, now }) => (
                <Fragment key={what}>
                  <span>{what}</span>
                  <span className="was">{was}</span>
                  <span>{now}</span>
                </Fragment>
              ))}
            </div>
          ) : (
            notice.detail
          )}
        </div>
        {isDone && canUndo && (
          <button type="button" className="linkish" onClick={() => void actions.undo()}>
            Undo <kbd className="kbd">Z</kbd>
          </button>
        )}
      </div>
    </div>
  )
}

const WARN = new Set(['act', 'late', 'vlate'])

function Head({ order }: { order: BoardOrder }) {
  const { actions } = useConsole()
  const { hm } = useZoneTime()
  const look = useOrderLook(order)
  const tone = look.tone === 'plain' ? '' : `c-${look.tone}`
  return (
    <div className="sec">
      <div className="idl">
        <span className="num">#{order.number}</span>
        <span className={`state ${tone}`}>
          <Glyph name={look.glyph} />
          {look.word}
        </span>
        <span className="grow" />
        <span className="ink3" title="Version of this order">
          rev {order.version}
        </span>
        <button type="button" className="ib" aria-label="Close" onClick={() => actions.select(null)}>
          <X size={14} strokeWidth={1.75} />
        </button>
      </div>
      <dl className="trio">
        <div>
          <dt>Promised</dt>
          <dd>{hm(order.promisedAtMs)}</dd>
        </div>
        <div>
          <dt>{order.endedAtMs === null ? 'Predicted' : 'Ended'}</dt>
          <dd>{order.endedAtMs !== null ? hm(order.endedAtMs) : order.predictedMs === null ? '–' : hm(order.predictedMs)}</dd>
        </div>
        <div>
          <dt>Slack</dt>
          <dd className={WARN.has(look.tone) ? tone : ''}>
            <SlackText order={order} />
          </dd>
        </div>
      </dl>
      <ControlWords order={order} />
    </div>
  )
}

function Ends({ order, full }: { order: BoardOrder; full: Order | null }) {
  const { hm } = useZoneTime()
  const ready = order.isReady
    ? 'ready'
    : order.kitchen === 'placed'
      ? 'not accepted yet'
      : order.kitchenReadyMs === null
        ? ''
        : `ready ${hm(order.kitchenReadyMs)}`
  const details = full?.drop.details
  return (
    <div className="sec">
      <div className={`ends ${details || order.note ? '' : 'plain'}`}>
        <span className="join" />
        <Glyph name="square-filled" tone="acc" />
        <span className="cut" title={full?.merchant.address}>
          <span className="b">{order.merchantName}</span> <span className="ink3">{full?.merchant.address}</span>
        </span>
        <span className="ink2">{ready}</span>
        <span />
        <span className="ink3" style={{ gridColumn: '2/4', marginBottom: 4 }}>
          {full
            ? full.lines.map((line) => `${line.quantity} × ${line.name}`).join(', ')
            : `${order.itemCount} ${order.itemCount === 1 ? 'item' : 'items'}`}
        </span>
        <Glyph name="circle" tone="acc" />
        <span className="cut" title={order.dropAddress}>
          <span className="b">{order.customerName}</span> <span className="ink3">{order.dropAddress}</span>
        </span>
        <span className="ink2">{full?.eta ? `${hm(full.eta.earliestMs)}–${hm(full.eta.latestMs)}` : ''}</span>
        {(details || order.note) && (
          <>
            <span />
            <span className="ink2" style={{ gridColumn: '2/4', display: 'flex', gap: 4, alignItems: 'baseline' }}>
              {order.note && (
                <MessageSquareText size={12} strokeWidth={1.75} className="i" style={{ position: 'relative', top: 2 }} />
              )}
              <span>{[details, order.note].filter(Boolean).join(' · ')}</span>
            </span>
          </>
        )}
      </div>
    </div>
  )
}

function Log({ events, isLoading }: { events: OrderEvent[] | null; isLoading: boolean }) {
  const time = useZoneTime()
  const drivers = useConsoleState((s) => s.drivers)
  if (!events) return isLoading ? <div className="sec ink3 late-in">Loading the log…</div> : null
  const newest = [...events].reverse()
  return (
    <div className="sec">
      <h3>
        Events<span className="ink3">{events.length}, newest first</span>
      </h3>
      <div className="log">
        {newest.map((event) => (
          <Fragment key={event.seq}>
            <span className="ink3">{time.hms(event.atMs)}</span>
            <span>{eventWords(event, time, (id) => drivers.get(id)?.name)}</span>
            <span className="ink3">{actorWords(event)}</span>
          </Fragment>
        ))}
      </div>
    </div>
  )
}

function Money({ order }: { order: Order }) {
  const locale = useConsoleState((s) => s.about?.city.locale ?? 'en')
  const { price } = order
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: price.currency }, locale)
  return (
    <div className="sec">
      <h3>Money</h3>
      <div className="mny">
        <span className="ink2">Subtotal</span>
        <span>{money(price.subtotalMinor)}</span>
        <span className="ink2">Tip</span>
        <span>{money(price.tipMinor)}</span>
        <span className="ink2">Delivery</span>
        <span>{money(price.deliveryFeeMinor)}</span>
        <span className="tot">Total</span>
        <span className="tot">{money(price.totalMinor)}</span>
        <span className="ink2">Service</span>
        <span>{money(price.serviceFeeMinor)}</span>
      </div>
    </div>
  )
}

function Refused({ words }: { words: string }) {
  return (
    <div className="sec">
      <div className="say act">
        <Glyph name="octagon" tone="act" />
        <span>{words}</span>
      </div>
    </div>
  )
}
