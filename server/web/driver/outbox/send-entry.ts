import type { ApiProblem, HttpClient } from '@doorstep/shared/client'
import type { Result } from '@doorstep/shared/domain'
import { isAlreadyDone } from './is-already-done.ts'
import type { OutboxEntry, Refusal } from './outbox-entry.ts'

/** What became of one try: it arrived, the server said no for good, or it is to be tried again. */
export type SendOutcome = { kind: 'sent' } | { kind: 'refused'; refusal: Refusal } | { kind: 'later' } | { kind: 'signed_out' }

/** Statuses with which a later try can succeed. */
const LATER = new Set([408, 425, 429, 502, 503, 504])

/**
 * Sends one action. Accepting and declining carry the entry's id as idempotency key. The other actions have no key, so when
 * one is refused the order itself says whether an earlier try arrived.
 */
export async function sendEntry(client: HttpClient, entry: OutboxEntry): Promise<SendOutcome> {
  const answer = await call(client, entry)
  if (answer.ok) return { kind: 'sent' }
  if (answer.error.kind !== 'refused') return { kind: 'later' }
  const { problem } = answer.error
  if (problem.code === 'unauthenticated') return { kind: 'signed_out' }
  if (LATER.has(problem.status) || problem.status >= 500) return { kind: 'later' }
  const { code, detail, changedBy } = problem
  const refusal = { code, detail: detail ?? null, changedBy: changedBy ?? null }
  if (entry.action === 'accept' || entry.action === 'decline') return answerRefused(entry, refusal)
  return compareWithOrder(client, entry, refusal)
}

/** Declining what is over anyway is done. */
function answerRefused(entry: OutboxEntry, refusal: Refusal): SendOutcome {
  return entry.action === 'decline' ? { kind: 'sent' } : { kind: 'refused', refusal }
}

async function compareWithOrder(client: HttpClient, entry: OutboxEntry, refusal: Refusal): Promise<SendOutcome> {
  const order = await client.call('GET /orders/:id', { params: { id: entry.orderId } })
  if (!order.ok) {
    const isGone = order.error.kind === 'refused' && order.error.problem.status === 404
    return isGone ? { kind: 'refused', refusal: { ...refusal, code: 'not_found' } } : { kind: 'later' }
  }
  const { delivery, ended } = order.value
  if (isAlreadyDone(entry.action, delivery)) return { kind: 'sent' }
  if (entry.action === 'depart') return { kind: 'sent' } // only says what arriving says again
  const code = delivery === 'cancelled' ? 'order_cancelled' : refusal.code
  return { kind: 'refused', refusal: { ...refusal, code, detail: ended?.reason ?? refusal.detail } }
}

function call(client: HttpClient, entry: OutboxEntry): Promise<Result<unknown, ApiProblem>> {
  const { orderId, action, reason } = entry
  switch (action) {
    case 'accept':
      return client.call('POST /driver/offers/:orderId/accept', { params: { orderId }, idempotencyKey: entry.id })
    case 'decline': {
      const body = reason === undefined ? {} : { reason }
      return client.call('POST /driver/offers/:orderId/decline', { params: { orderId }, body, idempotencyKey: entry.id })
    }
    default: {
      const body = reason === undefined ? { action } : { action, reason }
      return client.call('PATCH /orders/:id/status', { params: { id: orderId }, body })
    }
  }
}
