import type { BoardOrder, CommandResult } from '@doorstep/shared/contract'
import { fail, ok } from '@doorstep/shared/domain'
import type { Asked, DispatchApi, OrderSeen } from './dispatch-api.ts'
import type { OrderCommand } from './order-command.ts'

/** Orders behind an API as a server keeps them: versions checked, commands undone by their opposite. */
export interface DispatchServer {
  api: DispatchApi
  order(id: string): BoardOrder
  /** What somebody else does meanwhile. */
  change(id: string, change: Partial<BoardOrder>, by: { name: string; event: string }): void
  /** The commands that were carried out, in their order. */
  readonly done: string[]
}

/** A server with these orders. */
export function dispatchServerWith(orders: readonly BoardOrder[]): DispatchServer {
  const board = new Map(orders.map((order) => [order.id as string, order]))
  const last = new Map<string, { name: string; event: string }>()
  const log = new Map<string, { before: BoardOrder; after: BoardOrder }>()
  const done: string[] = []
  const orderOf = (id: string) => {
    const order = board.get(id)
    if (!order) throw new Error(`There is no order ${id}`)
    return order
  }
  const carryOut = (before: BoardOrder, change: Partial<BoardOrder>, what: string): Asked<CommandResult> => {
    const after = { ...before, ...change, version: before.version + 1 }
    board.set(before.id, after)
    last.set(before.id, { name: 'Marta', event: what })
    const commandId = `command-${done.push(what)}`
    log.set(commandId, { before, after })
    return Promise.resolve(ok({ commandId, order: after, before, canUndo: true }))
  }
  const command = (seen: OrderSeen, wanted: OrderCommand): Asked<CommandResult> => {
    const order = orderOf(seen.id)
    if (order.version !== seen.version) {
      const { name, event } = last.get(seen.id) ?? { name: 'Somebody', event: 'order.assigned' }
      const stale = { code: 'stale_version', title: 'Stale', version: order.version, changedBy: name, change: event } as const
      return Promise.resolve(fail(stale))
    }
    return carryOut(order, changeOf(order, wanted), wanted.kind)
  }
  const undo = (commandId: string): Asked<CommandResult> => {
    const entry = log.get(commandId)
    if (!entry) return Promise.resolve(fail({ code: 'not_found', title: 'There is no such command' }))
    const now = orderOf(entry.after.id)
    if (now.version !== entry.after.version)
      return Promise.resolve(
        fail({ code: 'action_not_allowed', title: 'Not allowed', detail: 'It cannot be taken back any more.' }),
      )
    return carryOut(now, { ...entry.before }, `undo of ${commandId}`)
  }
  return {
    api: { command, undo } as unknown as DispatchApi,
    order: orderOf,
    change(id, change, by) {
      const order = orderOf(id)
      board.set(id, { ...order, ...change, version: order.version + 1 })
      last.set(id, by)
    },
    done,
  }
}

function changeOf(order: BoardOrder, wanted: OrderCommand): Partial<BoardOrder> {
  switch (wanted.kind) {
    case 'assign':
      return { driverId: wanted.driverId as never, delivery: 'assigned', isHeld: false }
    case 'pin':
      return { pinnedDriverId: wanted.driverId as never }
    case 'unassign':
      return { driverId: null, delivery: 'waiting' }
    case 'hold':
      return { isHeld: true }
    case 'release':
      return { isHeld: false, pinnedDriverId: null }
    case 'priority':
      return { priority: wanted.priority }
    case 'extend':
      return { promisedAtMs: order.promisedAtMs + wanted.minutes * 60_000 }
    case 'accept':
      return { driverId: order.proposal?.driverId ?? null, delivery: 'assigned', proposal: null }
    case 'veto':
      return { proposal: null }
  }
}
