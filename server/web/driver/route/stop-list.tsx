import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { useFormats } from '../driver-context.ts'
import { words } from '../words.ts'
import type { ShownStop } from './apply-outbox.ts'
import { StopMark } from './stop-mark.tsx'

const SHOWN = 2
const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** The stops after the next one; beyond two they fold away. */
export function StopList({ stops }: { stops: readonly ShownStop[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const format = useFormats()
  const shown = isOpen ? stops : stops.slice(0, SHOWN)
  const more = stops.length - SHOWN
  const lastEtaMs = stops.at(-1)?.etaMs
  const toggle = lastEtaMs ? words.route.moreStops(more, format.time(lastEtaMs)) : words.route.moreStopsPlain(more)
  return (
    <>
      <ol className="stops" start={2}>
        {shown.map((stop, index) => (
          <li key={`${stop.kind}-${stop.orderId}`}>
            <StopMark kind={stop.kind} place={index + 2} />
            <span className="cut">{stop.kind === 'pickup' ? stop.name : stop.address}</span>
            <span className="ink2">{stop.isSyncing ? words.route.syncing : stop.etaMs ? format.time(stop.etaMs) : ''}</span>
          </li>
        ))}
      </ol>
      {more > 0 && (
        <button type="button" className="row ink2 fold" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? <ChevronDown {...ICON} /> : <ChevronUp {...ICON} />}
          {isOpen ? words.route.fewer : toggle}
        </button>
      )}
    </>
  )
}
