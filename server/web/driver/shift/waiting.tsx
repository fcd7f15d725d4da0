import { useDriver, useDriverView } from '../driver-context.ts'
import { LazyDriverMap } from '../map/lazy-driver-map.tsx'
import { OutboxList } from '../route/outbox-list.tsx'
import { UndoButton } from '../route/undo-button.tsx'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import { PositionChoice } from './position-choice.tsx'

/** Online without an order: where one is, how one stands, and the way offline. */
export function Waiting() {
  const { actions } = useDriver()
  const driver = useDriverView((view) => view.state?.driver)
  const fix = useDriverView((view) => view.fix)
  const isSending = useDriverView((view) => view.entries.some((entry) => entry.state === 'waiting'))
  const isBusy = useDriverView((view) => view.busy === 'go_offline')
  const problem = useDriverView((view) => view.problem)
  return (
    <main className="scr">
      <TopBar />
      {fix ? (
        <div className="ride-map">
          <LazyDriverMap fix={fix} stops={NOTHING} line={NO_LINE} fitKey="waiting" follow />
        </div>
      ) : (
        <div className="page">
          <PositionChoice />
        </div>
      )}
      <div className="page">
        <h1 className="h">{words.waiting.title}</h1>
        <p className="ink2">{words.waiting.text}</p>
        {driver && (
          <div className="facts">
            <Fact value={driver.rating.toFixed(1)} label={words.waiting.rating} />
            <Fact value={`${Math.round(driver.acceptanceRate * 100)}%`} label={words.waiting.acceptance} />
            <Fact value={String(driver.maxOrders)} label={words.waiting.orders} />
          </div>
        )}
        <OutboxList />
      </div>
      <div className="dock">
        <UndoButton />
        <div role="alert">{problem && <p className="problem">{problem}</p>}</div>
        {isSending && <p className="sm ink2">{words.waiting.stillSending}</p>}
        <button type="button" className="tb line wide" disabled={isBusy || isSending} onClick={() => void actions.goOffline()}>
          {isBusy ? words.waiting.going : words.waiting.goOffline}
        </button>
      </div>
    </main>
  )
}

const NOTHING: [] = []
const NO_LINE: [number, number][] = []

/** A number and what it is. */
function Fact({ value, label }: { value: string; label: string }) {
  return (
    <div>
      <div className="h">{value}</div>
      <div className="sm ink2">{label}</div>
    </div>
  )
}
