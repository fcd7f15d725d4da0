import type { DriverRoute } from '@doorstep/shared/contract'
import { Navigation } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useDriver, useDriverView } from '../driver-context.ts'
import { LazyDriverMap } from '../map/lazy-driver-map.tsx'
import { rideLine } from '../ride/ride-along.ts'
import { PositionChoice } from '../shift/position-choice.tsx'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import type { ShownStop } from './apply-outbox.ts'
import { CurrentStop } from './current-stop.tsx'
import { DemoRide } from './demo-ride.tsx'
import { FailSheet } from './fail-sheet.tsx'
import { navigateUrl } from './navigate.ts'
import { nextAction } from './next-action.ts'
import { OutboxList } from './outbox-list.tsx'
import { lineAhead } from './ride-line.ts'
import { SlideButton } from './slide-button.tsx'
import { StopList } from './stop-list.tsx'
import { UndoButton } from './undo-button.tsx'

/** The route: where to go next, what is to be done there, and what comes after. */
export function RouteScreen({ stops, route }: { stops: readonly ShownStop[]; route: DriverRoute }) {
  const { actions } = useDriver()
  const [isFailing, setIsFailing] = useState(false)
  const hasFix = useDriverView((view) => view.fix !== null)
  const line = useMemo(() => rideLine(route.geometry), [route.geometry])
  const next = stops[0]
  if (!next) return null
  const action = nextAction(next)
  const isThere = next.arrivedAtMs !== null
  return (
    <main className="scr">
      <h1 className="vh">{words.route.title}</h1>
      <TopBar />
      {!isThere && <RideMap stops={stops} next={next} line={line} />}
      <section className="offer grow" key={`${next.kind}-${next.orderId}`}>
        <CurrentStop stop={next} line={line} />
        {hasFix ? !isThere && <DemoRide /> : <PositionChoice />}
        <StopList stops={stops.slice(1)} />
        {next.kind === 'drop' && (
          <button type="button" className="tb line wide cannot" onClick={() => setIsFailing(true)}>
            {words.route.cannot}
          </button>
        )}
        <OutboxList />
      </section>
      <div className="dock">
        <UndoButton />
        <SlideButton
          key={action}
          label={words.route.slide[action as keyof typeof words.route.slide]}
          onDone={() => void actions.act(next)}
        />
      </div>
      {isFailing && <FailSheet stop={next} onClose={() => setIsFailing(false)} />}
    </main>
  )
}

interface RideMapProps {
  stops: readonly ShownStop[]
  next: ShownStop
  line: ReturnType<typeof rideLine>
}

function RideMap({ stops, next, line }: RideMapProps) {
  const fix = useDriverView((view) => view.fix)
  const marks = useMemo(
    () =>
      stops.map((stop, index) => ({
        ...stop.place,
        kind: stop.kind,
        look: index === 0 ? ('selected' as const) : ('planned' as const),
        tag: String(index + 1),
      })),
    [stops],
  )
  const ahead = useMemo(() => lineAhead(line, fix), [line, fix])
  return (
    <div className="ride-map">
      <LazyDriverMap fix={fix} stops={marks} line={ahead} fitKey={`${next.kind}-${next.orderId}`} follow />
      <a
        className="tb line navigate"
        href={navigateUrl(next.place, next.name, navigator.userAgent)}
        target="_blank"
        rel="noreferrer"
        aria-label={words.route.navigateTo(next.name)}
      >
        <Navigation size={20} strokeWidth={1.75} aria-hidden />
        {words.route.navigate}
      </a>
    </div>
  )
}
