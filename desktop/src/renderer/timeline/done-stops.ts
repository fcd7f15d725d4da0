import type { BoardDriver, BoardOrder } from '@doorstep/shared/contract'
import type { ConsoleStore } from '../live/console-store.ts'
import type { ServerClock } from '../live/server-clock.ts'
import type { DoneStop } from './timeline-bars.ts'

/** What drivers did since this console was opened, by driver. */
export interface DoneStops {
  /** A new map whenever something was done. */
  all(): ReadonlyMap<string, readonly DoneStop[]>
  onChanged(listener: () => void): () => void
  stop(): void
}

const PICKED = new Set(['picked_up', 'in_transit', 'at_customer', 'delivered'])
const KEEP_MS = 60 * 60_000

/** Watches orders being picked up and delivered; what happened before is not known here and not drawn. */
export function watchDoneStops(store: ConsoleStore, clock: ServerClock): DoneStops {
  let byDriver: ReadonlyMap<string, readonly DoneStop[]> = new Map()
  const listeners = new Set<() => void>()
  const stop = store.subscribe((next, before) => {
    if (next.orders === before.orders || next.zone?.zoneId !== before.zone?.zoneId) return
    const grown = new Map(byDriver)
    let changed = false
    for (const [id, order] of next.orders) {
      const old = before.orders.get(id)
      if (!old || old === order) continue
      for (const kind of leftStops(old, order)) {
        const driverId = order.driverId ?? old.driverId
        if (!driverId) continue
        const kept = (grown.get(driverId) ?? []).filter((each) => each.toMs > clock.nowMs() - KEEP_MS)
        grown.set(driverId, [...kept, doneStop(kind, order, before.drivers.get(driverId), clock.nowMs())])
        changed = true
      }
    }
    if (!changed) return
    byDriver = grown
    for (const listener of listeners) listener()
  })
  return {
    all: () => byDriver,
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop,
  }
}

/** Which stops an order's change closes. */
export function leftStops(old: Pick<BoardOrder, 'delivery'>, now: Pick<BoardOrder, 'delivery'>): ('pickup' | 'drop')[] {
  const stops: ('pickup' | 'drop')[] = []
  if (!PICKED.has(old.delivery) && PICKED.has(now.delivery)) stops.push('pickup')
  if (old.delivery !== 'delivered' && now.delivery === 'delivered') stops.push('drop')
  return stops
}

function doneStop(kind: DoneStop['kind'], order: BoardOrder, driver: BoardDriver | undefined, nowMs: number): DoneStop {
  const arrived = driver?.stops.find((stop) => stop.orderId === order.id && stop.kind === kind)?.arrivedAtMs
  return { kind, orderId: order.id, number: order.number, fromMs: arrived ?? nowMs, toMs: nowMs }
}
