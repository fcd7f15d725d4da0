import { Bike, Car, Motorbike, Truck } from 'lucide-react'
import { Fragment, memo } from 'react'
import { numberParts, shortName } from '../board/format.ts'
import { Glyph } from '../board/glyph.tsx'
import type { OrderGlyph } from '../board/order-look.ts'
import { followDrag } from '../drag/drag-orders.ts'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { type Bar, STOP_MS, type TimelineRow } from './timeline-bars.ts'

const VEHICLE = { bicycle: Bike, motorcycle: Motorbike, car: Car, van: Truck } as const

/** One driver: what they ride or what is wrong, their load, and their stops in time. */
export const TimelineRowView = memo(function TimelineRowView(props: {
  row: TimelineRow
  top: number
  fromMs: number
  spanMs: number
}) {
  const { row, top, fromMs, spanMs } = props
  const { actions } = useConsole()
  const { driver } = row
  const selectedOrder = useConsoleState((s) => (s.selection?.kind === 'order' ? s.selection.id : null))
  const promisedMs = useConsoleState((s) => (selectedOrder ? s.orders.get(selectedOrder)?.promisedAtMs : undefined))
  const isSelected = useConsoleState((s) =>
    s.selection?.kind === 'driver'
      ? s.selection.id === driver.id
      : !!s.selection && s.orders.get(s.selection.id)?.driverId === driver.id,
  )
  const isTarget = useConsoleState((s) => s.drag?.overDriverId === driver.id)
  const percent = (ms: number) => `${(((ms - fromMs) / spanMs) * 100).toFixed(3)}%`
  const width = (a: number, b: number) => `${(((b - a) / spanMs) * 100).toFixed(3)}%`
  return (
    <div
      className={`gr ${isSelected ? 'sel' : ''} ${isTarget ? 'target' : ''}`}
      style={{ position: 'absolute', top, left: 0 }}
      data-driver-id={driver.id}
    >
      <button type="button" className="lab" title={driver.name} onClick={() => actions.select({ kind: 'driver', id: driver.id })}>
        <RowIcon row={row} />
        <span className="nm">{shortName(driver.name)}</span>
        <span className="ld">
          {driver.activeOrders}/{driver.maxOrders}
        </span>
      </button>
      <div className="track">
        {row.wires.map((wire) => (
          <i
            key={wire.orderId}
            className={`wire ${wire.orderId === selectedOrder ? 'sel' : ''}`}
            style={{ left: percent(wire.fromMs), width: width(wire.fromMs, wire.toMs) }}
          />
        ))}
        {isSelected && promisedMs !== undefined && <i className="promise" style={{ left: percent(promisedMs) }} />}
        {row.bars.map((bar) => (
          <BarView
            key={bar.key}
            bar={bar}
            isSelected={bar.orderId === selectedOrder}
            left={percent(bar.fromMs)}
            width={width(bar.fromMs, bar.toMs)}
          />
        ))}
        {isTarget && <Ghosts percent={percent} width={width} />}
      </div>
    </div>
  )
})

/** Pickup and drop of the orders held over this driver, as a pair where they would come. */
function Ghosts({ percent, width }: { percent: (ms: number) => string; width: (a: number, b: number) => string }) {
  const costs = useConsoleState((s) => s.drag?.costs)
  const orders = useConsoleState((s) => s.orders)
  if (!costs) return null
  return [...costs].map(([orderId, { impact }]) => {
    if (!impact) return null
    const tag = numberParts(orders.get(orderId)?.number ?? 0)[1]
    const size = { width: width(0, STOP_MS), minWidth: 16 }
    return (
      <Fragment key={orderId}>
        <i className="wire sel" style={{ left: percent(impact.pickupMs), width: width(impact.pickupMs, impact.dropMs) }} />
        <i className="bar P ghost" style={{ left: percent(impact.pickupMs), ...size }}>
          {tag}
        </i>
        <i className="bar D ghost" style={{ left: percent(impact.dropMs), ...size }}>
          {tag}
        </i>
      </Fragment>
    )
  })
}

function BarView({ bar, isSelected, left, width }: { bar: Bar; isSelected: boolean; left: string; width: string }) {
  const console = useConsole()
  const { actions } = console
  const { hm } = useZoneTime()
  if (bar.kind === 'wait') return <i className="bar W" style={{ left, width }} title={`Waiting since ${hm(bar.fromMs)}`} />
  const shape = bar.kind === 'pickup' ? 'P' : 'D'
  const word = bar.kind === 'pickup' ? 'Pickup' : 'Drop'
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`bar ${shape} ${bar.look === 'done' ? 'done' : bar.tone} ${isSelected ? 'sel' : ''}`}
      style={{ left, width, minWidth: 16 }}
      title={`${word} of order …${bar.tag}, ${hm(bar.fromMs)}`}
      onPointerDown={(e) => bar.look === 'planned' && followDrag(console, e.nativeEvent, bar.orderId)}
      onClick={() => actions.select({ kind: 'order', id: bar.orderId })}
    >
      {bar.tag}
    </button>
  )
}

function RowIcon({ row }: { row: TimelineRow }) {
  const worst = worstOf(row)
  const Vehicle = VEHICLE[row.driver.vehicle]
  return (
    <span style={{ width: 12, display: 'grid', placeItems: 'center', flex: 'none' }}>
      {worst ? <Glyph name={worst.glyph} tone={worst.tone} /> : <Vehicle size={12} strokeWidth={1.75} className="i" />}
    </span>
  )
}

function worstOf({ bars }: TimelineRow): { glyph: OrderGlyph; tone: string } | null {
  const tones = new Set(bars.map((bar) => bar.tone))
  if (tones.has('act')) return { glyph: 'octagon', tone: 'act' }
  if (tones.has('vlate')) return { glyph: 'triangle-double', tone: 'vlate' }
  if (tones.has('late')) return { glyph: 'triangle', tone: 'late' }
  if (tones.has('off')) return { glyph: 'ring-dashed', tone: 'off' }
  return null
}
