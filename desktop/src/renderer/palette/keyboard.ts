import { isCarried } from '@doorstep/shared/domain'
import { isLit, queueOf } from '../board/visible-orders.ts'
import type { Console } from '../live/console-context.ts'

/** What a key does beyond the store: moving the map and the timeline. */
export interface KeyTargets {
  fitSelection(): void
  panTimeline(steps: number): void
}

/** Listens for the console's keys on the document; keys typed into a field stay there. Answers how to stop. */
export function listenForKeys(page: Document, console: Console, targets: KeyTargets): () => void {
  const onKeyDown = (e: KeyboardEvent) => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
      e.preventDefault()
      console.actions.show(console.store.getState().overlay === 'palette' ? null : 'palette')
      return
    }
    if (e.ctrlKey || e.metaKey || e.altKey || console.store.getState().overlay) return
    if (isTyping(e.target)) {
      if (e.key === 'Escape' || e.key === 'Enter') (e.target as HTMLElement).blur()
      return
    }
    // Arrows on the focused map move the map.
    if (e.target instanceof HTMLCanvasElement && e.key.startsWith('Arrow')) return
    if (press(e.key, page, console, targets)) e.preventDefault()
  }
  page.addEventListener('keydown', onKeyDown)
  return () => page.removeEventListener('keydown', onKeyDown)
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.tagName === 'INPUT' || target.tagName === 'SELECT' || target.tagName === 'TEXTAREA')

/** Does what the key says; answers whether it says anything. */
function press(key: string, page: Document, console: Console, targets: KeyTargets): boolean {
  const { store, actions } = console
  const { selection } = store.getState()
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return step(console, 1)
    case 'k':
    case 'K':
    case 'ArrowUp':
      return step(console, -1)
    case 'Enter':
      return enter(page, console)
    case 'a':
    case 'A':
      if (selection?.kind !== 'order' || !canMove(console, selection.id)) return false
      actions.choose(true)
      return true
    case 'u':
    case 'U':
      if (selection?.kind === 'order' && canMove(console, selection.id)) void actions.unassign(selection.id)
      return true
    case 'z':
      void actions.undo()
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
      return /^[1-5]$/.test(key) && pick(console, Number(key))
  }
}

function canMove({ store }: Console, orderId: string): boolean {
  const order = store.getState().orders.get(orderId)
  return order?.endedAtMs === null && !isCarried(order)
}

function step({ store, actions, clock }: Console, by: number): boolean {
  const state = store.getState()
  const queue = queueOf(state, clock.nowMs()).filter((order) => isLit(state, order.id))
  if (queue.length === 0) return false
  const at = queue.findIndex((order) => state.selection?.kind === 'order' && order.id === state.selection.id)
  const next = queue[at < 0 ? (by > 0 ? 0 : queue.length - 1) : Math.min(queue.length - 1, Math.max(0, at + by))]
  if (next) actions.select({ kind: 'order', id: next.id })
  return true
}

/** With something selected Enter moves on to the inspector, unless a control already has the focus. */
function enter(page: Document, { store }: Console): boolean {
  const active = page.activeElement
  if (active && active.tagName === 'BUTTON') return false
  if (!store.getState().selection) return false
  page.querySelector<HTMLElement>('.insp .acts button, .insp button')?.focus()
  return true
}

function escape({ store, actions }: Console): boolean {
  const { isChoosing, exception, selection, notice } = store.getState()
  if (isChoosing) actions.choose(false)
  else if (notice) actions.dismissNotice()
  else if (exception) actions.setException(exception)
  else if (selection) actions.select(null)
  else return false
  return true
}

/** The ranked drivers on screen answer to their number. */
function pick({ store, actions }: Console, rank: number): boolean {
  const { isChoosing, ranked, selection } = store.getState()
  const driverId = ranked?.driverIds[rank - 1]
  if (!isChoosing || !driverId || selection?.id !== ranked?.orderId) return false
  if (store.getState().orders.get(selection?.id ?? '')?.driverId === driverId) return false
  void actions.assign(selection?.id ?? '', driverId)
  return true
}
