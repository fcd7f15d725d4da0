import type { MerchantBoard, MerchantOrder, TopicChange } from '@doorstep/shared/contract'
import type { OrderId } from '@doorstep/shared/domain'
import { between, rngOf } from '../chance.ts'
import { createIntent, type Intent } from '../intent.ts'
import type { PeopleClock } from '../people-clock.ts'
import type { Session } from '../session.ts'
import { decideHabits, type KitchenHabits, prepMinutes } from './kitchen-habits.ts'
import { type KitchenStep, kitchenStep } from './kitchen-step.ts'

/** What a kitchen is made from. */
export interface KitchenDeps {
  call: Session['call']
  clock: PeopleClock
  seed: number
  /** Whether the simulation acts for this kitchen now. */
  isOurs(): boolean
  count(what: string): void
}

/** A kitchen at work on its board. */
export interface Kitchen {
  onState(board: MerchantBoard): void
  onChange(change: TopicChange): void
  onTaken(): void
}

interface Ticket {
  order: MerchantOrder
  habits: KitchenHabits
  intent: Intent
}

const REASONS = ['We ran out of an ingredient', 'The kitchen is closing early today', 'Too many orders at once']

/** Makes a kitchen. Its habits hang on the order alone, so one that is started anew goes on as it would have. */
export function createKitchen(deps: KitchenDeps): Kitchen {
  const { call, clock, count } = deps
  const tickets = new Map<OrderId, Ticket>()
  let usualMinutes = 20

  const readAnew = async () => {
    const read = await call('GET /merchant/board')
    if (read.ok && deps.isOurs()) onState(read.value)
    return read.ok
  }
  const drop = (id: OrderId) => {
    tickets.get(id)?.intent.drop()
    tickets.delete(id)
  }
  const onState = (board: MerchantBoard) => {
    usualMinutes = board.merchant.prepMinutes
    const here = new Set(board.orders.map((order) => order.id))
    for (const id of tickets.keys()) if (!here.has(id)) drop(id)
    for (const order of board.orders) take(order)
  }
  const take = (order: MerchantOrder) => {
    const known = tickets.get(order.id)
    if (known && known.order.version > order.version) return
    const ticket = known ?? {
      order,
      habits: decideHabits(rngOf(deps.seed, order.id)),
      intent: createIntent(clock, deps.isOurs),
    }
    ticket.order = order
    const step = kitchenStep(order, ticket.habits, usualMinutes)
    if (!step) return drop(order.id)
    tickets.set(order.id, ticket)
    // What is overdue, after a start or a person's visit, is done one thing after the other and not all at once.
    const waitMs = Math.max(step.atMs - clock.nowMs(), between(rngOf(deps.seed, `${order.id} ${step.press}`), 2_000, 15_000))
    ticket.intent.want(`${step.press} ${order.kitchenReadyMs}`, waitMs, () => void press(ticket, step.press))
  }
  const press = async (ticket: Ticket, button: KitchenStep['press']) => {
    const { order, habits } = ticket
    const request = { params: { id: order.id }, body: { version: order.version } }
    const done = await pressButton(call, button, request, { minutes: prepMinutes(usualMinutes, habits), habits })
    count(done.ok ? button : `${button} refused`)
    if (!deps.isOurs() || tickets.get(order.id) !== ticket) return
    if (done.ok) {
      ticket.intent.wentWell()
      if ('column' in done.value) return take(done.value)
      return drop(order.id)
    }
    const again = () => void readAnew().then((isRead) => isRead || ticket.intent.tryAgain(again))
    ticket.intent.tryAgain(again)
  }

  return {
    onState,
    onChange(change) {
      if (change.type !== 'status_update' && change.type !== 'order_cancelled') return
      if (change.merchantOrder) take(change.merchantOrder)
      else if (change.type === 'order_cancelled') drop(change.orderId)
      else if ((tickets.get(change.orderId)?.order.version ?? 0) < change.version) void readAnew()
    },
    onTaken() {
      for (const id of tickets.keys()) drop(id)
    },
  }
}

function pressButton(
  call: Session['call'],
  button: KitchenStep['press'],
  { params, body }: { params: { id: OrderId }; body: { version: number } },
  { minutes, habits }: { minutes: number; habits: KitchenHabits },
) {
  switch (button) {
    case 'accept':
      return call('POST /merchant/orders/:id/accept', { params, body: { ...body, prepMinutes: minutes } })
    case 'reject':
      return call('POST /merchant/orders/:id/reject', { params, body: { ...body, reason: REASONS[body.version % 3]! } })
    case 'start':
      return call('POST /merchant/orders/:id/start', { params, body })
    case 'ready':
      return call('POST /merchant/orders/:id/ready', { params, body })
    case 'cancel':
      return call('POST /orders/:id/cancel', { params, body: { ...body, reason: 'Nobody came for it' } })
    case 'delay':
      return call('POST /merchant/orders/:id/delay', {
        params,
        body: { ...body, minutes: habits.delayMinutes, reason: 'It takes a little longer' },
      })
  }
}
