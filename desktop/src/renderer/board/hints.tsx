import { useConsole, useConsoleState } from '../live/console-context.ts'
import { Glyph } from './glyph.tsx'

const HINTS: [keys: string[], word: string][] = [
  [['J', 'K'], 'move'],
  [['Enter'], 'open'],
  [['A'], 'candidates'],
  [['1', '–', '5'], 'assign'],
  [['U'], 'unassign'],
  [['/'], 'find'],
  [['?'], 'all'],
]

/** The keys that matter, and at the right what was done last and how to take it back. */
export function Hints() {
  const { actions } = useConsole()
  const notice = useConsoleState((s) => s.notice)
  const undo = useConsoleState((s) => s.undos.at(-1))
  return (
    <footer className="hints">
      {HINTS.map(([keys, word]) => (
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
      </output>
    </footer>
  )
}
