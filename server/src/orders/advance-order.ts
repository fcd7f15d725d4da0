import {
  type Actor,
  type DriverId,
  fail,
  isEnded,
  type OrderAction,
  type OrderEventType,
  type OrderId,
  type OrderState,
  ok,
  type Result,
  type SideEffect,
  type TransitionError,
  transition,
} from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'
import { insertEvent, lastEvent } from './events-sql.ts'
import type { EventData, OrderExclusion, OrderRow } from './order-row.ts'
import { lockOrder, type OrderPatch, updateOrder } from './orders-sql.ts'

/** A change of one order, as the rooms that take part in its transaction see it. */
export interface OrderChange {
  before: OrderRow
  after: OrderRow
  event: OrderEventType
  effects: readonly SideEffect[]
  actor: Actor
  actorId: string | null
  data: EventData
  nowMs: number
}

/** Does a room's part of a change, in the same transaction; what it answers is added to the log entry's data. */
export type OrderParticipant = (sql: Sql, change: OrderChange) => Promise<EventData>

/** What is wanted of an order, by whom, and which version they saw. */
export interface AdvanceOrder {
  orderId: OrderId
  action: OrderAction
  actor: Actor
  actorId: string | null
  /** Refused when the order has moved on; left out only where a row lock and the state's own rules suffice. */
  expectedVersion?: number | undefined
  data?: EventData
  /** Columns that this change sets besides those that follow from the action. */
  patch?: OrderPatch
  nowMs: number
}

/** Why an order did not move; nothing has changed. */
export type AdvanceError =
  | TransitionError
  | { kind: 'not_found' }
  | { kind: 'stale_version'; version: number; changedBy: string; change: string; atMs: number }

/**
 * Moves an order by one action inside the caller's transaction: locks it, checks version and rules, writes the change
 * and its log entry, and lets the other rooms do their part.
 */
export async function advanceOrder(
  sql: Sql,
  participants: readonly OrderParticipant[],
  wanted: AdvanceOrder,
): Promise<Result<OrderChange, AdvanceError>> {
  const before = await lockOrder(sql, wanted.orderId)
  if (!before) return fail({ kind: 'not_found' })
  const stale = await staleness(sql, before, wanted.expectedVersion)
  if (stale) return fail(stale)
  const moved = movedOrder(before, wanted)
  if (!moved.ok) return moved
  const { state, patch, after, event, effects } = moved.value
  const { orderId, actor, actorId, nowMs, data = {} } = wanted
  await updateOrder(sql, orderId, state, patch)
  const change: OrderChange = { before, after, event, effects, actor, actorId, data: { ...data }, nowMs }
  for (const takePart of participants) Object.assign(change.data, await takePart(sql, change))
  await insertEvent(sql, {
    orderId,
    seq: after.version,
    zoneId: before.zoneId,
    type: event,
    at: nowMs,
    actor,
    actorId,
    data: change.data,
  })
  return ok(change)
}

/** What an action makes of an order: its state, the columns that change, the event and what must follow. */
export interface MovedOrder extends Pick<OrderChange, 'after' | 'event' | 'effects'> {
  state: OrderState
  patch: OrderPatch
}

/** Moves an order by one action, or says which rule forbids it. Pure: nothing is written. */
export function movedOrder(before: OrderRow, wanted: AdvanceOrder): Result<MovedOrder, TransitionError> {
  const moved = transition(before, wanted.action, wanted.actor)
  if (!moved.ok) return moved
  const { state, event, effects } = moved.value
  const patch: OrderPatch = {
    ...timesOf(wanted.action, before, wanted.nowMs),
    ...driverOf(effects, state, wanted),
    ...(effects.includes('exclude_driver') ? { exclusions: excluding(before, wanted) } : {}),
    ...wanted.patch,
  }
  if (isEnded(state)) Object.assign(patch, endOf(wanted))
  if (before.proposedDriverId && !KEEPS_PROPOSAL.has(wanted.action)) Object.assign(patch, NO_PROPOSAL)
  return ok({ state, patch, event, effects, after: { ...before, ...state, ...patch, version: before.version + 1 } })
}

