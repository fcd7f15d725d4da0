import { LocateFixed, MapPin } from 'lucide-react'
import { useDriver, useDriverView, useFormats } from '../driver-context.ts'
import { words } from '../words.ts'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** Says why a position is needed and asks for it; in a demo one can stand in the middle of the town instead. */
export function PositionChoice() {
  const { positions } = useDriver()
  const about = useDriverView((view) => view.about)
  const place = useDriverView((view) => view.state?.place)
  const fix = useDriverView((view) => view.fix)
  const source = useDriverView((view) => view.source)
  const problem = useDriverView((view) => view.positionProblem)
  const format = useFormats()
  const { start } = words
  return (
    <section className="block" aria-label={start.position}>
      <h2 className="b">{start.position}</h2>
      <p className="ink2">{start.why}</p>
      <output>
        {source === 'device' && fix && <p className="notice">{start.have(format.distance(fix.accuracyM ?? 50))}</p>}
        {source === 'device' && !fix && !problem && <p className="notice">{start.asking}</p>}
        {source === 'demo' && <p className="notice">{start.haveDemo}</p>}
        {problem && source !== 'demo' && <p className="notice warn">{start[problem]}</p>}
      </output>
      <button type="button" className={fix ? 'tb line' : 'tb pri'} onClick={positions.useDevice}>
        <LocateFixed {...ICON} />
        {start.allow}
      </button>
      {about?.isDemo && (
        <>
          <button type="button" className="tb line" onClick={() => positions.useDemo(place ?? about.city.centre)}>
            <MapPin {...ICON} />
            {start.demoPosition}
          </button>
          <p className="sm ink2">{start.demoText}</p>
        </>
      )}
    </section>
  )
}
