import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { Selection } from '../live/console-store.ts'

/** Walks through what a chip put in the light, round and round. */
export function Stepper({ steps }: { steps: readonly Selection[] }) {
  const { actions } = useConsole()
  const selection = useConsoleState((s) => s.selection)
  const at = steps.findIndex((step) => step.kind === selection?.kind && step.id === selection.id)
  const go = (by: number) => {
    const next = steps[(Math.max(at, by > 0 ? -1 : 0) + by + steps.length) % steps.length]
    if (next) actions.select(next)
  }
  return (
    <span className="step">
      <button type="button" className="ib" style={{ width: 16 }} aria-label="Previous" onClick={() => go(-1)}>
        <ChevronLeft size={14} strokeWidth={1.75} />
      </button>
      {at >= 0 ? at + 1 : '–'} of {steps.length}
      <button type="button" className="ib" style={{ width: 16 }} aria-label="Next" onClick={() => go(1)}>
        <ChevronRight size={14} strokeWidth={1.75} />
      </button>
    </span>
  )
}
