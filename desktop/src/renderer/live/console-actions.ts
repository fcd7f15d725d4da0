import type { QueueFilter } from '../board/filter-queue.ts'
import type { ExceptionClass } from '../board/order-look.ts'
import { litQueue } from '../board/queue-order.ts'
import type { Sort, SortKey } from '../board/sort-queue.ts'
import type { ConsoleState, Drag, Overlay, Question, Selection } from './console-store.ts'
import { type MarkHow, markOrder, targetsOf } from './mark-orders.ts'
import { moveRoute } from './move-route.ts'
import { MAX_PRIORITY, type OrderCommand, steppedPriority } from './order-command.ts'
import { type CommandDeps, runCommand } from './run-command.ts'
import { takeBack } from './take-back.ts'

/** Everything a person can do in the console, by key, click or palette alike. */
export interface ConsoleActions {
  select(selection: Selection | null): void
  /** Marks one order more or less, or a range of the queue; commands then go to all that are marked. */
  mark(orderId: string, how: MarkHow): void
  markAllShown(): void
  unmark(): void
  setFilter(filter: Partial<QueueFilter>): void
  sortBy(key: SortKey): void
  setException(exception: ExceptionClass | null): void
  /** Asks what a command needs to know, or stops asking. */
  ask(question: Question | null): void
  show(overlay: Overlay | null): void
  hold(drag: Drag | null): void
  /** Gives a command to the marked orders, or to the selected one; or to those that are named. */
  command(command: OrderCommand, how?: { orderIds?: readonly string[] }): Promise<void>
  stepPriority(by: 1 | -1): Promise<void>
  moveRoute(fromDriverId: string, toDriverId: string): Promise<void>
  /** Takes back the latest command of this console that can be. */
  undo(): Promise<void>
  /** Does again what was taken back last. */
  redo(): Promise<void>
  dismissNotice(): void
}

/** Binds the actions to a console. */
export function createConsoleActions(deps: CommandDeps): ConsoleActions {
  const { store, clock } = deps
  const set = store.setState
  const running = new Set<Promise<unknown>>()
  const run = (work: Promise<void>): Promise<void> => {
    running.add(work)
    return work.finally(() => running.delete(work))
  }
  // What is still under way is the latest command, and is taken back first.
  const afterAll = (work: () => Promise<void>) => run(Promise.allSettled([...running]).then(work))
  const shown = () => litQueue(store.getState(), clock.nowMs()).map((order) => order.id as string)
  return {
    select: (selection) => set({ selection, question: null, marked: new Set(), anchorId: idOf(selection) }),
    mark: (orderId, how) => set((s) => ({ ...markOrder(s, orderId, how, shown()), question: null })),
    markAllShown() {
      const [first, ...rest] = shown()
      if (!first) return
      const marked = new Set(rest.length > 0 ? [first, ...rest] : [])
      const isIn = (selection: Selection | null) => selection !== null && marked.has(selection.id)
      set((s) => ({ marked, anchorId: first, selection: isIn(s.selection) ? s.selection : { kind: 'order', id: first } }))
    },
    unmark: () => set({ marked: new Set(), question: null }),
    setFilter: (filter) => set((s) => ({ filter: { ...s.filter, ...filter } })),
    sortBy: (key) => set((s) => ({ sort: turned(s.sort, key) })),
    setException: (exception) => set((s) => ({ exception: s.exception === exception ? null : exception })),
    ask: (question) => set({ question, reason: '' }),
    show: (overlay) => set({ overlay }),
    hold: (drag) => set({ drag }),
    command: (command, how) => run(give(deps, command, how)),
    stepPriority: (by) => run(stepPriority(deps, by)),
    moveRoute: (from, to) => run(moveRoute(deps, from, to, store.getState().reason.trim() || undefined)),
    undo: () => afterAll(() => takeBack(deps, 'undo')),
    redo: () => afterAll(() => takeBack(deps, 'redo')),
    dismissNotice: () => set({ notice: null, report: null, refusals: new Map() }),
  }
}

async function stepPriority(deps: CommandDeps, by: 1 | -1): Promise<void> {
  const end = by > 0 ? MAX_PRIORITY : 0
  await runCommand(deps, targetsOf(deps.store.getState()), (order) => {
    const priority = steppedPriority(order, by)
    return priority === null ? { blocked: `its priority is ${end} already` } : { kind: 'priority', priority }
  })
}

const idOf = (selection: Selection | null) => (selection?.kind === 'order' ? selection.id : null)
const turned = (sort: Sort, key: SortKey): Sort => ({ key, descending: sort.key === key ? !sort.descending : false })

async function give(deps: CommandDeps, command: OrderCommand, how: { orderIds?: readonly string[] } = {}): Promise<void> {
  const { store, clock } = deps
  const before = store.getState()
  const next = command.kind === 'accept' || command.kind === 'veto' ? nextProposal(before, clock.nowMs()) : null
  const reason = before.question ? before.reason.trim() || undefined : undefined
  const isDone = await runCommand(deps, how.orderIds ?? targetsOf(before), () => command, reason)
  const now = store.getState()
  // Whoever walks through the proposals is led on to the next one, unless they went elsewhere meanwhile.
  if (isDone && next && now.exception === 'proposal' && now.selection === before.selection)
    store.setState({ selection: { kind: 'order', id: next }, anchorId: next, marked: new Set() })
}

/** The proposal after the selected one, or the one before where it is the last. */
function nextProposal(state: ConsoleState, nowMs: number): string | null {
  if (state.exception !== 'proposal' || state.marked.size > 1) return null
  const rows = litQueue(state, nowMs)
  const at = rows.findIndex((order) => order.id === state.selection?.id)
  return at < 0 ? null : ((rows[at + 1] ?? rows[at - 1])?.id ?? null)
}
