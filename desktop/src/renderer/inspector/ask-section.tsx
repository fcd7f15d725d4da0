import { useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { ReasonLine } from './reason-line.tsx'

/** The minutes behind 1, 2 and 3. */
export const EXTENSIONS = [5, 10, 15] as const
/** What the server takes at once. */
const MOST_MINUTES = 180

/** What a command needs to know before it is given: how much later, or for what reason. Drivers are asked for in the ranking. */
export function AskSection() {
  const question = useConsoleState((s) => s.question)
  const isOfOne = useConsoleState((s) => s.marked.size < 2)
  if (question === 'extend') return <Extend />
  if (question === 'hold') return <WithReason kind="hold" title={isOfOne ? 'Hold this order' : 'Hold these orders'} word="Hold" />
  if (question === 'unassign')
    return (
      <WithReason kind="unassign" title={isOfOne ? 'Take it from its driver' : 'Take them from their drivers'} word="Unassign" />
    )
  return null
}

function Extend() {
  const { actions } = useConsole()
  const [own, setOwn] = useState('')
  const minutes = Number(own)
  const isGood = Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES
  const give = (by: number) => void actions.command({ kind: 'extend', minutes: by })
  const giveOwn = () => isGood && give(minutes)
  return (
    <section className="sec choosing" aria-label="Promise later">
      <h3>
        Promise later<span className="ink3">the customer is told</span>
      </h3>
      <div className="extend">
        {EXTENSIONS.map((each, i) => (
          <button key={each} type="button" className="btn" onClick={() => give(each)}>
            +{each} min <kbd className="kbd">{i + 1}</kbd>
          </button>
        ))}
        <input
          id="extend-minutes"
          className="field"
          inputMode="numeric"
          value={own}
          placeholder="min"
          aria-label="Minutes later"
          aria-invalid={own !== '' && !isGood}
          onChange={(e) => setOwn(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Enter') return
            e.preventDefault()
            e.stopPropagation()
            giveOwn()
          }}
        />
      </div>
      {own !== '' && !isGood && <p className="c-act">A whole number from 1 to {MOST_MINUTES}</p>}
      <ReasonLine onEnter={giveOwn} />
    </section>
  )
}

function WithReason({ kind, title, word }: { kind: 'hold' | 'unassign'; title: string; word: string }) {
  const { actions } = useConsole()
  const give = () => void actions.command({ kind })
  return (
    <section className="sec choosing" aria-label={title}>
      <h3>{title}</h3>
      <div className="withreason">
        <ReasonLine isFirst onEnter={give} />
        <button type="button" className="btn pri" onClick={give}>
          {word} <kbd className="kbd">Enter</kbd>
        </button>
      </div>
    </section>
  )
}
