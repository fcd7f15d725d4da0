import { litQueue } from '../board/queue-order.ts'
import { EXTENSIONS } from '../inspector/ask-section.tsx'
import type { Console } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import { targetsOf } from '../live/mark-orders.ts'
import { movableOrders } from '../live/move-route.ts'
import { blockOf, type OrderCommand } from '../live/order-command.ts'

/** What a key does beyond the store: moving the map and the timeline. */
export interface KeyTargets {
  fitSelection(): void
  panTimeline(steps: number): void
}

/** Listens for the console's keys on the document; keys typed into a field or a menu stay there. Answers how to stop. */
export function listenForKeys(page: Document, console: Console, targets: KeyTargets): () => void {
  const onKeyDown = (e: KeyboardEvent) => {
    const isCommand = e.ctrlKey || e.metaKey
    if (isCommand && e.key.toLowerCase() === 'k') {
      e.preventDefault()
      console.actions.show(console.store.getState().overlay === 'palette' ? null : 'palette')
      return
    }
    if (e.altKey || e.defaultPrevented || console.store.getState().overlay || isInFloat(e.target)) return
    if (isTyping(e.target)) {
      if (e.key === 'Escape' || e.key === 'Enter') (e.target as HTMLElement).blur()
      return
    }
    if (isCommand) {
      if (e.key.toLowerCase() !== 'a') return
      e.preventDefault()
      return console.actions.markAllShown()
    }
    // Arrows on the focused map move the map.
    if (e.target instanceof HTMLCanvasElement && e.key.startsWith('Arrow')) return
    if (press(e.key, e.shiftKey, page, console, targets)) e.preventDefault()
  }
  page.addEventListener('keydown', onKeyDown)
  return () => page.removeEventListener('keydown', onKeyDown)
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.tagName === 'INPUT' || target.tagName === 'SELECT' || target.tagName === 'TEXTAREA')

const isInFloat = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="menu"],[role="dialog"]') !== null

/** Does what the key says; answers whether it says anything. */
function press(key: string, isShift: boolean, page: Document, console: Console, targets: KeyTargets): boolean {
  const { actions } = console
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return step(console, 1, isShift)
    case 'k':
    case 'K':
    case 'ArrowUp':
      return step(console, -1, isShift)
    case 'Enter':
      return enter(page, console)
    case 'z':
      void actions.undo()
      return true
    case 'Z':
      void actions.redo()
      return true
    case 'f':
    case 'F':
      targets.fitSelection()
      return true
    case '[':
    case ']':
      targets.panTimeline(key === '[' ? -1 : 1)
      return true
    case '/':
      page.getElementById('queue-find')?.focus()
      return true
    case '?':
      actions.show('help')
      return true
    case 'Escape':
      return escape(console)
    default:
      return /^[1-9]$/.test(key) ? pick(console, Number(key)) : command(key, isShift, console)
  }
}

/** Keys that are commands on the marked orders, or on what is selected. */
function command(key: string, isShift: boolean, console: Console): boolean {
  const { store, actions } = console
  const state = store.getState()
  switch (key.toLowerCase()) {
    case 'a':
      return askForDriver(console, state)
    case 'p':
      if (state.marked.size > 1 || !fits(state, { kind: 'pin', driverId: '' })) return false
      actions.ask('pin')
      return true
    case 'u':
      return give(console, state, { kind: 'unassign' }, isShift)
    case 'h':
      return give(console, state, isHeldAlone(state) ? { kind: 'release' } : { kind: 'hold' }, isShift)
    case 'r':
      return give(console, state, { kind: 'release' }, false)
    case 'y':
      return give(console, state, { kind: 'accept' }, false)
    case 'v':
      return give(console, state, { kind: 'veto' }, false)
    case '+':
    case '=':
      void actions.stepPriority(1)
      return true
    case '-':
    case '−':
      void actions.stepPriority(-1)
      return true
    case 'x':
      if (targetsOf(state).length === 0) return false
      actions.ask('extend')
      return true
    default:
      return false
  }
}

