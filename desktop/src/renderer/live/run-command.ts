import type { BoardOrder, CommandResult } from '@doorstep/shared/contract'
import { shortName } from '../board/format.ts'
import { type ConsoleStore, putOrders, type ReportRow, type Undoable } from './console-store.ts'
import { describeCommand } from './describe-command.ts'
import type { DispatchApi, Refusal } from './dispatch-api.ts'
import { blockOf, commandTitle, type OrderCommand } from './order-command.ts'
import { refusalInShort, refusalWords } from './refusal-words.ts'
import type { ServerClock } from './server-clock.ts'

/** What commands need of a console. */
export interface CommandDeps {
  store: ConsoleStore
  api: DispatchApi
  clock: ServerClock
}

/** A command for each order, or why there is none for it. */
export type CommandFor = (order: BoardOrder) => OrderCommand | { blocked: string }

/** How many commands back Z can go. */
const UNDO_DEPTH = 20
/** Requests of one bulk action at the same time. */
const AT_ONCE = 4

/** Gives a command to one order, answered in a sentence, or to several, answered row by row. */
export async function runCommand(
  deps: CommandDeps,
  orderIds: readonly string[],
  commandFor: CommandFor,
  reason?: string,
): Promise<boolean> {
  const { orders } = deps.store.getState()
  const targets = orderIds.flatMap((id) => orders.get(id) ?? [])
  const [only] = targets
  if (!only) return false
  if (targets.length === 1) return runOne(deps, only, commandFor, reason)
  return runMany(deps, targets, commandFor, reason)
}

type Outcome = { ok: true; result: CommandResult } | { ok: false; short: string; told: { text: string; detail: string } }

/** Commands on one order go one after the other, each decided on what the one before has made of it. */
const underWay = new Map<string, Promise<unknown>>()

function give(deps: CommandDeps, { id }: BoardOrder, commandFor: CommandFor, reason?: string): Promise<Given> {
  const before = underWay.get(id) ?? Promise.resolve()
  const mine = before.then(async () => {
    const order = deps.store.getState().orders.get(id)
    if (!order) return { outcome: GONE, wanted: { blocked: 'it is gone' } }
    const wanted = commandFor(order)
    return { outcome: await send(deps, order, wanted, reason), wanted }
  })
  underWay.set(id, mine)
  void mine.finally(() => underWay.get(id) === mine && underWay.delete(id))
  return mine
}

interface Given {
  outcome: Outcome
  wanted: ReturnType<CommandFor>
}

const GONE: Outcome = { ok: false, short: 'it is gone', told: { text: 'The order is not on the board any more', detail: '' } }

async function send(deps: CommandDeps, order: BoardOrder, wanted: ReturnType<CommandFor>, reason?: string): Promise<Outcome> {
  const what = `#${order.number}`
  const blocked = 'blocked' in wanted ? wanted.blocked : blockOf(order, wanted.kind)
  if (blocked !== null || 'blocked' in wanted)
    return { ok: false, short: blocked ?? '', told: { text: `${what} was not changed: ${blocked}`, detail: '' } }
  const first = await deps.api.command(order, wanted, reason)
  const result = isOnlyProposed(order, wanted, first) ? await deps.api.command(nextOf(order), wanted, reason) : first
  if (result.ok) {
    putOrders(deps.store, [result.value.order])
    return { ok: true, result: result.value }
  }
  rememberRefusal(deps.store, order, result.error)
  return { ok: false, short: refusalInShort(result.error), told: refusalWords(what, result.error) }
}

/**
 * The planner proposes anew every now and then. When that is all that happened since the order was looked at, a command
 * that does not answer the proposal still means what it meant.
 */
function isOnlyProposed(order: BoardOrder, { kind }: OrderCommand, result: Awaited<ReturnType<DispatchApi['command']>>): boolean {
  if (result.ok || kind === 'accept' || kind === 'veto') return false
  const { code, change, version } = result.error
  return code === 'stale_version' && change === 'order.proposed' && version === order.version + 1
}

const nextOf = (order: BoardOrder): BoardOrder => ({ ...order, version: order.version + 1 })

