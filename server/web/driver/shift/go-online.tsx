import { useDriver, useDriverView } from '../driver-context.ts'
import { OutboxList } from '../route/outbox-list.tsx'
import { UndoButton } from '../route/undo-button.tsx'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import { PositionChoice } from './position-choice.tsx'

/** Offline: who somebody is, why a position is needed, and the way online. */
export function GoOnline() {
  const { actions } = useDriver()
  const driver = useDriverView((view) => view.state?.driver)
  const hasFix = useDriverView((view) => view.fix !== null)
  const isBusy = useDriverView((view) => view.busy === 'go_online')
  const problem = useDriverView((view) => view.problem)
  return (
    <main className="scr">
      <TopBar />
      <div className="grow page">
        <h1 className="big">{words.start.hello(driver?.name.split(' ')[0] ?? '')}</h1>
        <p className="ink2">{words.start.text}</p>
        <PositionChoice />
        <OutboxList />
      </div>
      <div className="dock">
        <UndoButton />
        <div role="alert">{problem && <p className="problem">{problem}</p>}</div>
        {!hasFix && <p className="sm ink2">{words.start.needsPosition}</p>}
        <button type="button" className="tb pri press" disabled={!hasFix || isBusy} onClick={() => void actions.goOnline()}>
          {isBusy ? words.start.going : words.start.go}
        </button>
      </div>
    </main>
  )
}
