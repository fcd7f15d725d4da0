import { AUTONOMY } from '../board/autonomy-words.ts'
import { folded } from '../board/filter-queue.ts'
import { shortName } from '../board/format.ts'
import { orderLook } from '../board/order-look.ts'
import type { Console } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import type { Command } from './command.ts'
import { targetCommands } from './target-commands.ts'

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
    targetCommands(console, state),
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
  const { autonomy } = state.zone?.policy ?? {}
  const classes = [...new Set(state.alerts.map((alert) => alert.class))]
  return [
    ...classes.map((each) =>
      view(`alert-${each}`, `Show what is ${each.replaceAll('_', ' ')}`, 'exceptions', () => actions.setException(each)),
    ),
    ...(autonomy === 'suggest' || autonomy === 'veto'
      ? [view('proposals', 'Walk through the proposals', 'then Y or V', () => actions.setException('proposal'))]
      : []),
    view('mark-all', 'Mark all orders that are shown', '', () => actions.markAllShown(), 'Ctrl A'),
    view('policy', 'Dispatch policy and autonomy…', autonomy ? AUTONOMY[autonomy].word : '', () => actions.show('policy')),
    view('agreement', 'How often staff and planner agree', 'and where not', () => actions.show('agreement')),
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
