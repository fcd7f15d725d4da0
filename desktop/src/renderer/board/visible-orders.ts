import type { BoardOrder } from '@doorstep/shared/contract'
import { useEffect, useRef, useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import { filterQueue } from './filter-queue.ts'
import { sortQueue } from './sort-queue.ts'

/** The queue's orders, filtered and sorted, at one moment. */
export function queueOf(state: ConsoleState, nowMs: number): BoardOrder[] {
  const nameOf = (id: string) => state.drivers.get(id)?.name ?? ''
  return sortQueue(filterQueue(state.orders.values(), state.filter, nowMs, nameOf), state.sort, nowMs, nameOf)
}

/** The queue now: sorted again every second, but a new array only when the rows or their order changed. */
export function useQueue(): readonly BoardOrder[] {
  const { store, clock, tick } = useConsole()
  const orders = useConsoleState((s) => s.orders)
  const filter = useConsoleState((s) => s.filter)
  const sort = useConsoleState((s) => s.sort)
  const [, setBeat] = useState(0)
  const shown = useRef<readonly BoardOrder[]>([])
  const read = () => {
    const next = queueOf({ ...store.getState(), orders, filter, sort }, clock.nowMs())
    if (!sameRows(next, shown.current)) shown.current = next
    return shown.current
  }
  useEffect(() =>
    tick.subscribe(() => {
      const before = shown.current
      if (read() !== before) setBeat((beat) => beat + 1)
    }),
  )
  return read()
}

const sameRows = (a: readonly BoardOrder[], b: readonly BoardOrder[]) =>
  a.length === b.length && a.every((order, i) => order === b[i])

/** Whether an order is in the light while an exception chip is on. */
export const isLit = (state: Pick<ConsoleState, 'exception' | 'alertsOf'>, orderId: string) =>
  state.exception === null || (state.alertsOf.get(orderId)?.has(state.exception) ?? false)
