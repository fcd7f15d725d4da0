/** The window of an arrival; with a bar once it has been wider than it is now. */
export interface EtaWindowProps {
  label: string
  text: string
  bar?: {
    /** The widest window that was shown. */
    fromMs: number
    toMs: number
    earliestMs: number
    latestMs: number
    startText: string
    endText: string
    noteText: string
    description: string
  }
}

const CELLS = 20

/** Which of the bar's cells lie in the present window; at least one does. */
export function windowCells(bar: { fromMs: number; toMs: number; earliestMs: number; latestMs: number }): boolean[] {
  const cellMs = Math.max(1, (bar.toMs - bar.fromMs) / CELLS)
  const first = Math.min(CELLS - 1, Math.max(0, Math.floor((bar.earliestMs - bar.fromMs) / cellMs)))
  const last = Math.max(first, Math.min(CELLS - 1, Math.ceil((bar.latestMs - bar.fromMs) / cellMs) - 1))
  return Array.from({ length: CELLS }, (_, i) => i >= first && i <= last)
}

/** "Arriving between 19:50 and 19:55", and how far that has narrowed. */
export function EtaWindow({ label, text, bar }: EtaWindowProps) {
  return (
    <div className="eta">
      <p className="ink2 sm">{label}</p>
      <p className="big" aria-live="polite">
        {text}
      </p>
      {bar && (
        <>
          <p className="vh">{bar.description}</p>
          <div className="win" aria-hidden="true">
            {windowCells(bar).map((isIn, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells are places, not things
              <i key={i} className={isIn ? 'in' : ''} />
            ))}
          </div>
          <div className="win-ends xs ink2">
            <span>{bar.startText}</span>
            <span>{bar.noteText}</span>
            <span>{bar.endText}</span>
          </div>
        </>
      )}
    </div>
  )
}
