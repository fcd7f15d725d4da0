import type { ApiProblem } from '@doorstep/shared/client'
import type { Order } from '@doorstep/shared/contract'
import { useId, useState } from 'react'
import { describeProblem, hasCode, Sheet, toast, useView } from '../../kit/index.ts'
import { words } from '../words.ts'

/** Taking an order back while the kitchen has not started. `onDone` gets the order as it is now, or nothing to have it loaded. */
export function CancelOrder({ order, onDone }: { order: Order; onDone: (next?: Order) => void }) {
  const { api } = useView()
  const [isOpen, setIsOpen] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<ApiProblem>()
  const id = useId()
  const cancel = async (reason: string) => {
    setIsBusy(true)
    const result = await api.call('POST /orders/:id/cancel', { params: { id: order.id }, body: reason ? { reason } : {} })
    setIsBusy(false)
    if (result.ok || hasCode(result.error, 'action_not_allowed', 'stale_version')) setIsOpen(false)
    if (result.ok) return onDone(result.value)
    if (hasCode(result.error, 'action_not_allowed', 'stale_version')) {
      toast(words.track.cancelGone)
      return onDone()
    }
    setError(result.error)
  }
  return (
    <div className="hr track-part">
      <button type="button" className="tb line wide" onClick={() => setIsOpen(true)}>
        {words.track.cancel}
      </button>
      {isOpen && (
        <Sheet title={words.track.cancelTitle} onClose={() => setIsOpen(false)}>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              const reason = new FormData(event.currentTarget).get('reason')
              void cancel(typeof reason === 'string' ? reason.trim() : '')
            }}
          >
            <p>{words.track.cancelText}</p>
            <div className="field">
              <label htmlFor={id}>{words.track.cancelReason}</label>
              <input id={id} name="reason" maxLength={200} autoComplete="off" />
            </div>
            <div role="alert">{error && <p className="problem">{describeProblem(error)}</p>}</div>
            <button type="submit" className="tb danger" disabled={isBusy}>
              {words.track.cancelYes}
            </button>
            <button type="button" className="tb line" onClick={() => setIsOpen(false)}>
              {words.track.cancelNo}
            </button>
          </form>
        </Sheet>
      )}
    </div>
  )
}
