import { type DriverId, fail, type OrderId, ok, type Result, type UserId } from '@doorstep/shared/domain'
import { findDriver, orderStops, type StopRef } from '../drivers/index.ts'
import { advanceOrder, lockOrder, type OrderChange, type OrderParticipant, type OrderRow, staleness } from '../orders/index.ts'
import { newId, type Sql } from '../platform/index.ts'
import { type CommandError, type CommandStep, stepOf, type WantedCommand } from './command-step.ts'
import { type CommandKind, insertCommand } from './commands-sql.ts'
import { controlOf } from './order-control.ts'
import type { StaffChoice } from './staff-choice.ts'

/** Who commands, when and why. */
export interface CommandedBy {
  actorId: UserId
  actor: 'dispatcher' | 'admin'
  reason: string | null
  nowMs: number
}

/** A command of dispatch staff for one order. */
export interface Command extends CommandedBy {
  orderId: OrderId
  wanted: WantedCommand
  expectedVersion?: number | undefined
  /** With a driver: how the planner ranked the drivers at that moment. */
  choice: StaffChoice | null
}

/** A command carried out: its id, the change, and the order as it was. */
export interface CommandDone {
  id: string
  change: OrderChange
}

/** What carrying out commands needs inside their transaction. */
export interface CommandDeps {
  participants: readonly OrderParticipant[]
  /** Carries out what the planner proposed for an order. */
  carryOutProposal(sql: Sql, order: OrderRow, by: CommandedBy): Promise<Result<OrderChange, CommandError>>
  /** A driver's stops with an order among them, in the best order. */
  planStops(orderId: OrderId, driverId: DriverId): readonly StopRef[]
  /** Keeps how the drivers were ranked when staff chose one; answers the decision's id, null where there was no ranking. */
  storeChoice(sql: Sql, order: OrderRow, choice: StaffChoice, nowMs: number): Promise<string | null>
}

/** Carries out a command in the caller's transaction, or says why not; nothing has changed then. */
export async function commandOrder(sql: Sql, deps: CommandDeps, command: Command): Promise<Result<CommandDone, CommandError>> {
  const order = await lockOrder(sql, command.orderId)
  if (!order) return fail({ kind: 'not_found' })
  const { wanted } = command
  if (wanted.kind === 'accept_proposal') return acceptProposal(sql, deps, order, command)
  const driver = 'driverId' in wanted ? await findDriver(sql, wanted.driverId) : undefined
  const step = stepOf(order, wanted, driver?.zoneId === order.zoneId ? driver : undefined)
  if (!step.ok) return step
  const record = { kind: wanted.kind, undoes: null, expectedVersion: command.expectedVersion, choice: command.choice }
  return takeStep(sql, deps, order, step.value, command, record)
}

async function acceptProposal(sql: Sql, deps: CommandDeps, order: OrderRow, command: Command) {
  if (!order.proposedDriverId) return fail({ kind: 'no_proposal' as const })
  // What is proposed is part of what was seen: another proposal is another version.
  const stale = await staleness(sql, order, command.expectedVersion)
  if (stale) return fail(stale)
  const moved = await deps.carryOutProposal(sql, order, command)
  if (!moved.ok) return moved
  const id = await record(sql, moved.value, command, { kind: 'accept_proposal', undoes: null, choice: null })
  return ok({ id, change: moved.value })
}

interface Recorded {
  kind: CommandKind
  undoes: string | null
  expectedVersion?: number | undefined
  choice: StaffChoice | null
}

/** Makes one step of an order and writes down who wanted it. */
export async function takeStep(
  sql: Sql,
  deps: CommandDeps,
  order: OrderRow,
  step: CommandStep,
  by: CommandedBy,
  how: Recorded,
): Promise<Result<CommandDone, CommandError>> {
  const { driver } = step
  if (driver && driver.shiftStartedAt === null) return fail({ kind: 'driver_offline', name: driver.name })
  if (driver && order.driverId === driver.id) return fail({ kind: 'already_has_it', name: driver.name })
  const decisionId = driver && how.choice ? await deps.storeChoice(sql, order, how.choice, by.nowMs) : null
  const moved = await advanceOrder(sql, deps.participants, {
    orderId: order.id,
    action: step.action,
    actor: by.actor,
    actorId: by.actorId,
    expectedVersion: how.expectedVersion,
    nowMs: by.nowMs,
    patch: step.patch,
    data: {
      ...step.data,
      reason: by.reason,
      ...(order.driverId ? { previousDriverId: order.driverId } : {}),
      ...(decisionId ? { decisionId } : {}),
    },
  })
  if (!moved.ok) return moved
  if (driver) await orderStops(sql, driver.id, how.choice?.route ?? deps.planStops(order.id, driver.id))
  return ok({ id: await record(sql, moved.value, by, how), change: moved.value })
}

async function record(sql: Sql, { before, after }: OrderChange, by: CommandedBy, how: Recorded): Promise<string> {
  const id = newId(by.nowMs)
  await insertCommand(sql, {
    id,
    zoneId: after.zoneId,
    orderId: after.id,
    kind: how.kind,
    actorId: by.actorId,
    at: by.nowMs,
    reason: by.reason,
    before: controlOf(before),
    after: controlOf(after),
    plannedDriverId: how.kind === 'veto_proposal' ? before.proposedDriverId : (how.choice?.plannedDriverId ?? null),
    dearerByMinor: how.choice?.dearerByMinor ?? null,
    versionAfter: after.version,
    undoes: how.undoes,
  })
  return id
}
