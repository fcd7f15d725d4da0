import type { ApiProblem } from '@doorstep/shared/client'
import { create } from 'zustand'
import { storedState, toast, type View } from '../../kit/index.ts'
import { words } from '../words.ts'
import { ASK_AFTER_MS, type Attempt, afterProblem, attemptFor, parseAttempt } from './attempt.ts'
import { EMPTY_CART } from './cart.ts'
import { useCart } from './cart-store.ts'

/** The order on its way to the server, kept through reloads until it is decided. */
export const useAttempt = storedState('doorstep.order-attempt', parseAttempt)

/** How the sending goes. */
export const usePlacing = create<{
  isSending: boolean
  /** Decided against, or waiting for somebody to sign in. */
  problem: ApiProblem | null
  needsSignIn: boolean
  /** Just placed: the page goes there. */
  placedId: string | null
}>(() => ({ isSending: false, problem: null, needsSignIn: false, placedId: null }))

const RETRY_MS = [5_000, 10_000, 20_000, 30_000]
let retries = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Places an order; the same wish pressed twice, before or after a reload, stays one order. */
export async function placeOrder(view: View, wanted: Pick<Attempt, 'body' | 'merchantName'>): Promise<void> {
  const attempt = attemptFor(useAttempt.getState().attempt, wanted, () => crypto.randomUUID(), Date.now())
  useAttempt.setState({ attempt })
  await sendAttempt(view)
}

/** Sends what waits, once at a time. */
export async function sendAttempt(view: View): Promise<void> {
  const { attempt } = useAttempt.getState()
  if (!attempt || usePlacing.getState().isSending) return
  clearTimeout(timer)
  if (!navigator.onLine) return
  usePlacing.setState({ isSending: true, problem: null, needsSignIn: false })
  useAttempt.setState({ attempt: { ...attempt, wasSent: true } })
  const result = await view.api.call('POST /orders', { body: attempt.body, idempotencyKey: attempt.key })
  if (result.ok) return placed(result.value.id, attempt)
  const then = afterProblem(result.error)
  usePlacing.setState({ isSending: false, problem: then === 'later' ? null : result.error, needsSignIn: then === 'sign_in' })
  if (then === 'over') useAttempt.setState({ attempt: null })
  if (then === 'later') {
    timer = setTimeout(() => void sendAttempt(view), RETRY_MS[Math.min(retries, RETRY_MS.length - 1)])
    retries += 1
  }
}

function placed(id: string, attempt: Attempt): void {
  retries = 0
  useAttempt.setState({ attempt: null })
  if (useCart.getState().merchant?.id === attempt.body.merchantId) useCart.setState(EMPTY_CART, true)
  usePlacing.setState({ isSending: false, problem: null, needsSignIn: false, placedId: id })
  toast(words.queued.placed)
}

/** Gives up what waits. */
export function dropAttempt(): void {
  clearTimeout(timer)
  useAttempt.setState({ attempt: null })
  usePlacing.setState({ problem: null, needsSignIn: false })
}

/** After a reload or when the network is back: goes on with what waits, unless it has waited for long. */
export async function resumeAttempt(view: View): Promise<void> {
  const { attempt } = useAttempt.getState()
  if (!attempt || Date.now() - attempt.madeAtMs > ASK_AFTER_MS) return
  if (view.session.use.getState().status === 'signed_out') return
  await sendAttempt(view)
}
