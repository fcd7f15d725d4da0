import type { OrderId } from '@doorstep/shared/domain'
import type { OrderRow } from '../../server/src/orders/index.ts'
import {
  between,
  decideHabits,
  type KitchenHabits,
  type KitchenStep,
  kitchenStep,
  prepMinutes,
  rngOf,
  type Task,
} from '../../server/src/simulation/index.ts'
import type { Action } from './city-server.ts'
import type { Town } from './city-town.ts'

const MINUTE_MS = 60_000

/** An order at its kitchen: what the kitchen is like with it, and what it is about to do. */
interface Cooking {
  habits: KitchenHabits
  usualMinutes: number
  key: string
  task: Task | null
}

/** Lets every kitchen do what the simulated ones do: accept, start, delay and be ready as its habits say. */
export function startKitchens({ server, schedule, nowMs, evening }: Town): void {
  const cooking = new Map<OrderId, Cooking>()

  const press = (id: OrderId, button: KitchenStep['press'], known: Cooking) => {
    const order = server.state.find(id)
    known.key = ''
    if (order) server.move(id, actionOf(button, order, known, nowMs()), nowMs())
  }
  const look = (order: OrderRow) => {
    const known = cooking.get(order.id) ?? startCooking(order)
    const step = kitchenStep(ticketOf(order), known.habits, known.usualMinutes)
    const key = step ? `${step.press} ${order.kitchenReadyAt}` : ''
    if (known.key === key) return
    if (known.task) known.task.isCancelled = true
    known.key = key
    if (!step) return
    const leastMs = between(rngOf(evening.seed, `${order.id} ${step.press}`), 2_000, 15_000)
    known.task = schedule(Math.max(step.atMs, nowMs() + leastMs), () => press(order.id, step.press, known))
  }
  const startCooking = (order: OrderRow): Cooking => {
    const usualMinutes = (order.kitchenReadyAt - order.placedAt) / MINUTE_MS
    const known = { habits: decideHabits(rngOf(evening.seed, order.id)), usualMinutes, key: '', task: null }
    cooking.set(order.id, known)
    return known
  }
  server.onPlaced(look)
  server.onMoved(({ after }) => look(after))
}

/** An order as the kitchen's board shows it. */
function ticketOf(order: OrderRow): Parameters<typeof kitchenStep>[0] {
  return {
    column: order.endedAt !== null ? 'ended' : order.pickedUpAt !== null ? 'handed_over' : 'preparing',
    kitchen: order.kitchen,
    placedAtMs: order.placedAt,
    acceptedAtMs: order.acceptedAt,
    kitchenReadyMs: order.readyAt ?? order.kitchenReadyAt,
    readyAtMs: order.readyAt,
    driver: order.driverId && { name: '', vehicle: 'bicycle', isHere: order.atMerchantAt !== null, etaMs: null },
  }
}

/** What a button of the kitchen's does to an order; the word it gives is set as `actOnOrder` sets it. */
function actionOf(button: KitchenStep['press'], order: OrderRow, { habits, usualMinutes }: Cooking, nowMs: number): Action {
  switch (button) {
    case 'accept':
      return {
        action: 'accept',
        actor: 'merchant',
        patch: { kitchenReadyAt: nowMs + prepMinutes(usualMinutes, habits) * MINUTE_MS },
      }
    case 'delay': {
      const kitchenReadyAt = Math.max(order.kitchenReadyAt, nowMs) + habits.delayMinutes * MINUTE_MS
      return { action: 'delay', actor: 'merchant', patch: { kitchenReadyAt } }
    }
    case 'start':
      return { action: 'start_preparing', actor: 'merchant' }
    case 'cancel':
      return { action: 'cancel', actor: 'merchant', data: { reason: 'Nobody came for it' } }
    default:
      return { action: button, actor: 'merchant' }
  }
}
