import type { ApiProblem } from '@doorstep/shared/client'
import type { PlaceOrderBody } from '@doorstep/shared/contract'

/** One wish to order, from the press on the button until the server has answered: its key makes it one order. */
export interface Attempt {
  key: string
  body: PlaceOrderBody
  merchantName: string
  /** By this device's clock. */
  madeAtMs: number
  /** It went out at least once, so it may have arrived although nobody answered. */
  wasSent: boolean
}

/** Older ones are only sent when the person says so. */
export const ASK_AFTER_MS = 15 * 60_000

/** The attempt that a press on the button means: the one under way if it wants the same, else a new one. */
export function attemptFor(
  open: Attempt | null,
  wanted: Pick<Attempt, 'body' | 'merchantName'>,
  newKey: () => string,
  nowMs: number,
): Attempt {
  if (open && JSON.stringify(open.body) === JSON.stringify(wanted.body)) return open
  return { ...wanted, key: newKey(), madeAtMs: nowMs, wasSent: false }
}

/**
 * What an answer means for an attempt: `over` it was decided against and another press makes a new one; `sign_in` it
 * waits for somebody to sign in; `later` nobody knows yet, and the same attempt is sent again.
 */
export function afterProblem(error: ApiProblem): 'over' | 'sign_in' | 'later' {
  if (error.kind !== 'refused') return 'later'
  const { code, status } = error.problem
  if (code === 'unauthenticated' || code === 'forbidden') return 'sign_in'
  return status >= 500 || status === 429 || code === 'idempotency_in_progress' ? 'later' : 'over'
}

/** An attempt of what was stored. */
export function parseAttempt(stored: unknown): { attempt: Attempt | null } {
  const attempt = (stored as { attempt?: Partial<Attempt> } | null | undefined)?.attempt
  const isWhole = typeof attempt?.key === 'string' && typeof attempt.madeAtMs === 'number' && Array.isArray(attempt.body?.lines)
  return { attempt: isWhole ? (attempt as Attempt) : null }
}
