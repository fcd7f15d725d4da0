import { fail, ok, type Result } from '@doorstep/shared/domain'
import { findDriver } from '../drivers/index.ts'
import { lockOrder, type OrderRow } from '../orders/index.ts'
import type { Sql } from '../platform/index.ts'
import { type CommandDeps, type CommandDone, type CommandedBy, takeStep } from './command-order.ts'
import { type CommandError, type CommandStep, giveTo, SEARCH_AGAIN, step } from './command-step.ts'
import { type CommandKind, type CommandRow, lockCommand, markUndone } from './commands-sql.ts'
import { controlOf, isAsLeft, patchBack } from './order-control.ts'

/** Which command is to be taken back, and whether its order is any of the caller's business. */
export interface Undo extends CommandedBy {
  commandId: string
  mayTouch(order: OrderRow): boolean
}

/** Takes a command back by the opposite one, as long as nobody has acted on the order since. An undo can be undone in turn. */
export async function undoCommand(sql: Sql, deps: CommandDeps, undo: Undo): Promise<Result<CommandDone, CommandError>> {
  const command = await lockCommand(sql, undo.commandId)
  const order = command && (await lockOrder(sql, command.orderId))
  if (!command || !order || !undo.mayTouch(order)) return fail({ kind: 'unknown_command' })
  if (command.undoneAt !== null) return fail({ kind: 'already_undone' })
  const opposite = await oppositeOf(sql, order, command)
  if (!opposite.ok) return opposite
  const { step: back, kind } = opposite.value
  const done = await takeStep(sql, deps, order, back, undo, { kind, undoes: command.id, choice: null })
  if (done.ok) await markUndone(sql, command.id, undo.nowMs)
  return done
}

type Opposite = Result<{ step: CommandStep; kind: CommandKind }, CommandError>

async function oppositeOf(sql: Sql, order: OrderRow, command: CommandRow): Promise<Opposite> {
  const { before, after } = command
  const tooLate = fail({ kind: 'too_late_to_undo' as const, change: order.delivery })
  if (order.endedAt !== null) return tooLate
  if (command.kind === 'accept_proposal') return takeOfferBack(order, command) ?? tooLate
  if (!isAsLeft(controlOf(order), command)) return tooLate
  const patch = patchBack(before, after)
  if (before.driverId !== after.driverId) {
    if (!['waiting', 'offered', 'assigned'].includes(order.delivery)) return tooLate
    return giveBack(sql, order, command)
  }
  if (command.kind === 'veto_proposal') {
    const exclusions = order.exclusions.filter((one) => one.driverId !== command.plannedDriverId)
    return ok({ step: step('take_back', { exclusions }), kind: 'release' })
  }
  // Back to held or pinned is a change of its own: nobody may look at it any more.
  if (patch.isHeld) return ok({ step: step('hold', patch), kind: 'hold' })
  if (patch.pinnedDriverId && order.driverId === null) return ok({ step: step('pin', patch), kind: 'pin' })
  return ok({
    step: step('take_back', patch),
    kind: command.kind === 'hold' || command.kind === 'pin' ? 'release' : command.kind,
  })
}

/** The order goes back to who had it before, or to nobody. */
async function giveBack(sql: Sql, order: OrderRow, { before, after }: CommandRow): Promise<Opposite> {
  const patch = patchBack(before, after)
  if (before.driverId === null) return ok({ step: step('unassign', { ...patch, ...SEARCH_AGAIN }), kind: 'unassign' })
  const driver = await findDriver(sql, before.driverId)
  if (!driver) return fail({ kind: 'unknown_driver' })
  const given = giveTo(order, driver, false)
  return ok({ step: { ...given, patch: { ...given.patch, ...patch } }, kind: after.driverId === null ? 'assign' : 'reassign' })
}

/** What the planner did because staff agreed: an offer not answered yet, or a driver who has not got there. */
function takeOfferBack(order: OrderRow, { versionAfter }: CommandRow): Opposite | undefined {
  if (order.version !== versionAfter || !['offered', 'assigned'].includes(order.delivery)) return undefined
  return ok({ step: step('unassign', SEARCH_AGAIN), kind: 'unassign' })
}
