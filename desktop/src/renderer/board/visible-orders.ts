import type { BoardOrder } from '@doorstep/shared/contract'
import { useMemo, useSyncExternalStore } from 'react'
import { type Console, useConsole } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import { filterQueue } from './filter-queue.ts'
import { sortQueue } from './sort-queue.ts'

/** The queue's orders, filtered and sorted, at one moment. */
export function queueOf(state: ConsoleState, nowMs: number): BoardOrder[] {
  const nameOf = (id: string) => state.drivers.get(id)?.name ?? ''
  return sortQueue(filterQueue(state.orders.values(), state.filter, nowMs, nameOf), state.sort, nowMs, nameOf)
}

/** The queue's rows over time: looked at on every change and every second, new only when rows or their order changed. */
export interface QueueView {
  rows(): readonly BoardOrder[]
  subscribe(listener: () => void): () => void
}

/** Watches a console's queue while somebody subscribes. */
export function createQueueView({ store, clock, tick }: Pick<Console, 'store' | 'clock' | 'tick'>): QueueView {
  let rows: readonly BoardOrder[] = queueOf(store.getState(), clock.nowMs())
  const look = (tell: () => void) => {
    const next = queueOf(store.getState(), clock.nowMs())
    if (sameRows(next, rows)) return
    rows = next
    tell()
  }
  return {
    rows: () => rows,
    subscribe(listener) {
      const offTick = tick.subscribe(() => look(listener))
      const offStore = store.subscribe((next, before) => {
        const isSame = next.orders === before.orders && next.filter === before.filter && next.sort === before.sort
        if (!isSame) look(listener)
      })
      look(listener)
      return () => {
        offTick()
        offStore()
      }
    },
  }
}

/** The queue now. */
export function useQueue(): readonly BoardOrder[] {
  const console = useConsole()
  const view = useMemo(() => createQueueView(console), [console])
  return useSyncExternalStore(view.subscribe, view.rows)
}

const sameRows = (a: readonly BoardOrder[], b: readonly BoardOrder[]) =>
  a.length === b.length && a.every((order, i) => order === b[i])

/** Whether an order is in the light while an exception chip is on. */
export function isLit(state: Pick<ConsoleState, 'exception' | 'alertsOf' | 'orders'>, orderId: string): boolean {
  if (state.exception === null) return true
  if (state.exception === 'proposal') return (state.orders.get(orderId)?.proposal ?? null) !== null
  return state.alertsOf.get(orderId)?.has(state.exception) ?? false
}

/** What the queue shows in the light: the rows that keys walk through. */
export const litQueue = (state: ConsoleState, nowMs: number) => queueOf(state, nowMs).filter((order) => isLit(state, order.id))
