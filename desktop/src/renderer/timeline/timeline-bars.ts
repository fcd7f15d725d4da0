import type { BoardDriver, BoardOrder } from '@doorstep/shared/contract'
import { numberParts } from '../board/format.ts'
import { lateness, slackMs } from '../board/slack.ts'

/** A bar on a driver's row, in milliseconds of server time. */
export interface Bar {
  key: string
  kind: 'pickup' | 'drop' | 'wait'
  look: 'planned' | 'done'
  tone: '' | 'late' | 'vlate' | 'act' | 'off'
  fromMs: number
  toMs: number
  tag: string
  orderId: string
}

/** The line that pairs an order's pickup with its drop. */
export interface Wire {
  orderId: string
  fromMs: number
  toMs: number
}

/** A row of the timeline. */
export interface TimelineRow {
  driver: BoardDriver
  bars: Bar[]
  wires: Wire[]
}

/** A stop that was left, as this console saw it happen. */
export interface DoneStop {
  orderId: string
  number: number
  kind: 'pickup' | 'drop'
  fromMs: number
  toMs: number
}

/** How long a stop's bar is when nobody knows: the hand-over, wide enough for two digits. */
export const STOP_MS = 3 * 60_000

/** Bars and pair lines of one driver: what was done from what was seen, what is planned from the route's ETAs. */
export function rowOf(
  driver: BoardDriver,
  done: readonly DoneStop[],
  orders: ReadonlyMap<string, BoardOrder>,
  trouble: 'act' | 'off' | null,
  nowMs: number,
): TimelineRow {
  const bars: Bar[] = []
  for (const stop of done) {
    const toMs = Math.max(stop.toMs, stop.fromMs + STOP_MS)
    bars.push(barOf(stop, 'done', '', toMs - STOP_MS, toMs))
    if (stop.toMs - stop.fromMs > STOP_MS) bars.push({ ...waitOf(stop), look: 'done', fromMs: stop.fromMs, toMs: toMs - STOP_MS })
  }
  for (const stop of driver.stops) {
    const atMs = stop.etaMs ?? stop.arrivedAtMs
    if (atMs === null) continue
    const order = orders.get(stop.orderId)
    const leaveMs = stop.arrivedAtMs === null ? atMs + STOP_MS : Math.max(nowMs, atMs) + STOP_MS / 2
    if (stop.arrivedAtMs !== null && leaveMs - STOP_MS > stop.arrivedAtMs) {
      bars.push({ ...waitOf(stop), look: 'planned', fromMs: stop.arrivedAtMs, toMs: leaveMs - STOP_MS })
    }
    bars.push(barOf(stop, 'planned', trouble ?? toneOf(order, nowMs), leaveMs - STOP_MS, leaveMs))
  }
  return { driver, bars, wires: wiresOf(bars) }
}

function toneOf(order: BoardOrder | undefined, nowMs: number): Bar['tone'] {
  if (!order) return ''
  const late = lateness(slackMs(order, nowMs))
  return late === 'late' ? 'late' : late === 'very_late' ? 'vlate' : ''
}

type AnyStop = { orderId: string; number: number; kind: 'pickup' | 'drop' }

const barOf = (stop: AnyStop, look: Bar['look'], tone: Bar['tone'], fromMs: number, toMs: number): Bar => ({
  key: `${stop.kind}${stop.orderId}${look}`,
  kind: stop.kind,
  look,
  tone,
  fromMs,
  toMs,
  tag: numberParts(stop.number)[1],
  orderId: stop.orderId,
})

const waitOf = (stop: AnyStop): Bar => ({
  ...barOf(stop, 'done', '', 0, 0),
  key: `wait${stop.kind}${stop.orderId}`,
  kind: 'wait',
})

function wiresOf(bars: readonly Bar[]): Wire[] {
  const pickups = new Map(bars.filter((bar) => bar.kind === 'pickup').map((bar) => [bar.orderId, bar]))
  return bars.flatMap((bar) => {
    const pickup = bar.kind === 'drop' ? pickups.get(bar.orderId) : undefined
    return pickup && bar.fromMs > pickup.toMs ? [{ orderId: bar.orderId, fromMs: pickup.toMs, toMs: bar.fromMs }] : []
  })
}
