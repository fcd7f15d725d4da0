import { RotateCcw } from 'lucide-react'
import { useDriver, useDriverView, usePhoneNow } from '../driver-context.ts'
import { UNDO_MS, undoable } from '../outbox/outbox-entry.ts'
import { words } from '../words.ts'

/** Takes back what was just done, as long as it has not been sent. */
export function UndoButton() {
  const { actions } = useDriver()
  const entries = useDriverView((view) => view.entries)
  const nowMs = usePhoneNow(250)
  const entry = undoable(entries, nowMs)
  if (!entry) return null
  const seconds = Math.min(UNDO_MS / 1_000, Math.ceil((entry.holdUntilMs - nowMs) / 1_000))
  return (
    <button type="button" className="tb line wide" onClick={() => actions.undo(entry.id)}>
      <RotateCcw size={20} strokeWidth={1.75} aria-hidden />
      {words.undo(words.done[entry.action], seconds)}
    </button>
  )
}
