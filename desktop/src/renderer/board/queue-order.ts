import type { BoardOrder } from '@doorstep/shared/contract'
import type { ConsoleState } from '../live/console-store.ts'
import { filterQueue } from './filter-queue.ts'
import { sortQueue } from './sort-queue.ts'

/** The queue's orders, filtered and sorted, at one moment. */
export function queueOf(state: ConsoleState, nowMs: number): BoardOrder[] {
  const nameOf = (id: string) => state.drivers.get(id)?.name ?? ''
  return sortQueue(filterQueue(state.orders.values(), state.filter, nowMs, nameOf), state.sort, nowMs, nameOf)
}

/** Whether an order is in the light while an exception chip is on. */
export function isLit(state: Pick<ConsoleState, 'exception' | 'alertsOf' | 'orders'>, orderId: string): boolean {
  if (state.exception === null) return true
  if (state.exception === 'proposal') return (state.orders.get(orderId)?.proposal ?? null) !== null
  return state.alertsOf.get(orderId)?.has(state.exception) ?? false
}

/** What the queue shows in the light: the rows that keys walk through. */
export const litQueue = (state: ConsoleState, nowMs: number) => queueOf(state, nowMs).filter((order) => isLit(state, order.id))
