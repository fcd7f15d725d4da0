import type { BoardOrder, CommandResult } from '@doorstep/shared/contract'
import type { QueueFilter } from '../board/filter-queue.ts'
import type { AlertClass } from '../board/order-look.ts'
import type { Sort, SortKey } from '../board/sort-queue.ts'
import { type ConsoleStore, putOrders, type Selection, type Undoable } from './console-store.ts'
import { describeCommand } from './describe-command.ts'
import type { Asked, DispatchApi, Refusal } from './dispatch-api.ts'
import type { ServerClock } from './server-clock.ts'

/** Everything a person can do in the console, by key, click or palette alike. */
export interface ConsoleActions {
  select(selection: Selection | null): void
  setFilter(filter: Partial<QueueFilter>): void
  sortBy(key: SortKey): void
  setException(exception: AlertClass | null): void
  /** Opens the ranked drivers of the selected order, or closes them. */
  choose(isChoosing: boolean): void
  show(overlay: 'palette' | 'help' | null): void
  /** Gives an order to a driver, from another one if it has one. */
  assign(orderId: string, driverId: string): Promise<void>
  unassign(orderId: string): Promise<void>
  /** Takes back the latest command of this console that can be. */
  undo(): Promise<void>
  dismissNotice(): void
}

/** How many commands back Z can go. */
const UNDO_DEPTH = 20

interface Deps {
  store: ConsoleStore
  api: DispatchApi
  clock: ServerClock
}

/** Binds the actions to a console. */
export function createConsoleActions(deps: Deps): ConsoleActions {
  const { store } = deps
  const set = store.setState
  return {
    select: (selection) => set({ selection, isChoosing: false }),
    setFilter: (filter) => set((s) => ({ filter: { ...s.filter, ...filter } })),
    sortBy: (key) => set((s) => ({ sort: turned(s.sort, key) })),
    setException: (exception) => set((s) => ({ exception: s.exception === exception ? null : exception })),
    choose: (isChoosing) => set({ isChoosing }),
    show: (overlay) => set({ overlay }),
    assign: (orderId, driverId) => assign(deps, orderId, driverId),
    unassign: (orderId) => unassign(deps, orderId),
    undo: () => undo(deps),
    dismissNotice: () => set({ notice: null }),
  }
}

const turned = (sort: Sort, key: SortKey): Sort => ({ key, descending: sort.key === key ? !sort.descending : false })

async function assign(deps: Deps, orderId: string, driverId: string): Promise<void> {
  const order = deps.store.getState().orders.get(orderId)
  if (!order) return
  const send = order.driverId ? deps.api.reassign : deps.api.assign
  await run(deps, send(orderId, driverId, order.version), order)
}

async function unassign(deps: Deps, orderId: string): Promise<void> {
  const order = deps.store.getState().orders.get(orderId)
  if (!order?.driverId) return
  await run(deps, deps.api.unassign(orderId, order.version), order)
}

async function undo(deps: Deps): Promise<void> {
  const { store } = deps
  const last = store.getState().undos.at(-1)
  if (!last) return
  store.setState((s) => ({ undos: s.undos.filter((each) => each.commandId !== last.commandId) }))
  const result = await deps.api.undo(last.commandId)
  if (!result.ok) return refuse(deps, last.text, last.orderId, result.error)
  putOrders(store, [result.value.order])
  const told = describeCommand(result.value, store.getState())
  store.setState({ notice: { tone: 'done', ...told, text: `Taken back: ${last.text}`, atMs: deps.clock.nowMs() } })
}

async function run(deps: Deps, sent: Asked<CommandResult>, about: BoardOrder): Promise<void> {
  const { store, clock } = deps
  const result = await sent
  if (!result.ok) return refuse(deps, `#${about.number}`, about.id, result.error)
  const { commandId, order, canUndo } = result.value
  putOrders(store, [order])
  const told = describeCommand(result.value, store.getState())
  const undoable: Undoable[] = canUndo ? [{ commandId, orderId: order.id, text: told.text }] : []
  store.setState((s) => ({
    isChoosing: false,
    notice: { tone: 'done', ...told, atMs: clock.nowMs() },
    undos: [...s.undos, ...undoable].slice(-UNDO_DEPTH),
  }))
}

function refuse({ store, clock }: Deps, what: string, orderId: string, refusal: Refusal): void {
  store.setState({ notice: { tone: 'refused', ...refusalWords(what, refusal), orderId, atMs: clock.nowMs() } })
}

/** `order.driver_at_merchant` becomes "driver at merchant"; words stay as they are. */
const changeWords = (change: string) => change.replace(/^order\./, '').replaceAll('_', ' ')

/** Says plainly that nothing was done and why; for a stale version, who changed what. */
export function refusalWords(what: string, refusal: Refusal): { text: string; detail: string } {
  if (refusal.code === 'stale_version') {
    const who = refusal.changedBy ?? 'Somebody'
    const change = refusal.change ? `: ${changeWords(refusal.change)}` : ''
    return { text: `${what} was not changed. ${who} changed it first${change}`, detail: 'Look again, then decide.' }
  }
  return { text: `${what} was not changed. ${refusal.title}`, detail: refusal.detail ?? '' }
}
