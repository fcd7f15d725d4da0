import { Sheet } from '../../kit/index.ts'
import { useFormats, useMerchant, useServerNow, useTimeZone } from '../merchant-context.ts'
import { words } from '../words.ts'
import { PAUSES, pauseUntilMs } from './pause-until.ts'

/** For how long nobody may order; there is always an end. */
export function PauseSheet({ onClose }: { onClose: () => void }) {
  const { actions } = useMerchant()
  const nowMs = useServerNow(10_000)
  const timeZone = useTimeZone()
  const format = useFormats()
  return (
    <Sheet title={words.pause.title} onClose={onClose}>
      <div className="form">
        <p className="ink2">{words.pause.text}</p>
        {PAUSES.map((pause) => {
          const untilMs = pauseUntilMs(pause, nowMs, timeZone)
          return (
            <button
              key={pause}
              type="button"
              className="tb line spread"
              onClick={() => {
                onClose()
                void actions.changeShop({ pausedUntilMs: untilMs })
              }}
            >
              {words.pause.for[pause]}
              <span className="ink2">{words.pause.until(format.time(untilMs))}</span>
            </button>
          )
        })}
      </div>
    </Sheet>
  )
}
