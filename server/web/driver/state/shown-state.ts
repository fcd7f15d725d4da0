import { applyOutbox, type ShownState } from '../route/apply-outbox.ts'
import type { DriverView } from './driver-view.ts'

let last: { of: readonly unknown[]; shown: ShownState } | undefined

/** The state as shown, with what was done on this phone applied; the same object while nothing changed. */
export function shownState({ state, readAtMs, entries }: DriverView): ShownState | undefined {
  if (!state) return undefined
  if (last && last.of[0] === state && last.of[1] === readAtMs && last.of[2] === entries) return last.shown
  last = { of: [state, readAtMs, entries], shown: applyOutbox(state, readAtMs, entries) }
  return last.shown
}
