import type { CommandResult } from '@doorstep/shared/contract'
import { type ConsoleStore, putOrders, type Undoable } from './console-store.ts'
import { describeCommand } from './describe-command.ts'
import { refusalInShort, refusalWords } from './refusal-words.ts'
import { addRow, type CommandDeps, doneOf } from './run-command.ts'

/** Which way: `undo` takes the latest command back, `redo` takes back the latest taking back. */
export type Direction = 'undo' | 'redo'

const WORDS = { undo: 'Taken back', redo: 'Done again' } as const

/** Takes back the latest command of this console, or does again what was taken back; several orders answer row by row. */
export async function takeBack(deps: CommandDeps, direction: Direction): Promise<void> {
  const { store } = deps
  const last = pop(store, direction)
  if (!last) return
  const done: Undoable['commands'][number][] = []
  const isSeveral = last.commands.length > 1
  const title = `${WORDS[direction]}: ${last.text}`
  if (isSeveral) store.setState({ report: { title, rows: [], left: last.commands.length } })
  for (const command of last.commands.toReversed()) {
    const result = await deps.api.undo(command.commandId)
    if (result.ok) {
      putOrders(store, [result.value.order])
      if (result.value.canUndo) done.push(doneOf(result.value))
    }
    if (isSeveral) {
      const text = result.ok ? shortOf(deps, result.value) : refusalInShort(result.error)
      addRow(store, title, { orderId: command.orderId, number: command.number, isDone: result.ok, text })
    } else if (result.ok) tellDone(deps, title, result.value)
    else {
      const told = refusalWords(last.text, result.error)
      store.setState({ notice: { tone: 'refused', ...told, orderId: command.orderId, atMs: deps.clock.nowMs() } })
    }
  }
  if (done.length > 0) push(store, direction === 'undo' ? 'redo' : 'undo', { text: last.text, commands: done })
}

const shortOf = ({ store }: CommandDeps, result: CommandResult) =>
  describeCommand(result, store.getState(), 'as before').text.replace(/^#\d+ /, '')

function tellDone({ store, clock }: CommandDeps, title: string, result: CommandResult): void {
  const told = describeCommand(result, store.getState())
  store.setState({ notice: { tone: 'done', ...told, text: title, atMs: clock.nowMs() } })
}

function pop(store: ConsoleStore, direction: Direction): Undoable | undefined {
  const key = direction === 'undo' ? 'undos' : 'redos'
  const last = store.getState()[key].at(-1)
  if (last) store.setState((s) => ({ [key]: s[key].filter((each) => each !== last) }))
  return last
}

function push(store: ConsoleStore, direction: Direction, undoable: Undoable): void {
  const key = direction === 'undo' ? 'undos' : 'redos'
  store.setState((s) => ({ [key]: [...s[key], undoable] }))
}
