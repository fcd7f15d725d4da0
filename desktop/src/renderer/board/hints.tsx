import { useEffect, useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { ConsoleState, Notice } from '../live/console-store.ts'
import { Glyph } from './glyph.tsx'

type Hint = [keys: string[], word: string]

const HINTS: Hint[] = [
  [['J', 'K'], 'move'],
  [['A'], 'assign'],
  [['U'], 'unassign'],
  [['H'], 'hold'],
  [['P'], 'only for'],
  [['+', '−'], 'priority'],
  [['X'], 'later'],
  [['/'], 'find'],
  [['?'], 'all'],
]
const WHILE_CHOOSING: Hint[] = [
  [['1', '–', '5'], 'choose'],
  [['Enter'], 'to the button'],
  [['Esc'], 'leave it'],
]
const WHILE_PROPOSED: Hint[] = [
  [['J', 'K'], 'move'],
  [['Y'], 'accept'],
  [['V'], 'veto'],
  [['A'], 'another driver'],
  [['H'], 'hold'],
  [['?'], 'all'],
]
const WHILE_MARKED: Hint[] = [
  [['Shift', 'J'], 'more'],
  [['A'], 'assign'],
  [['U'], 'unassign'],
  [['H'], 'hold'],
  [['R'], 'release'],
  [['+', '−'], 'priority'],
  [['X'], 'later'],
  [['Esc'], 'unmark'],
]

/** A sentence at the bottom goes after a while; in the inspector it stays with its order. */
const SHOWN_MS = 15_000

function useGrownOld(notice: Notice | null): Notice | null {
  const [old, setOld] = useState<Notice | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setOld(notice), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return old
}

/** The keys that matter for what is on screen. */
function hintsFor(state: ConsoleState): Hint[] {
  if (state.question === 'assign' || state.question === 'pin' || state.question === 'move_route') return WHILE_CHOOSING
  if (state.marked.size > 1) return WHILE_MARKED
  const isProposed = state.selection?.kind === 'order' && state.orders.get(state.selection.id)?.proposal
  return isProposed ? WHILE_PROPOSED : HINTS
}

/** The keys that matter, and at the right what was done last and how to take it back. */
export function Hints() {
  const { actions } = useConsole()
  const latest = useConsoleState((s) => s.notice)
  const old = useGrownOld(latest)
  const notice = latest === old ? null : latest
  const undo = useConsoleState((s) => s.undos.at(-1))
  const redo = useConsoleState((s) => s.redos.at(-1))
  const hints = useConsoleState(hintsFor)
  return (
    <footer className="hints">
      {hints.map(([keys, word]) => (
        <span key={word}>
          {keys.map((key) =>
            key === '–' ? (
              key
            ) : (
              <kbd key={key} className="kbd">
                {key}
              </kbd>
            ),
          )}
          {word}
        </span>
      ))}
      <output className="undo">
        {notice && (
          <>
            <Glyph name={notice.tone === 'done' ? 'dot' : 'octagon'} tone={notice.tone === 'done' ? 'idle' : 'act'} size={10} />
            <span className={notice.tone === 'refused' ? 'c-act b' : 'b'}>{notice.text}</span>
            {notice.detail && <span>{notice.detail}</span>}
          </>
        )}
        {undo && (
          <button type="button" style={{ display: 'flex', gap: 5, alignItems: 'center' }} onClick={() => void actions.undo()}>
            <kbd className="kbd">Z</kbd> undo
          </button>
        )}
        {redo && (
          <button type="button" style={{ display: 'flex', gap: 5, alignItems: 'center' }} onClick={() => void actions.redo()}>
            <kbd className="kbd">Shift Z</kbd> redo
          </button>
        )}
      </output>
    </footer>
  )
}
