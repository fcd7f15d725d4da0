import { hasDriver, type OrderAction, orderAction } from '@doorstep/shared/domain'
import { AppError, type Database, inTransaction, type Principal, type Sql } from '../platform/index.ts'
import { type AdvanceOrder, advanceOrder, type OrderChange, type OrderParticipant } from './advance-order.ts'
import { actorOf, isParty } from './order-access.ts'
import { advanceProblem } from './order-problem.ts'
import type { EventData, OrderRow } from './order-row.ts'
import { findOrder } from './orders-sql.ts'

/** What changing an order over the API needs. */
export interface ActOnOrderDeps {
  db: Database
  participants: readonly OrderParticipant[]
  /** Called after the commit, so that followers of the log read at once. */
  committed(): void
}

/** A change by name, as it comes over the wire. */
export interface NamedAction {
  orderId: OrderRow['id']
  action: string
  version: number | undefined
  reason?: string | undefined
  /** With accept: until ready. With delay: minutes added. */
  minutes?: number | undefined
}

/** Actions that a party can ask for by name; offers and assignments have routes of their own. */
const BY_NAME: ReadonlySet<OrderAction> = new Set([
  'accept',
  'start_preparing',
  'ready',
  'delay',
  'reject',
  'arrive_at_merchant',
  'pick_up',
  'depart',
  'arrive_at_customer',
  'deliver',
  'fail',
  'cancel',
  'cancel_by_customer',
])

/** Moves an order for one of its parties, or throws the problem that says why not. */
export async function actOnOrder(
  deps: ActOnOrderDeps,
  principal: Principal,
  wanted: NamedAction,
  nowMs: number,
): Promise<OrderChange> {
  const action = orderAction(wanted.action, actorOf(principal))
  const change = await inTransaction(deps.db, async (sql) => {
    const order = await findOrder(sql, wanted.orderId)
    if (!order || !isParty(order, principal)) throw advanceProblem({ kind: 'not_found' })
    if (!action || !BY_NAME.has(action)) throw advanceProblem({ kind: 'unknown_action', action: wanted.action })
    return advanceOrThrow(sql, deps.participants, {
      orderId: order.id,
      action,
      actor: actorOf(principal),
      actorId: principal.userId,
      expectedVersion: wanted.version,
      nowMs,
      ...detailsOf(action, order, wanted, nowMs),
    })
  })
  deps.committed()
  return change
}

async function advanceOrThrow(sql: Sql, participants: readonly OrderParticipant[], wanted: AdvanceOrder): Promise<OrderChange> {
  const moved = await advanceOrder(sql, participants, wanted)
  if (!moved.ok) throw advanceProblem(moved.error)
  return moved.value
}

function detailsOf(
  action: OrderAction,
  order: OrderRow,
  wanted: NamedAction,
  nowMs: number,
): { data: EventData; patch?: { kitchenReadyAt: number } } {
  const data: EventData = wanted.reason === undefined ? {} : { reason: wanted.reason }
  if (action === 'accept') {
    const minutes = wanted.minutes ?? Math.max(1, Math.round((order.kitchenReadyAt - order.placedAt) / 60_000))
    const kitchenReadyAt = nowMs + minutes * 60_000
    return { data: { ...data, prepMinutes: minutes, readyAtMs: kitchenReadyAt }, patch: { kitchenReadyAt } }
  }
  if (action === 'delay') {
    if (wanted.minutes === undefined) {
      throw new AppError('invalid_input', undefined, {
        extras: { errors: [{ field: 'body.prepMinutes', rule: 'required', message: 'Say how many minutes longer it takes.' }] },
      })
    }
    const kitchenReadyAt = Math.max(order.kitchenReadyAt, nowMs) + wanted.minutes * 60_000
    return { data: { ...data, addedMinutes: wanted.minutes, readyAtMs: kitchenReadyAt }, patch: { kitchenReadyAt } }
  }
  return { data }
}

/** What a principal may do next with an order, by the names of `PATCH /orders/:id/status`. */
export function actionsFor(order: OrderRow, principal: Principal, canMove: (action: OrderAction) => boolean): string[] {
  return [...BY_NAME]
    .filter((action) => canMove(action))
    .filter((action) => action !== 'pick_up' || principal.role !== 'merchant' || hasDriver(order))
    .map((action) => (action === 'cancel_by_customer' ? 'cancel' : action))
}
