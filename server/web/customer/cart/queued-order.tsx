import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { Slow, useIsOnline, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import { ASK_AFTER_MS, type Attempt } from './attempt.ts'
import { dropAttempt, sendAttempt, useAttempt, usePlacing } from './place-order.ts'

/** Being sent for less than this is not worth a word outside the button. */
const PATIENCE_MS = 4_000

/** An order that waits for the connection or for an answer, on whatever page; and the way to it once it is placed. */
export function QueuedOrder() {
  const isOnline = useIsOnline()
  const attempt = useAttempt((state) => state.attempt)
  const { needsSignIn, placedId } = usePlacing()
  const [, navigate] = useLocation()
  useEffect(() => {
    if (!placedId) return
    usePlacing.setState({ placedId: null })
    navigate(`/orders/${placedId}`)
  }, [placedId, navigate])

  if (!attempt || needsSignIn) return null
  return (
    <Slow key={`${attempt.key} ${isOnline}`} afterMs={isOnline ? PATIENCE_MS : 0}>
      <Waiting attempt={attempt} isOnline={isOnline} />
    </Slow>
  )
}

function Waiting({ attempt, isOnline }: { attempt: Attempt; isOnline: boolean }) {
  const view = useView()
  const isSending = usePlacing((state) => state.isSending)
  const [shownAtMs] = useState(() => Date.now())
  const isOld = shownAtMs - attempt.madeAtMs > ASK_AFTER_MS
  const say = isOld ? words.queued.old : isOnline || attempt.wasSent ? words.queued.unsure : words.queued.text
  return (
    <section className="queued" aria-live="polite">
      <p className="b">{words.queued.title}</p>
      <p className="sm">{say(attempt.merchantName)}</p>
      <div className="row">
        <button type="button" className="tb line" disabled={!isOnline || isSending} onClick={() => void sendAttempt(view)}>
          {isSending ? words.cart.sending : words.queued.send}
        </button>
        {!isSending && (isOld || !attempt.wasSent) && (
          <button type="button" className="tb" onClick={dropAttempt}>
            {words.queued.drop}
          </button>
        )}
      </div>
    </section>
  )
}
