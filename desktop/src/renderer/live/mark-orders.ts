import type { ConsoleState } from './console-store.ts'

/** How a click or key widens what is marked. */
export type MarkHow = 'toggle' | 'range'

type Marks = Pick<ConsoleState, 'marked' | 'anchorId' | 'selection'>

/** What is marked and selected after a click with Ctrl or Shift, or Shift+J and K; `shown` are the queue's rows. */
export function markOrder(state: Marks, orderId: string, how: MarkHow, shown: readonly string[]): Marks {
  const selected = state.selection?.kind === 'order' ? state.selection.id : null
  const selection = { kind: 'order' as const, id: orderId }
  if (how === 'toggle') {
    const marked = new Set(state.marked.size > 0 ? state.marked : selected ? [selected] : [])
    if (!marked.delete(orderId)) marked.add(orderId)
    const last = [...marked].at(-1)
    if (!marked.has(orderId) && last) return { marked: some(marked), anchorId: last, selection: { kind: 'order', id: last } }
    return { marked: some(marked), anchorId: orderId, selection }
  }
  const anchorId = state.anchorId ?? selected ?? orderId
  const [from, to] = [shown.indexOf(anchorId), shown.indexOf(orderId)]
  if (from < 0 || to < 0) return { marked: new Set(), anchorId: orderId, selection }
  return { marked: some(new Set(shown.slice(Math.min(from, to), Math.max(from, to) + 1))), anchorId, selection }
}

/** A single mark is no more than the selection. */
const some = (marked: ReadonlySet<string>) => (marked.size > 1 ? marked : new Set<string>())

/** The orders a command goes to: those marked that are still open, else the selected one. */
export function targetsOf({ marked, selection, orders }: Pick<ConsoleState, 'marked' | 'selection' | 'orders'>): string[] {
  if (marked.size > 1) return [...marked].filter((id) => orders.get(id)?.endedAtMs === null)
  return selection?.kind === 'order' && orders.has(selection.id) ? [selection.id] : []
}