function rememberRefusal(store: ConsoleStore, { id, version }: BoardOrder, refusal: Refusal): void {
  const text = refusalInShort(refusal)
  // The order that made the command stale may be here already, or on its way.
  const known = Math.max(version, refusal.version ?? version, store.getState().orders.get(id)?.version ?? version)
  store.setState((s) => ({ refusals: new Map(s.refusals).set(id, { text, version: known }) }))
}

async function runOne(deps: CommandDeps, order: BoardOrder, commandFor: CommandFor, reason?: string): Promise<boolean> {
  const { store, clock } = deps
  const { outcome, wanted } = await give(deps, order, commandFor, reason)
  const atMs = clock.nowMs()
  if (!outcome.ok) {
    store.setState({ notice: { tone: 'refused', ...outcome.told, orderId: order.id, atMs } })
    return false
  }
  const told = describeCommand(outcome.result, store.getState(), otherwise(deps, order, wanted))
  store.setState({ question: null, notice: { tone: 'done', ...told, atMs }, redos: [] })
  forgetRefusal(store, order.id)
  if (outcome.result.canUndo) pushUndo(store, { text: told.text, commands: [doneOf(outcome.result)] })
  return true
}

function otherwise({ store }: CommandDeps, order: BoardOrder, wanted: ReturnType<CommandFor>): string | undefined {
  if (!('kind' in wanted) || wanted.kind !== 'veto' || !order.proposal) return undefined
  return `without ${shortName(store.getState().drivers.get(order.proposal.driverId)?.name ?? 'that driver')}`
}

async function runMany(deps: CommandDeps, targets: BoardOrder[], commandFor: CommandFor, reason?: string): Promise<boolean> {
  const { store } = deps
  const wanted = targets.map((order) => commandFor(order))
  const title = titleOf(deps, wanted, targets.length)
  store.setState({ question: null, notice: null, report: { title, rows: [], left: targets.length } })
  const done: CommandResult[] = []
  await eachOf(targets, async (order) => {
    const { outcome } = await give(deps, order, commandFor, reason)
    if (outcome.ok) done.push(outcome.result)
    const text = outcome.ok ? describeCommand(outcome.result, store.getState()).text.replace(/^#\d+ /, '') : outcome.short
    addRow(store, title, { orderId: order.id, number: order.number, isDone: outcome.ok, text })
  })
  const commands = done.filter((result) => result.canUndo).map(doneOf)
  store.setState({ redos: [] })
  if (commands.length > 0) pushUndo(store, { text: `${title}, ${commands.length} done`, commands })
  return done.length > 0
}

function titleOf({ store }: CommandDeps, wanted: ReturnType<CommandFor>[], count: number): string {
  const titles = new Set<string>()
  const nameOf = (id: string) => shortName(store.getState().drivers.get(id)?.name ?? 'a driver')
  for (const command of wanted) if ('kind' in command) titles.add(commandTitle(command, nameOf))
  const [only] = titles
  return `${titles.size === 1 && only ? only : 'Priority'}: ${count} orders`
}

/** A row comes in with its result; another action begun since has its own report. */
export function addRow(store: ConsoleStore, title: string, row: ReportRow): void {
  store.setState(({ report }) =>
    report?.title === title ? { report: { ...report, rows: [...report.rows, row], left: Math.max(0, report.left - 1) } } : {},
  )
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const item = items[next++]
      if (item !== undefined) await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
}

/** The part of an answer that taking back needs. */
export const doneOf = ({ commandId, order }: Pick<CommandResult, 'commandId' | 'order'>) => ({
  commandId,
  orderId: order.id,
  number: order.number,
})

/** Remembers what Z takes back next. */
export function pushUndo(store: ConsoleStore, undoable: Undoable): void {
  store.setState((s) => ({ undos: [...s.undos, undoable].slice(-UNDO_DEPTH) }))
}

/** A row stops saying why it was refused. */
export function forgetRefusal(store: ConsoleStore, orderId: string): void {
  const refusals = new Map(store.getState().refusals)
  if (refusals.delete(orderId)) store.setState({ refusals })
}
