import type { BoardOrder } from '@doorstep/shared/contract'
import { shortName } from '../board/format.ts'
import { EXTENSIONS } from '../inspector/ask-section.tsx'
import type { Console } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import { targetsOf } from '../live/mark-orders.ts'
import { movableOrders } from '../live/move-route.ts'
import { blockOf, type CommandKind, MAX_PRIORITY } from '../live/order-command.ts'
import type { Command } from './command.ts'

const GROUP = 'Commands on the selection'

/** Everything that can be done to the marked orders, the selected order or the selected driver; what cannot says why. */
export function targetCommands(console: Console, state: ConsoleState): Command[] {
  const orders = targetsOf(state).flatMap((id) => state.orders.get(id) ?? [])
  return [...orderCommands(console, state, orders), ...routeCommands(console, state), ...backCommands(console, state)]
}

type Act = Pick<Command, 'id' | 'label' | 'run'> & { kind: CommandKind; key?: string; detail?: string }

function orderCommands({ actions }: Console, state: ConsoleState, orders: readonly BoardOrder[]): Command[] {
  const [first] = orders
  if (!first) return []
  const isOne = orders.length === 1
  const what = isOne ? `#${first.number}` : `${orders.length} orders`
  const give = (kind: 'unassign' | 'hold' | 'release' | 'accept' | 'veto') => () => void actions.command({ kind })
  const proposedId = first.proposal?.driverId
  const proposed = isOne && proposedId ? shortName(state.drivers.get(proposedId)?.name ?? '') : ''
  const detail = isOne ? '' : 'all marked orders'
  const acts: Act[] = [
    { id: 'accept', kind: 'accept', key: 'Y', label: `Accept ${proposed || 'the proposal'} for ${what}`, run: give('accept') },
    { id: 'veto', kind: 'veto', key: 'V', label: `Veto ${proposed || 'the proposal'} for ${what}`, run: give('veto') },
    {
      id: 'choose',
      kind: 'assign',
      key: 'A',
      label: isOne && first.driverId ? `Move ${what} to another driver…` : `Assign ${what}…`,
      detail: isOne ? 'ranked drivers' : detail,
      run: () => actions.ask('assign'),
    },
    ...(isOne
      ? [{ id: 'pin', kind: 'pin' as const, key: 'P', label: `Let only one driver have ${what}…`, run: () => actions.ask('pin') }]
      : []),
    { id: 'unassign', kind: 'unassign', key: 'U', label: `Take ${what} from the driver`, run: give('unassign') },
    { id: 'hold', kind: 'hold', key: 'H', label: `Hold ${what}`, run: give('hold') },
    { id: 'hold-why', kind: 'hold', key: 'Shift H', label: `Hold ${what} with a reason…`, run: () => actions.ask('hold') },
    { id: 'release', kind: 'release', key: 'R', label: `Release ${what}`, run: give('release') },
    { id: 'raise', kind: 'priority', key: '+', label: `Raise the priority of ${what}`, run: () => void actions.stepPriority(1) },
    { id: 'lower', kind: 'priority', key: '−', label: `Lower the priority of ${what}`, run: () => void actions.stepPriority(-1) },
    ...EXTENSIONS.map((minutes, i) => ({
      id: `extend-${minutes}`,
      kind: 'extend' as const,
      key: `X ${i + 1}`,
      label: `Promise ${what} ${minutes} min later`,
      run: () => void actions.command({ kind: 'extend', minutes }),
    })),
    { id: 'extend', kind: 'extend', key: 'X', label: `Promise ${what} later…`, run: () => actions.ask('extend') },
  ]
  const hasProposal = orders.some((order) => order.proposal)
  const shown = acts.filter(({ kind }) => hasProposal || (kind !== 'accept' && kind !== 'veto'))
  return shown.map(({ kind, ...act }) => ({ group: GROUP, icon: 'act', detail, ...act, ...blockedBy(orders, kind, act.id) }))
}

/** Why nothing of it can be done now; with several orders only where it fits none of them. */
function blockedBy(orders: readonly BoardOrder[], kind: CommandKind, id: string): { blocked?: string } {
  const end = id === 'raise' ? MAX_PRIORITY : id === 'lower' ? 0 : null
  const reasons = orders.map((order) => blockOf(order, kind) ?? (order.priority === end ? `it is ${end} already` : null))
  const [first] = reasons
  return first && reasons.every((reason) => reason !== null) ? { blocked: orders.length === 1 ? first : 'fits none of them' } : {}
}

function routeCommands({ actions }: Console, state: ConsoleState): Command[] {
  const { selection, marked } = state
  const driver = selection?.kind === 'driver' && marked.size < 2 ? state.drivers.get(selection.id) : undefined
  if (!driver) return []
  const { movable } = movableOrders(state, driver.id)
  const count = `${movable.length} ${movable.length === 1 ? 'order' : 'orders'}`
  return [
    {
      id: 'move-route',
      group: GROUP,
      icon: 'act',
      label: `Move route of ${shortName(driver.name)} to…`,
      detail: count,
      key: 'A',
      ...(movable.length === 0 ? { blocked: driver.stops.length === 0 ? 'no stops' : 'everything is picked up' } : {}),
      run: () => actions.ask('move_route'),
    },
  ]
}

function backCommands({ actions }: Console, { undos, redos }: ConsoleState): Command[] {
  const [undo, redo] = [undos.at(-1), redos.at(-1)]
  const base = { group: GROUP, icon: 'act', detail: '' } as const
  const none = 'nothing to take back'
  return [
    {
      ...base,
      id: 'undo',
      key: 'Z',
      label: undo ? `Take back: ${undo.text}` : 'Take back the last command',
      ...(undo ? {} : { blocked: none }),
      run: () => void actions.undo(),
    },
    ...(redo ? [{ ...base, id: 'redo', key: 'Shift Z', label: `Do again: ${redo.text}`, run: () => void actions.redo() }] : []),
  ]
}
