import { isCarried } from '@doorstep/shared/domain'
import { folded } from '../board/filter-queue.ts'
import { shortName } from '../board/format.ts'
import { orderLook } from '../board/order-look.ts'
import type { Console } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'

/** Something the palette can do. */
export interface Command {
  id: string
  group: string
  icon: 'order' | 'driver' | 'act' | 'view'
  label: string
  /** To the right, in grey. */
  detail: string
  key?: string
  /** Why it cannot be done now. */
  blocked?: string
  run: () => void
}

/** How many of each group are listed. */
const PER_GROUP = 8

/** Every command that fits the text: on the selection first, then orders and drivers by name, then the console itself. */
export function commandsFor(console: Console, text: string): Command[] {
  const state = console.store.getState()
  const words = folded(text).split(/\s+/).filter(Boolean)
  const fits = (command: Command) => {
    const where = folded(`${command.label} ${command.detail}`)
    return words.every((word) => where.includes(word))
  }
  const groups = [
    selectionCommands(console, state),
    orderCommands(console, state),
    driverCommands(console, state),
    viewCommands(console, state),
  ]
  const isSearch = words.length > 0
  return groups.flatMap((commands, i) => {
    if (!isSearch && (i === 1 || i === 2)) return []
    return commands.filter(fits).slice(0, i === 0 || i === 3 ? undefined : PER_GROUP)
  })
}

function selectionCommands({ actions }: Console, state: ConsoleState): Command[] {
  const order = state.selection?.kind === 'order' ? state.orders.get(state.selection.id) : undefined
  const last = state.undos.at(-1)
  const undo: Command = {
    id: 'undo',
    group: 'Commands on the selection',
    icon: 'act',
    label: last ? `Take back: ${last.text}` : 'Take back the last command',
    detail: '',
    key: 'Z',
    ...(last ? {} : { blocked: 'nothing to take back' }),
    run: () => void actions.undo(),
  }
  if (!order) return last ? [undo] : []
  const carried = isCarried(order)
  return [
    {
      id: 'choose',
      group: 'Commands on the selection',
      icon: 'act',
      label: order.driverId ? `Move #${order.number} to another driver…` : `Assign #${order.number}…`,
      detail: 'ranked drivers',
      key: 'A',
      ...(carried ? { blocked: 'already picked up' } : {}),
      run: () => actions.choose(true),
    },
    {
      id: 'unassign',
      group: 'Commands on the selection',
      icon: 'act',
      label: `Take #${order.number} from its driver`,
      detail: '',
      key: 'U',
      ...(!order.driverId ? { blocked: 'it has none' } : carried ? { blocked: 'already picked up' } : {}),
      run: () => void actions.unassign(order.id),
    },
    undo,
  ]
}

function orderCommands({ actions, clock }: Console, state: ConsoleState): Command[] {
  return [...state.orders.values()].map((order) => ({
    id: order.id,
    group: 'Orders',
    icon: 'order',
    label: `#${order.number} ${order.merchantName}`,
    detail: `${order.customerName}, ${orderLook(order, state.alertsOf.get(order.id), clock.nowMs()).word.toLowerCase()}`,
    run: () => actions.select({ kind: 'order', id: order.id }),
  }))
}

function driverCommands({ actions }: Console, state: ConsoleState): Command[] {
  return [...state.drivers.values()].map((driver) => ({
    id: driver.id,
    group: 'Drivers',
    icon: 'driver',
    label: driver.name,
    detail: driver.isOnline ? `${driver.activeOrders} of ${driver.maxOrders} orders` : 'offline',
    run: () => actions.select({ kind: 'driver', id: driver.id }),
  }))
}

function viewCommands({ actions, session, theme, bridge }: Console, state: ConsoleState): Command[] {
  const view = (id: string, label: string, detail: string, run: () => void, key?: string): Command => ({
    id,
    group: 'Console',
    icon: 'view',
    label,
    detail,
    ...(key ? { key } : {}),
    run,
  })
  const classes = [...new Set(state.alerts.map((alert) => alert.class))]
  return [
    ...classes.map((each) =>
      view(`alert-${each}`, `Show what is ${each.replaceAll('_', ' ')}`, 'exceptions', () => actions.setException(each)),
    ),
    view('clear', 'Clear the queue’s filter', '', () =>
      actions.setFilter({ text: '', state: '', merchantId: '', withinMin: null }),
    ),
    view('light', 'Light theme', '', () => theme.choose('light')),
    view('dark', 'Dark theme', '', () => theme.choose('dark')),
    view('system', 'Theme of the system', '', () => theme.choose('system')),
    view('notify', 'Notify me of what needs somebody', 'while I look elsewhere', () => void bridge.askToNotify()),
    ...(bridge.openWindow ? [view('window', 'New window', 'for a second monitor', () => bridge.openWindow?.())] : []),
    view('help', 'Every key', '', () => actions.show('help'), '?'),
    view('out', 'Sign out', state.me ? shortName(state.me.name) : '', () => void session.signOut()),
  ]
}
