import type { Console } from '../live/console-context.ts'
import { targetsOf } from '../live/mark-orders.ts'

/** How far the pointer goes before a press becomes a drag. */
const SLACK_PX = 6

/** Where the pointer is while something is dragged, outside of React: it moves at the pace of the screen. */
export interface DragPoint {
  x: number
  y: number
}

/** Who asks the map for the driver under a point; set by the map while there is one. */
export interface DropMap {
  driverAt(clientX: number, clientY: number): string | null
}

let dropMap: DropMap | null = null
const listeners = new Set<(point: DragPoint) => void>()

/** The map is a place to drop orders on: it says which driver is where. Answers how it leaves. */
export function offerDropMap(map: DropMap): () => void {
  dropMap = map
  return () => {
    if (dropMap === map) dropMap = null
  }
}

/** Hears where the pointer is while orders are dragged. */
export function onDragMoved(listener: (point: DragPoint) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The orders a press would take along: all that are marked when it begins on one of them, else the one under the pointer. */
function ordersUnder(console: Console, pressed: string): readonly string[] {
  const state = console.store.getState()
  return state.marked.has(pressed) ? targetsOf(state) : [pressed]
}

/**
 * Follows a press that may become a drag of orders to a driver; `orderId` is what was pressed, else the nearest element
 * with `data-order-id` says. Escape lets go without doing anything.
 */
export function followDrag(console: Console, down: MouseEvent, orderId?: string): void {
  const pressed = orderId ?? closest(down.target, 'orderId')
  if (down.button !== 0 || !pressed || down.shiftKey || down.ctrlKey || down.metaKey) return
  const { actions, store } = console
  const page = document
  let isDragging = false

  const move = (e: PointerEvent) => {
    if (!isDragging) {
      if (Math.hypot(e.clientX - down.clientX, e.clientY - down.clientY) < SLACK_PX) return
      isDragging = true
      page.body.classList.add('dragging')
      if (!store.getState().marked.has(pressed)) actions.select({ kind: 'order', id: pressed })
      actions.hold({ orderIds: ordersUnder(console, pressed), overDriverId: null, costs: new Map() })
    }
    e.preventDefault()
    for (const listener of listeners) listener({ x: e.clientX, y: e.clientY })
    const drag = store.getState().drag
    const overDriverId = driverUnder(e)
    if (drag && drag.overDriverId !== overDriverId) actions.hold({ ...drag, overDriverId, costs: new Map() })
  }
  const end = (isDropped: boolean) => {
    page.removeEventListener('pointermove', move)
    page.removeEventListener('pointerup', drop)
    page.removeEventListener('pointercancel', cancel)
    page.removeEventListener('keydown', key, true)
    if (!isDragging) return
    page.body.classList.remove('dragging')
    swallowClick(page)
    const drag = store.getState().drag
    actions.hold(null)
    if (!isDropped || !drag?.overDriverId) return
    void actions.command({ kind: 'assign', driverId: drag.overDriverId }, { orderIds: drag.orderIds })
  }
  const drop = () => end(true)
  const cancel = () => end(false)
  const key = (e: KeyboardEvent) => {
    if (!isDragging) return
    e.stopPropagation()
    e.preventDefault()
    if (e.key === 'Escape') end(false)
  }
  page.addEventListener('pointermove', move)
  page.addEventListener('pointerup', drop)
  page.addEventListener('pointercancel', cancel)
  page.addEventListener('keydown', key, true)
}

/** The click that ends a drag is no click on what lies there. */
function swallowClick(page: Document): void {
  const swallow = (e: Event) => {
    e.stopPropagation()
    e.preventDefault()
  }
  page.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => page.removeEventListener('click', swallow, true), 0)
}

function driverUnder(e: PointerEvent): string | null {
  const element = document.elementFromPoint(e.clientX, e.clientY)
  return closest(element, 'driverId') ?? (element?.closest('.mapbox') ? (dropMap?.driverAt(e.clientX, e.clientY) ?? null) : null)
}

function closest(target: EventTarget | null, name: 'orderId' | 'driverId'): string | null {
  if (!(target instanceof Element)) return null
  const attribute = name === 'orderId' ? 'data-order-id' : 'data-driver-id'
  return target.closest(`[${attribute}]`)?.getAttribute(attribute) ?? null
}
