import { type DriverId, fail, type OrderAction, type OrderId, ok, type Result, type UserId } from '@doorstep/shared/domain'
import { type DriverRow, findDriver, orderStops, type StopRef } from '../drivers/index.ts'
import {
  type AdvanceError,
  advanceOrder,
  findOrder,
  type OrderChange,
  type OrderParticipant,
  type OrderRow,
} from '../orders/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { type CommandRow, insertCommand, lockCommand, markUndone } from './commands-sql.ts'

/** What dispatch staff want of an order; `driverId` null takes it off its driver. */
export interface Command {
  kind: CommandRow['kind']
  orderId: OrderId
  driverId: DriverId | null
  actorId: UserId
  actor: 'dispatcher' | 'admin'
  expectedVersion?: number | undefined
  reason: string | null
  nowMs: number
}

/** Why a command was refused; nothing has changed. */
export type CommandError =
  | AdvanceError
  | { kind: 'unknown_driver' }
  | { kind: 'driver_offline'; name: string }
  | { kind: 'already_has_it'; name: string }
  | { kind: 'unknown_command' }
  | { kind: 'already_undone' }
  | { kind: 'too_late_to_undo'; change: string }

/** A command carried out: its id, the change, and the order as it was. */
export interface CommandDone {
  id: string
  change: OrderChange
}

/** Puts a driver's stops in the best order with a new one, as the planner would: given by the caller, made from memory. */
export type PlanStops = (orderId: OrderId, driverId: DriverId) => readonly StopRef[]

/** Gives an order to a driver, moves it to another or takes it off; the choice is pinned, so the planner leaves it. */
export async function commandOrder(
  sql: Sql,
  participants: readonly OrderParticipant[],
  planStops: PlanStops,
  command: Command,
): Promise<Result<CommandDone, CommandError>> {
  const order = await findOrder(sql, command.orderId)
  if (!order) return fail({ kind: 'not_found' })
  return apply(sql, participants, planStops, order, command, { isPinned: true, undoes: null })
}

/** Takes a command back by the opposite one, as long as nobody has acted on the order since. */
export async function undoCommand(
  sql: Sql,
  participants: readonly OrderParticipant[],
  planStops: PlanStops,
  undo: { commandId: string; actorId: UserId; actor: 'dispatcher' | 'admin'; nowMs: number; mayTouch(order: OrderRow): boolean },
): Promise<Result<CommandDone, CommandError>> {
  const command = await lockCommand(sql, undo.commandId)
  const order = command && (await findOrder(sql, command.orderId))
  if (!command || !order || !undo.mayTouch(order)) return fail({ kind: 'unknown_command' })
  if (command.undoneAt !== null) return fail({ kind: 'already_undone' })
  const isUntouched =
    order.driverId === command.driverAfter &&
    order.endedAt === null &&
    ['waiting', 'offered', 'assigned'].includes(order.delivery)
  if (!isUntouched) return fail({ kind: 'too_late_to_undo', change: order.delivery })
  const back: Command = {
    kind: command.driverBefore === null ? 'unassign' : command.driverAfter === null ? 'assign' : 'reassign',
    orderId: order.id,
    driverId: command.driverBefore,
    actorId: undo.actorId,
    actor: undo.actor,
    reason: 'undo',
    nowMs: undo.nowMs,
  }
  const done = await apply(sql, participants, planStops, order, back, { isPinned: command.wasPinned, undoes: command.id })
  if (done.ok) await markUndone(sql, command.id, undo.nowMs)
  return done
}

async function apply(
  sql: Sql,
  participants: readonly OrderParticipant[],
  planStops: PlanStops,
  order: OrderRow,
  command: Command,
  how: { isPinned: boolean; undoes: string | null },
): Promise<Result<CommandDone, CommandError>> {
  const driver = command.driverId ? await findDriver(sql, command.driverId) : null
  const refusal = refuse(order, command, driver)
  if (refusal) return fail(refusal)
  const moved = await advanceOrder(sql, participants, {
    orderId: order.id,
    action: actionFor(order, command),
    actor: command.actor,
    actorId: command.actorId,
    expectedVersion: command.expectedVersion,
    nowMs: command.nowMs,
    patch: driver
      ? { driverId: driver.id, isPinned: how.isPinned }
      : { isPinned: false, attempts: 0, nextAttemptAt: null, noDriverAt: null },
    data: {
      ...(driver ? { driverId: driver.id, driverName: driver.name } : {}),
      reason: command.reason,
      previousDriverId: order.driverId,
    },
  })
  if (!moved.ok) return moved
  if (driver) await orderStops(sql, driver.id, planStops(order.id, driver.id))
  return ok({ id: await record(sql, command, moved.value, how.undoes), change: moved.value })
}

function refuse(order: OrderRow, command: Command, driver: DriverRow | null | undefined): CommandError | null {
  if (command.driverId === null) return null
  if (!driver || driver.zoneId !== order.zoneId) return { kind: 'unknown_driver' }
  if (driver.shiftStartedAt === null) return { kind: 'driver_offline', name: driver.name }
  if (order.driverId === driver.id) return { kind: 'already_has_it', name: driver.name }
  return null
}

function actionFor(order: OrderRow, command: Command): OrderAction {
  if (command.driverId === null) return 'unassign'
  // "reassign" of an order nobody has is refused by the transition table; "assign" takes both.
  return command.kind === 'reassign' || order.driverId !== null ? 'reassign' : 'assign'
}

async function record(sql: Sql, command: Command, change: OrderChange, undoes: string | null): Promise<string> {
  const { before, after } = change
  const id = newId(command.nowMs)
  await insertCommand(sql, {
    id,
    zoneId: after.zoneId,
    orderId: after.id,
    kind: command.kind,
    actorId: command.actorId,
    at: command.nowMs,
    reason: command.reason,
    driverBefore: before.driverId,
    driverAfter: after.driverId,
    wasPinned: before.isPinned,
    versionAfter: after.version,
    undoes,
  })
  return id
}
