import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { selectedDriverId } from '../live/follow-route.ts'
import { useTicking } from '../live/tick.ts'
import { watchDoneStops } from './done-stops.ts'
import { troubledDrivers } from './driver-rank.ts'
import { createRowCache } from './row-cache.ts'
import type { TimelineRow } from './timeline-bars.ts'
import { TimelineRowView } from './timeline-row.tsx'

const MINUTE = 60_000
const BEFORE_MS = 30 * MINUTE
const SPAN_MS = 90 * MINUTE
const STEP_MS = 15 * MINUTE
const ROW_PX = 24

/** A row per driver: the past filled, the plan hollow, pickups square, drops round, and where now is. */
export function Timeline({ panMs, onPan }: { panMs: number; onPan: (panMs: number) => void }) {
  const { clock, tick } = useConsole()
  const minute = useTicking(tick, () => Math.floor(clock.nowMs() / MINUTE))
  const fromMs = minute * MINUTE - BEFORE_MS + panMs
  const rows = useRows()
  return (
    <section className="gantt" aria-label="Driver timeline">
      <Head rows={rows} panMs={panMs} onPan={onPan} />
      <Axis fromMs={fromMs} />
      <Rows rows={rows} fromMs={fromMs} />
      {rows.length > 0 && <NowLine fromMs={fromMs} />}
    </section>
  )
}

function useRows(): TimelineRow[] {
  const { store, clock, tick } = useConsole()
  const done = useMemo(() => watchDoneStops(store, clock), [store, clock])
  useEffect(() => () => done.stop(), [done])
  const doneStops = useSyncExternalStore(done.onChanged, done.all)
  const drivers = useConsoleState((s) => s.drivers)
  const orders = useConsoleState((s) => s.orders)
  const alerts = useConsoleState((s) => s.alerts)
  const minute = useTicking(tick, () => Math.floor(clock.nowMs() / MINUTE))
  const rowsOf = useMemo(() => createRowCache(), [])
  const troubled = useMemo(() => troubledDrivers(alerts), [alerts])
  return useMemo(
    () => rowsOf({ drivers, orders, troubled, done: doneStops }, Math.max(clock.nowMs(), minute * MINUTE)),
    [drivers, orders, troubled, doneStops, clock, minute, rowsOf],
  )
}

function Head({ rows, panMs, onPan }: { rows: TimelineRow[]; panMs: number; onPan: (panMs: number) => void }) {
  const total = useConsoleState((s) => s.drivers.size)
  const isKnown = useConsoleState((s) => s.phase === 'ready')
  const idle = rows.filter(({ driver }) => driver.isOnline && driver.activeOrders === 0).length
  return (
    <div className="ghead">
      <span className="b">Timeline</span>
      <span className="ink3">{isKnown && `${rows.length} drivers online, ${idle} idle, ${total - rows.length} off`}</span>
      <span className="grow" />
      {panMs !== 0 && (
        <button type="button" className="ink3 linkish" onClick={() => onPan(0)}>
          back to now
        </button>
      )}
      <span className="ink3">filled done, hollow planned</span>
      <span style={{ display: 'flex', gap: 4 }}>
        <button type="button" aria-label="Earlier" onClick={() => onPan(panMs - STEP_MS)}>
          <kbd className="kbd">[</kbd>
        </button>
        <button type="button" aria-label="Later" onClick={() => onPan(panMs + STEP_MS)}>
          <kbd className="kbd">]</kbd>
        </button>
      </span>
    </div>
  )
}

const share = (ms: number, fromMs: number) => `${(((ms - fromMs) / SPAN_MS) * 100).toFixed(3)}%`

function Axis({ fromMs }: { fromMs: number }) {
  const { hm } = useZoneTime()
  const { clock } = useConsole()
  const ticks = quarters(fromMs)
  const nowMs = clock.nowMs()
  const labelled = ticks.filter(
    (ms) => Math.abs(ms - nowMs) > CLEAR_MS && ms - fromMs > MINUTE && fromMs + SPAN_MS - ms > MINUTE * 2,
  )
  return (
    <>
      <div className="axis">
        {labelled.map((ms) => (
          <span key={ms} style={{ left: share(ms, fromMs) }}>
            {hm(ms)}
          </span>
        ))}
        <NowLabel fromMs={fromMs} />
      </div>
      <div className="glines">
        {ticks.map((ms) => (
          <i key={ms} style={{ left: share(ms, fromMs) }} />
        ))}
      </div>
    </>
  )
}

/** Ticks this near to now or to an edge leave their place to the label of now. */
const CLEAR_MS = 6 * MINUTE

const quarters = (fromMs: number) => {
  const first = Math.ceil(fromMs / STEP_MS) * STEP_MS
  return Array.from({ length: Math.floor((fromMs + SPAN_MS - first) / STEP_MS) + 1 }, (_, i) => first + i * STEP_MS)
}

function NowLabel({ fromMs }: { fromMs: number }) {
  const { clock } = useConsole()
  const { hm } = useZoneTime()
  const nowMs = clock.nowMs()
  return (
    <span className="now" style={{ left: share(nowMs, fromMs) }}>
      {hm(nowMs)}
    </span>
  )
}

function NowLine({ fromMs }: { fromMs: number }) {
  const { clock, tick } = useConsole()
  const left = useTicking(tick, () => share(clock.nowMs(), fromMs))
  return (
    <div className="glines over">
      <i className="now" style={{ left }} />
    </div>
  )
}

function Rows({ rows, fromMs }: { rows: TimelineRow[]; fromMs: number }) {
  const box = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- its functions are used in this component only
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.driver.id ?? index,
    overscan: 4,
  })
  const selectedDriver = useConsoleState(selectedDriverId)
  const index = rows.findIndex(({ driver }) => driver.id === selectedDriver)
  // The view goes along with the selected driver's row, until the person scrolls away from it.
  const followed = useRef<string | null>(null)
  useEffect(() => {
    followed.current = selectedDriver
  }, [selectedDriver])
  useEffect(() => {
    if (index >= 0 && followed.current === selectedDriver) virtual.scrollToIndex(index, { align: 'auto' })
  }, [index, selectedDriver, virtual])
  const letGo = () => {
    followed.current = null
  }
  const isKnown = useConsoleState((s) => s.phase === 'ready')
  if (!isKnown) return <div className="grow-list" aria-busy="true" />
  if (rows.length === 0) {
    return (
      <div className="grow-list empty">
        <b>No driver is online</b>
        <span>Drivers appear here when they start a shift.</span>
      </div>
    )
  }
  return (
    <div className="grow-list" ref={box} onWheel={letGo} onTouchMove={letGo}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          return row && <TimelineRowView key={item.key} row={row} top={item.start} fromMs={fromMs} spanMs={SPAN_MS} />
        })}
      </div>
    </div>
  )
}
