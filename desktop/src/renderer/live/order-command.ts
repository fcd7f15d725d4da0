import type { BoardOrder } from '@doorstep/shared/contract'
import { isCarried, isEnded, type OrderAction, transition } from '@doorstep/shared/domain'

/** What dispatch staff can do to one order; the same words for keys, menus, palette and buttons. */
export type OrderCommand =
  | { kind: 'assign' | 'pin'; driverId: string }
  | { kind: 'unassign' | 'hold' | 'release' | 'accept' | 'veto' }
  | { kind: 'priority'; priority: number }
  | { kind: 'extend'; minutes: number }
export type CommandKind = OrderCommand['kind']

/** The highest priority; each step weighs an order’s minutes once more. */
export const MAX_PRIORITY = 3

const ACTIONS: Record<CommandKind, OrderAction> = {
  assign: 'assign',
  pin: 'pin',
  unassign: 'unassign',
  hold: 'hold',
  release: 'release',
  priority: 'prioritise',
  extend: 'extend',
  accept: 'assign',
  veto: 'veto',
}

/** Why a command cannot be given now, in few words; null when it can. The server has the last word. */
export function blockOf(order: BoardOrder, kind: CommandKind): string | null {
  if (order.endedAtMs !== null || isEnded(order)) return 'it has ended'
  const missing = missingFor(order, kind)
  if (missing) return missing
  const action = kind === 'assign' && order.driverId ? 'reassign' : ACTIONS[kind]
  if (transition(order, action, 'dispatcher').ok) return null
  if (isCarried(order)) return 'already picked up'
  return order.driverId ? 'a driver has it; take it off first' : 'not in this state'
}

function missingFor(order: BoardOrder, kind: CommandKind): string | null {
  switch (kind) {
    case 'unassign':
      return order.driverId || order.offer ? null : 'nobody has it'
    case 'hold':
      return order.isHeld ? 'held already' : null
    case 'release':
      return order.isHeld || order.pinnedDriverId ? null : 'neither held nor pinned'
    case 'accept':
    case 'veto':
      return order.proposal ? null : 'nothing is proposed'
    default:
      return null
  }
}

/** The priority one step up or down; null at the end of the scale. */
export function steppedPriority(order: Pick<BoardOrder, 'priority'>, by: 1 | -1): number | null {
  const next = order.priority + by
  return next < 0 || next > MAX_PRIORITY ? null : next
}

/** What a command is called while it is asked for and reported: "Hold", "Promise 10 min later". */
export function commandTitle(command: OrderCommand, nameOf: (driverId: string) => string): string {
  switch (command.kind) {
    case 'assign':
      return `Give to ${nameOf(command.driverId)}`
    case 'pin':
      return `Only for ${nameOf(command.driverId)}`
    case 'unassign':
      return 'Take from the driver'
    case 'hold':
      return 'Hold'
    case 'release':
      return 'Release'
    case 'priority':
      return `Priority ${command.priority}`
    case 'extend':
      return `Promise ${command.minutes} min later`
    case 'accept':
      return 'Accept the proposal'
    case 'veto':
      return 'Veto the proposal'
  }
}
