import type { DeliveryState } from '@doorstep/shared/domain'
import type { OutboxActionName } from './outbox-entry.ts'

const ORDER_OF_STATES: readonly DeliveryState[] = [
  'waiting',
  'offered',
  'assigned',
  'at_merchant',
  'picked_up',
  'in_transit',
  'at_customer',
  'delivered',
]

const REACHES: Partial<Record<OutboxActionName, DeliveryState>> = {
  arrive_at_merchant: 'at_merchant',
  pick_up: 'picked_up',
  depart: 'in_transit',
  arrive_at_customer: 'at_customer',
  deliver: 'delivered',
  fail: 'failed',
}

/**
 * Whether an order is where an action would have brought it, or beyond: then an earlier try arrived and only its answer
 * was lost, or somebody else did the same, and nothing is to be done twice.
 */
export function isAlreadyDone(action: OutboxActionName, delivery: DeliveryState): boolean {
  const goal = REACHES[action]
  if (!goal) return false
  if (goal === 'failed' || delivery === 'failed') return goal === delivery
  return ORDER_OF_STATES.indexOf(delivery) >= ORDER_OF_STATES.indexOf(goal)
}
