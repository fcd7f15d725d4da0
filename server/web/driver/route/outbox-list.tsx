import { Check, ClockArrowUp, TriangleAlert } from 'lucide-react'
import { useDriver, useDriverView, useFormats, useServerNow } from '../driver-context.ts'
import type { OutboxEntry } from '../outbox/outbox-entry.ts'
import { isCutOff } from '../state/driver-view.ts'
import { words } from '../words.ts'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What was done on this phone and is not with the server yet, while that takes long; and what the server did not take. */
export function OutboxList() {
  const entries = useDriverView((view) => view.entries)
  const keptFixes = useDriverView((view) => view.keptFixes)
  const lostAtMs = useDriverView((view) => view.lostAtMs)
  const isLost = useDriverView(isCutOff)
  const nowMs = useServerNow(10_000)
  const format = useFormats()
  const refused = entries.filter((entry) => entry.state === 'refused')
  const listed = entries.filter((entry) => entry.state !== 'refused').sort((a, b) => a.seq - b.seq)
  const minutes = lostAtMs === null ? 0 : Math.max(0, Math.floor((nowMs - lostAtMs) / 60_000))
  return (
    <>
      {refused.map((entry) => (
        <RefusedCard key={entry.id} entry={entry} />
      ))}
      {isLost && (
        <section className="kept">
          <h2 className="b">{words.outbox.title}</h2>
          <p className="sm ink2">{words.outbox.text}</p>
          <ol className="outbox">
            {listed.map((entry) => (
              <li key={entry.id}>
                <span className={entry.state === 'sent' ? 'c-idle' : 'c-late'}>
                  {entry.state === 'sent' ? <Check {...ICON} /> : <ClockArrowUp {...ICON} />}
                </span>
                <span>
                  {words.outbox.entry[entry.action](entry.number, entry.name)}
                  {entry.state === 'sent' && `, ${words.outbox.sent}`}
                </span>
                <span className="ink2">{format.time(entry.doneAtMs)}</span>
              </li>
            ))}
            {keptFixes > 0 && (
              <li>
                <span className="c-late">
                  <ClockArrowUp {...ICON} />
                </span>
                <span>{words.outbox.positions(keptFixes)}</span>
                <span className="ink2">{format.time(nowMs)}</span>
              </li>
            )}
          </ol>
          <p className="sm ink2">{words.outbox.dispatchSees(minutes)}</p>
        </section>
      )}
    </>
  )
}

function RefusedCard({ entry }: { entry: OutboxEntry }) {
  const { actions } = useDriver()
  const { refusal } = entry
  const what = words.outbox.entry[entry.action](entry.number, entry.name)
  return (
    <section className="notice warn refused" role="alert">
      <p className="b row">
        <TriangleAlert {...ICON} />
        {words.refused.title(what)}
      </p>
      <p>
        {words.refused.why[refusal?.code ?? ''] ?? words.refused.other}
        {refusal?.changedBy && ` ${words.refused.by(refusal.changedBy)}`}
      </p>
      <button type="button" className="tb line" onClick={() => actions.dismissRefused(entry.id)}>
        {words.refused.ok}
      </button>
    </section>
  )
}
