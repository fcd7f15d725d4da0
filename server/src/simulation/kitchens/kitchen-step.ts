import type { MerchantOrder } from '@doorstep/shared/contract'
import { type KitchenHabits, prepMinutes } from './kitchen-habits.ts'

/** The next button a kitchen presses for an order, and when by the server's clock. */
export interface KitchenStep {
  press: 'accept' | 'reject' | 'start' | 'delay' | 'ready' | 'cancel'
  atMs: number
}

const MINUTE_MS = 60_000
/** A kitchen that will be late says so this long before its word is over. */
const WARNS_BEFORE_MS = MINUTE_MS

/** What nobody came for is cold by then, and given up. */
const COLD_AFTER_MS = 35 * MINUTE_MS

/** What counts of an order for what its kitchen does next. */
export type Ticket = Pick<
  MerchantOrder,
  'column' | 'kitchen' | 'placedAtMs' | 'acceptedAtMs' | 'kitchenReadyMs' | 'readyAtMs' | 'driver'
>

/** What a kitchen does next with an order, which usually takes it so many minutes; nothing when it has handed it over or it has ended. */
export function kitchenStep(order: Ticket, habits: KitchenHabits, usualMinutes: number): KitchenStep | null {
  const isOver = order.column === 'ended' || order.column === 'handed_over'
  if (isOver) return null
  switch (order.kitchen) {
    case 'placed':
      return { press: habits.rejects ? 'reject' : 'accept', atMs: order.placedAtMs + habits.answersAfterMs }
    case 'accepted':
      return { press: 'start', atMs: (order.acceptedAtMs ?? order.placedAtMs) + habits.startsAfterMs }
    case 'preparing': {
      const wordMs = order.kitchenReadyMs ?? order.placedAtMs
      const firstWordMs = (order.acceptedAtMs ?? order.placedAtMs) + prepMinutes(usualMinutes, habits) * MINUTE_MS
      const isDelayed = wordMs > firstWordMs + WARNS_BEFORE_MS
      if (habits.delayMinutes > 0 && !isDelayed) return { press: 'delay', atMs: wordMs - WARNS_BEFORE_MS }
      return { press: 'ready', atMs: wordMs + habits.readyOffMs }
    }
    case 'ready':
      return order.driver ? null : { press: 'cancel', atMs: (order.readyAtMs ?? order.placedAtMs) + COLD_AFTER_MS }
    default:
      return null
  }
}
