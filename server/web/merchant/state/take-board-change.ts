import type { MerchantBoard, TopicChange } from '@doorstep/shared/contract'
import { putOrder } from '../board/board-columns.ts'

/** The board after something happened on the merchant's topic. */
export function takeBoardChange(board: MerchantBoard, change: TopicChange): MerchantBoard {
  const isOfOrder = change.type === 'status_update' || change.type === 'order_cancelled'
  return isOfOrder && change.merchantOrder ? putOrder(board, change.merchantOrder) : board
}

/** What a change is worth a sound for: a cancelled order, or one that dispatch delayed. */
export function soundOf(change: TopicChange): 'cancelled' | 'changed' | undefined {
  if (change.type === 'order_cancelled') return 'cancelled'
  if (change.type !== 'status_update' || !change.event) return undefined
  const { type, actor } = change.event
  const isByOthers = actor !== 'merchant'
  return isByOthers && (type === 'order.delayed' || type === 'order.unassigned' || type === 'order.reassigned')
    ? 'changed'
    : undefined
}
