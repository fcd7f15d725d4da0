import { Sheet } from '../../kit/index.ts'
import { useDriver } from '../driver-context.ts'
import { words } from '../words.ts'
import type { ShownStop } from './apply-outbox.ts'
import { FAIL_REASONS } from './next-action.ts'

/** Why an order cannot be delivered; choosing does it, and ten seconds are left to take it back. */
export function FailSheet({ stop, onClose }: { stop: ShownStop; onClose: () => void }) {
  const { actions } = useDriver()
  return (
    <Sheet title={words.fail.title(stop.number)} onClose={onClose}>
      <div className="form">
        <p className="ink2">{words.fail.text}</p>
        {FAIL_REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            className="tb line"
            onClick={() => {
              onClose()
              void actions.failStop(stop, reason)
            }}
          >
            {words.fail.reasons[reason]}
          </button>
        ))}
      </div>
    </Sheet>
  )
}
