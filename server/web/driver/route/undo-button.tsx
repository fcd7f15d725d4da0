import { RotateCcw } from 'lucide-react'
import { useDriver, useDriverView, useServerNow } from '../driver-context.ts'
import { undoable } from '../outbox/outbox-entry.ts'
import { words } from '../words.ts'

/** Takes back what was just done, as long as it has not been sent. */
export function UndoButton() {
  const { actions } = useDriver()
  const entries = useDriverView((view) => view.entries)
  useServerNow(250)
  const entry = undoable(entries, Date.now())
  if (!entry) return null
  const seconds = Math.ceil((entry.holdUntilMs - Date.now()) / 1_000)
  return (
    <button type="button" className="tb line wide" onClick={() => actions.undo(entry.id)}>
      <RotateCcw size={20} strokeWidth={1.75} aria-hidden />
      {words.undo(words.done[entry.action], seconds)}
    </button>
  )
}