/** What may happen to an order while what the planner proposed still stands. */
const KEEPS_PROPOSAL: ReadonlySet<OrderAction> = new Set<OrderAction>([
  'accept',
  'start_preparing',
  'ready',
  'delay',
  'prioritise',
  'extend',
  'take_back',
  'propose',
])
const NO_PROPOSAL: OrderPatch = { proposedDriverId: null, proposalDecisionId: null, proposalActsAt: null }

function timesOf(action: OrderAction, before: OrderRow, nowMs: number): OrderPatch {
  switch (action) {
    case 'accept':
      return { acceptedAt: nowMs }
    case 'start_preparing':
      return { preparingAt: nowMs }
    case 'ready':
      return { readyAt: nowMs }
    case 'assign':
    case 'accept_offer':
    case 'reassign':
      return { assignedAt: nowMs, atMerchantAt: null, noDriverAt: null, nextAttemptAt: null }
    case 'unassign':
      return { assignedAt: null, atMerchantAt: null }
    case 'arrive_at_merchant':
      return { atMerchantAt: nowMs }
    case 'pick_up':
      return {
        pickedUpAt: nowMs,
        atMerchantAt: before.atMerchantAt ?? nowMs,
        ...(before.readyAt ? {} : { readyAt: nowMs }),
      }
    case 'depart':
      return { departedAt: nowMs }
    case 'arrive_at_customer':
      return { atCustomerAt: nowMs, departedAt: before.departedAt ?? nowMs }
    case 'give_up':
      return { noDriverAt: nowMs, nextAttemptAt: null }
    case 'deliver':
    case 'fail':
    case 'delay':
    case 'reject':
    case 'cancel':
    case 'cancel_by_customer':
    case 'offer':
    case 'decline_offer':
    case 'expire_offer':
    case 'pin':
    case 'hold':
    case 'release':
    case 'prioritise':
    case 'extend':
    case 'propose':
    case 'veto':
    case 'take_back':
      return {}
  }
}

function driverOf(effects: readonly SideEffect[], state: Pick<OrderRow, 'delivery'>, wanted: AdvanceOrder): OrderPatch {
  if (effects.includes('set_driver')) {
    if (!wanted.patch?.driverId) throw new Error(`${wanted.action} needs the driver in its patch`)
    return {}
  }
  // An ended order keeps the driver who had it, for the record.
  return effects.includes('release_driver') && state.delivery === 'waiting' ? { driverId: null } : {}
}

/** Who may not have the order any more, with the one that this change rules out. */
function excluding(before: OrderRow, { action, data }: AdvanceOrder): OrderExclusion[] {
  const driverId = data?.['driverId']
  if (typeof driverId !== 'string') throw new Error(`${action} needs the driver in its data`)
  const why = action === 'decline_offer' ? 'declined' : action === 'expire_offer' ? 'expired' : 'excluded'
  return [...before.exclusions.filter((one) => one.driverId !== driverId), { driverId: driverId as DriverId, why }]
}

function endOf(wanted: AdvanceOrder): OrderPatch {
  const reason = wanted.data?.['reason']
  const regular = wanted.action === 'deliver'
  return {
    endedAt: wanted.nowMs,
    nextAttemptAt: null,
    endedBy: regular ? null : wanted.actor,
    endedReason: regular ? null : typeof reason === 'string' ? reason : null,
  }
}

/** Who changed what, if the order is not at the version that somebody saw. */
export async function staleness(
  sql: Sql,
  order: OrderRow,
  expectedVersion: number | undefined,
): Promise<AdvanceError | undefined> {
  if (expectedVersion === undefined || expectedVersion === order.version) return undefined
  const last = await lastEvent(sql, order.id)
  return {
    kind: 'stale_version',
    version: order.version,
    changedBy: last?.actorName ?? last?.actor ?? 'system',
    change: last?.type ?? 'order.placed',
    atMs: last?.at ?? order.placedAt,
  }
}