function targetOrders(state: ConsoleState) {
  return targetsOf(state).flatMap((id) => state.orders.get(id) ?? [])
}

const fits = (state: ConsoleState, { kind }: OrderCommand) => targetOrders(state).some((order) => blockOf(order, kind) === null)

/** H on a single held order gives it back. */
const isHeldAlone = (state: ConsoleState) => state.marked.size < 2 && (targetOrders(state)[0]?.isHeld ?? false)

/** Gives a command, or with Shift asks for a reason first; one that fits none of the orders is answered with why. */
function give({ actions }: Console, state: ConsoleState, wanted: OrderCommand, withReason: boolean): boolean {
  if (targetsOf(state).length === 0) return false
  if (withReason && (wanted.kind === 'hold' || wanted.kind === 'unassign') && fits(state, wanted)) actions.ask(wanted.kind)
  else void actions.command(wanted)
  return true
}

/** A on an order asks for its driver, on a driver for the one who gets the whole route. */
function askForDriver({ actions }: Console, state: ConsoleState): boolean {
  if (state.marked.size < 2 && state.selection?.kind === 'driver') {
    if (movableOrders(state, state.selection.id).movable.length === 0) return false
    actions.ask('move_route')
    return true
  }
  if (!fits(state, { kind: 'assign', driverId: '' })) return false
  actions.ask('assign')
  return true
}

function step({ store, actions, clock }: Console, by: number, isWidening: boolean): boolean {
  const state = store.getState()
  const queue = litQueue(state, clock.nowMs())
  if (queue.length === 0) return false
  const at = queue.findIndex((order) => state.selection?.kind === 'order' && order.id === state.selection.id)
  const next = queue[at < 0 ? (by > 0 ? 0 : queue.length - 1) : Math.min(queue.length - 1, Math.max(0, at + by))]
  if (!next) return true
  if (isWidening) actions.mark(next.id, 'range')
  else actions.select({ kind: 'order', id: next.id })
  return true
}

/**
 * While something is asked Enter moves on to its button, and while the proposals are walked through it accepts; else it moves
 * on to the inspector, unless a control has the focus.
 */
function enter(page: Document, console: Console): boolean {
  const state = console.store.getState()
  const active = page.activeElement
  if (active && active.tagName === 'BUTTON') return false
  if (!state.selection) return false
  if (state.question) {
    page.querySelector<HTMLElement>('.choosing .give:enabled, .choosing .extend button')?.focus()
    return true
  }
  if (state.exception === 'proposal' && fits(state, { kind: 'accept' })) return give(console, state, { kind: 'accept' }, false)
  page.querySelector<HTMLElement>('.insp .acts button:enabled, .insp button:enabled')?.focus()
  return true
}

function escape({ store, actions }: Console): boolean {
  const { question, exception, selection, notice, report, refusals, marked } = store.getState()
  if (question) actions.ask(null)
  else if (notice || report || refusals.size > 0) actions.dismissNotice()
  else if (marked.size > 1) actions.unmark()
  else if (exception) actions.setException(exception)
  else if (selection) actions.select(null)
  else return false
  return true
}

/** Number keys answer the question on screen: a driver of the list, or one of the offered minutes. */
function pick({ store, actions }: Console, number: number): boolean {
  const { question, ranked, selection, marked, orders } = store.getState()
  if (question === 'extend') {
    const minutes = EXTENSIONS[number - 1]
    if (minutes) void actions.command({ kind: 'extend', minutes })
    return minutes !== undefined
  }
  const forId = marked.size > 1 ? 'marked' : selection?.id
  const driverId = ranked?.driverIds[number - 1]
  if (!driverId || !forId || ranked?.forId !== forId) return false
  switch (question) {
    case 'assign':
    case 'pin':
      if (question === 'assign' && orders.get(forId)?.driverId === driverId) return false
      void actions.command({ kind: question, driverId })
      return true
    case 'move_route':
      void actions.moveRoute(forId, driverId)
      return true
    default:
      return false
  }
}
