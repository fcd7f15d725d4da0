import { type DriverId, fail, type OrderAction, ok, type Result } from '@doorstep/shared/domain'
import type { DriverRow } from '../drivers/index.ts'
import type { AdvanceError, EventData, OrderPatch, OrderRow } from '../orders/index.ts'

/** What dispatch staff want of an order. */
export type WantedCommand =
  | { kind: 'assign' | 'reassign' | 'pin'; driverId: DriverId }
  | { kind: 'unassign' | 'hold' | 'release' | 'veto_proposal' }
  | { kind: 'accept_proposal' }
  | { kind: 'prioritise'; priority: number }
  | { kind: 'extend'; minutes: number }

/** Why a command was refused; nothing has changed. */
export type CommandError =
  | AdvanceError
  | { kind: 'unknown_driver' }
  | { kind: 'driver_offline'; name: string }
  | { kind: 'already_has_it'; name: string }
  | { kind: 'no_change'; why: string }
  | { kind: 'no_proposal' }
  | { kind: 'unknown_command' }
  | { kind: 'already_undone' }
  | { kind: 'too_late_to_undo'; change: string }

/** One change of an order: the line of the transition table, and what it sets besides. */
export interface CommandStep {
  action: OrderAction
  patch: OrderPatch
  data: EventData
  /** Who gets the order with it. */
  driver: DriverRow | null
}

/** The search for a driver begins anew. */
export const SEARCH_AGAIN: OrderPatch = { attempts: 0, nextAttemptAt: null, noDriverAt: null }

/** What a command does to an order as it stands; `driver` is the one it names. */
export function stepOf(
  order: OrderRow,
  wanted: Exclude<WantedCommand, { kind: 'accept_proposal' }>,
  driver: DriverRow | undefined,
): Result<CommandStep, CommandError> {
  switch (wanted.kind) {
    case 'assign':
    case 'reassign':
      return driver ? ok(giveTo(order, driver, wanted.kind === 'reassign')) : fail({ kind: 'unknown_driver' })
    case 'pin':
      if (!driver) return fail({ kind: 'unknown_driver' })
      if (order.pinnedDriverId === driver.id) return fail({ kind: 'no_change', why: `It is pinned to ${driver.name} already.` })
      return ok({
        ...step('pin', { ...SEARCH_AGAIN, pinnedDriverId: driver.id, exclusions: without(order, driver.id) }),
        data: named(driver),
      })
    case 'unassign':
      return ok(step('unassign', { ...SEARCH_AGAIN, pinnedDriverId: null, ...ruleOut(order) }))
    case 'hold':
      return order.isHeld ? fail({ kind: 'no_change', why: 'It is held already.' }) : ok(step('hold', { isHeld: true }))
    case 'release':
      if (!order.isHeld && order.pinnedDriverId === null)
        return fail({ kind: 'no_change', why: 'It is neither held nor pinned.' })
      return ok(step('release', { ...SEARCH_AGAIN, isHeld: false, pinnedDriverId: null }))
    case 'prioritise':
      if (order.priority === wanted.priority)
        return fail({ kind: 'no_change', why: `Its priority is ${order.priority} already.` })
      return ok(step('prioritise', { priority: wanted.priority }, { priority: wanted.priority }))
    case 'extend': {
      const promisedAt = order.promisedAt + wanted.minutes * 60_000
      // One that nobody could bring in time is looked at anew.
      const again = order.noDriverAt === null ? {} : SEARCH_AGAIN
      return ok(step('extend', { ...again, promisedAt }, { promisedAtMs: promisedAt, minutes: wanted.minutes }))
    }
    case 'veto_proposal':
      return order.proposedDriverId ? ok(step('veto', {}, { driverId: order.proposedDriverId })) : fail({ kind: 'no_proposal' })
  }
}

/** Gives an order to a driver, from whoever has it. */
export function giveTo(order: OrderRow, driver: DriverRow, mustHaveOne: boolean): CommandStep {
  // "reassign" of an order nobody has is refused by the transition table; "assign" takes both.
  const action = mustHaveOne || order.driverId !== null ? 'reassign' : 'assign'
  const patch = { driverId: driver.id, pinnedDriverId: driver.id, isHeld: false, exclusions: without(order, driver.id) }
  return { action, patch, data: named(driver), driver }
}

/** A step that gives the order to nobody. */
export function step(action: OrderAction, patch: OrderPatch, data: EventData = {}): CommandStep {
  return { action, patch, data, driver: null }
}

const named = ({ id, name }: DriverRow): EventData => ({ driverId: id, driverName: name })
const without = (order: OrderRow, driverId: DriverId) => order.exclusions.filter((one) => one.driverId !== driverId)

/** Whoever staff took the order from is not asked again, or the planner would give it back at once. */
function ruleOut(order: OrderRow): OrderPatch {
  if (!order.driverId) return {}
  return { exclusions: [...without(order, order.driverId), { driverId: order.driverId, why: 'excluded' }] }
}
