import type { BoardOrder } from '@doorstep/shared/contract'
import { useMemo, useSyncExternalStore } from 'react'
import { type Console, useConsole } from '../live/console-context.ts'
import { queueOf } from './queue-order.ts'

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
