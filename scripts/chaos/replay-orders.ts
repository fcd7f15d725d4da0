import { type Actor, isEnded, type OrderAction, type OrderState, TRANSITIONS, transition } from '../../shared/src/domain/index.ts'
import type { OrderNow } from './database-sql.ts'

interface Entry {
  orderId: string
  seq: number
  type: string
  actor: string
}

const ACTIONS = Object.keys(TRANSITIONS) as OrderAction[]
const name = ({ kitchen, delivery }: OrderState) => `${kitchen}/${delivery}`

/**
 * Plays each order's log through the table of transitions: entries follow one another without a hole, every one is allowed
 * where it stands, and the end is what the order's row says. A line for each order of which that is not so.
 */
export function replayOrders(orders: readonly OrderNow[], entries: readonly Entry[]): string[] {
  const logs = Map.groupBy(entries, (entry) => entry.orderId)
  return orders.flatMap((order) => replayOrder(order, logs.get(order.id) ?? []) ?? [])
}

function replayOrder(order: OrderNow, log: readonly Entry[]): string | null {
  const who = `order ${order.number}`
  if (log.some(({ seq }, index) => seq !== index + 1)) return `${who}: its log has a hole: ${log.map(({ seq }) => seq).join(' ')}`
  if (log.length !== order.version) return `${who}: it is at version ${order.version} and its log has ${log.length} entries`
  if (log[0]?.type !== 'order.placed') return `${who}: its log begins with ${log[0]?.type ?? 'nothing'}`
  // An offer that is declined while others are open leaves the order where it is, so there may be two ways to read a log.
  let states: OrderState[] = [{ kitchen: 'placed', delivery: 'waiting' }]
  for (const entry of log.slice(1)) {
    const next = new Map<string, OrderState>()
    for (const state of states) for (const after of statesAfter(state, entry)) next.set(name(after), after)
    if (next.size === 0)
      return `${who}: ${entry.type} by ${entry.actor} (${entry.seq}) is not allowed in ${states.map(name).join(' or ')}`
    states = [...next.values()]
  }
  if (states.some((state) => name(state) === name(order))) return null
  return `${who}: its row says ${name(order)}, its log ${states.map(name).join(' or ')}`
}

function statesAfter(state: OrderState, { type, actor }: Entry): OrderState[] {
  const after = ACTIONS.filter((action) => TRANSITIONS[action].event === type).flatMap((action) => {
    const moved = transition(state, action, actor as Actor)
    return moved.ok ? [moved.value.state] : []
  })
  const isOneOffer = type === 'order.offer_declined' || type === 'order.offer_expired'
  return isOneOffer && !isEnded(state) ? [...after, state] : after
}
