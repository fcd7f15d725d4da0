import type { PlaceOrderBody } from '@doorstep/shared/contract'
import { describe, expect, test } from 'vitest'
import { type Attempt, afterProblem, attemptFor, parseAttempt } from './attempt.ts'

const body = { merchantId: 'm', lines: [{ itemId: 'i', quantity: 1, note: null }], tipMinor: 200 } as unknown as PlaceOrderBody
const open: Attempt = { key: 'first', body, merchantName: 'Casa', madeAtMs: 0, wasSent: true }
const refused = (code: string, status: number) =>
  afterProblem({
    kind: 'refused',
    problem: { type: '', title: '', status, code } as Extract<Parameters<typeof afterProblem>[0], { kind: 'refused' }>['problem'],
  })

describe('one wish, one order', () => {
  test('a second press for the same order keeps the key, a changed order gets a new one', () => {
    expect(attemptFor(open, { body: structuredClone(body), merchantName: 'Casa' }, () => 'second', 5)).toBe(open)
    const changed = { ...body, tipMinor: 300 }
    expect(attemptFor(open, { body: changed, merchantName: 'Casa' }, () => 'second', 5)).toMatchObject({
      key: 'second',
      wasSent: false,
    })
  })

  test('an attempt survives a reload with its key', () => {
    expect(parseAttempt(JSON.parse(JSON.stringify({ attempt: open })))).toEqual({ attempt: open })
    expect(parseAttempt({ attempt: { key: 'x' } })).toEqual({ attempt: null })
    expect(parseAttempt(undefined)).toEqual({ attempt: null })
  })

  test('no answer and a troubled server leave it open, a decision ends it, a missing session waits', () => {
    expect(afterProblem({ kind: 'unreachable', detail: '' })).toBe('later')
    expect([refused('unavailable', 503), refused('internal', 500), refused('rate_limited', 429)]).toEqual([
      'later',
      'later',
      'later',
    ])
    expect(refused('idempotency_in_progress', 409)).toBe('later')
    expect([refused('merchant_closed', 409), refused('outside_zone', 422)]).toEqual(['over', 'over'])
    expect([refused('unauthenticated', 401), refused('forbidden', 403)]).toEqual(['sign_in', 'sign_in'])
  })
})
