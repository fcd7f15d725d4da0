import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useIsOnline, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import { ASK_AFTER_MS } from './attempt.ts'
import { dropAttempt, sendAttempt, useAttempt, usePlacing } from './place-order.ts'

/** Being sent for less than this is not worth a word outside the button. */
const PATIENCE_MS = 4_000

/** An order that waits for the connection or for an answer, on whatever page; and the way to it once it is placed. */
export function QueuedOrder() {
  const view = useView()
  const isOnline = useIsOnline()
  const attempt = useAttempt((state) => state.attempt)
  const { isSending, needsSignIn, placedId } = usePlacing()
  const [, navigate] = useLocation()
  const [isLong, setIsLong] = useState(false)

  useEffect(() => {
    if (!placedId) return
    usePlacing.setState({ placedId: null })
    navigate(`/orders/${placedId}`)
  }, [placedId, navigate])
  useEffect(() => {
    setIsLong(false)
    if (!attempt?.key) return undefined
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [attempt?.key])

  if (!attempt || needsSignIn || (isOnline && !isLong)) return null
  const isOld = Date.now() - attempt.madeAtMs > ASK_AFTER_MS
  const say = isOld ? words.queued.old : isOnline || attempt.wasSent ? words.queued.unsure : words.queued.text
  return (
    <section className="queued" role="status">
      <p className="b">{words.queued.title}</p>
      <p className="sm">{say(attempt.merchantName)}</p>
      <div className="row">
        <button type="button" className="tb line" disabled={!isOnline || isSending} onClick={() => void sendAttempt(view)}>
          {isSending ? words.cart.sending : words.queued.send}
        </button>
        {!isSending && !attempt.wasSent && (
          <button type="button" className="tb" onClick={dropAttempt}>
            {words.queued.drop}
          </button>
        )}
        {isOld && attempt.wasSent && (
          <button type="button" className="tb" onClick={dropAttempt}>
            {words.queued.drop}
          </button>
        )}
      </div>
    </section>
  )
}
