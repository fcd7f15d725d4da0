import type { BoardOrder } from '@doorstep/shared/contract'
import { slackMs } from './slack.ts'

/** What the queue can be sorted by; a second click turns it round. */
export type SortKey = 'slack' | 'number' | 'merchant' | 'ready' | 'driver'
export interface Sort {
  key: SortKey
  descending: boolean
}

/** The worst first. */
export const DEFAULT_SORT: Sort = { key: 'slack', descending: false }

/** Orders in the order of the queue; equal ones by number, so that rows never swap for no reason. */
export function sortQueue(
  orders: readonly BoardOrder[],
  sort: Sort,
  nowMs: number,
  driverName: (id: string) => string,
): BoardOrder[] {
  const sign = sort.descending ? -1 : 1
  const keyed = orders.map((order) => ({ order, key: keyOf(order, sort.key, nowMs, driverName) }))
  keyed.sort((a, b) => sign * compare(a.key, b.key) || a.order.number - b.order.number)
  return keyed.map(({ order }) => order)
}

/** Orders nobody can predict come after the rest, soonest promise first. */
const UNPREDICTED = 1e9

function keyOf(order: BoardOrder, key: SortKey, nowMs: number, driverName: (id: string) => string): number | string {
  switch (key) {
    case 'slack':
      return slackMs(order, nowMs) ?? UNPREDICTED + order.promisedAtMs - nowMs
    case 'number':
      return order.number
    case 'merchant':
      return order.merchantName
    case 'ready':
      return order.kitchenReadyMs ?? Number.MAX_SAFE_INTEGER
    case 'driver':
      return order.driverId ? driverName(order.driverId) : ''
  }
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b))
}
