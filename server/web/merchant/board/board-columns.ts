import type { MerchantBoard, MerchantOrder } from '@doorstep/shared/contract'

/** The columns of the board, left to right. */
export const COLUMNS = ['new', 'preparing', 'ready', 'handed_over'] as const
export type Column = (typeof COLUMNS)[number]

/** The board's orders by column: what is due first stands first, what was handed over last stands first. */
export function boardColumns(orders: readonly MerchantOrder[]): Record<Column, MerchantOrder[]> {
  const of = (column: Column) => orders.filter((order) => order.column === column)
  return {
    new: of('new').sort((a, b) => a.placedAtMs - b.placedAtMs),
    preparing: of('preparing').sort((a, b) => dueMs(a) - dueMs(b)),
    ready: of('ready').sort((a, b) => (a.readyAtMs ?? 0) - (b.readyAtMs ?? 0)),
    handed_over: of('handed_over').sort((a, b) => (b.pickedUpAtMs ?? 0) - (a.pickedUpAtMs ?? 0)),
  }
}

const dueMs = (order: MerchantOrder) => order.kitchenReadyMs ?? order.placedAtMs

/** The board with one order as it is now; an older version never replaces a newer one. */
export function putOrder(board: MerchantBoard, order: MerchantOrder): MerchantBoard {
  const known = board.orders.find((one) => one.id === order.id)
  if (known && known.version > order.version) return board
  const orders = known ? board.orders.map((one) => (one.id === order.id ? order : one)) : [...board.orders, order]
  const today = known ? board.today : { ...board.today, orders: board.today.orders + 1 }
  return { ...board, orders, today }
}

/** How far the kitchen is with an order: the share of its time that has gone, and the minutes that are left. */
export function kitchenProgress(
  order: Pick<MerchantOrder, 'acceptedAtMs' | 'placedAtMs' | 'kitchenReadyMs'>,
  nowMs: number,
): { share: number; minutesLeft: number; isLate: boolean } {
  const fromMs = order.acceptedAtMs ?? order.placedAtMs
  const dueMs = order.kitchenReadyMs ?? fromMs
  const share = Math.min(1, Math.max(0, (nowMs - fromMs) / Math.max(1, dueMs - fromMs)))
  const minutesLeft = Math.ceil((dueMs - nowMs) / 60_000)
  return { share, minutesLeft, isLate: nowMs > dueMs }
}
