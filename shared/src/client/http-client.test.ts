import { describe, expect, it } from 'vitest'
import { createHttpClient, type HttpClientOptions } from './http-client.ts'

type Call = { url: string; method: string; headers: Record<string, string>; body?: string }
type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'lost'

const problem = (status: number, code: string, extras = {}) => ({
  status,
  body: { type: '', title: code, status, code, ...extras },
})

function clientWith(answers: Answer[], options: Partial<HttpClientOptions> = {}) {
  const calls: Call[] = []
  const waits: number[] = []
  let ids = 0
  const client = createHttpClient({
    baseUrl: 'http://host/api/v1',
    newId: () => `key-${++ids}`,
    random: () => 1,
    timers: {
      nowMs: () => 0,
      after(ms, task) {
        if (ms !== 15_000) {
          waits.push(ms)
          queueMicrotask(task)
        }
        return () => undefined
      },
    },
    async fetch(url, init) {
      calls.push({ url, ...init })
      const answer = answers.shift() ?? 'lost'
      if (answer === 'lost') throw new TypeError('fetch failed')
      const text = answer.body === undefined ? '' : typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      return { status: answer.status, headers: { get: (name) => answer.headers?.[name] ?? null }, text: async () => text }
    },
    ...options,
  })
  return { client, calls, waits }
}

const order = { merchantId: 'm', lines: [], drop: { place: { lat: 1, lon: 2 }, address: 'a' } } as never

describe('the HTTP client', () => {
  it('fills path, query, version and token in', async () => {
    const { client, calls } = clientWith(
      [
        { status: 200, body: {} },
        { status: 200, body: { items: [] } },
      ],
      { token: () => 'abc' },
    )
    await client.call('PATCH /orders/:id/status', { params: { id: 'a/b' }, body: { action: 'ready' }, ifMatch: 7 })
    await client.call('GET /merchants', { query: { lat: 1.5, lon: -8, q: 'pão & queijo' } })
    expect(calls[0]).toMatchObject({
      url: 'http://host/api/v1/orders/a%2Fb/status',
      method: 'PATCH',
      body: '{"action":"ready"}',
      headers: { 'if-match': '"7"', authorization: 'Bearer abc', 'content-type': 'application/json' },
    })
    expect(calls[1]!.url).toBe('http://host/api/v1/merchants?lat=1.5&lon=-8&q=p%C3%A3o%20%26%20queijo')
  })

  it('an order is placed with one key through all tries of a call, and with another in the next call', async () => {
    const { client, calls } = clientWith([
      'lost',
      problem(503, 'unavailable'),
      { status: 201, body: { id: 'o' } },
      { status: 201, body: {} },
    ])
    const result = await client.call('POST /orders', { body: order })
    expect(result).toEqual({ ok: true, value: { id: 'o' } })
    await client.call('POST /orders', { body: order })
    expect(calls.map((call) => call.headers['idempotency-key'])).toEqual(['key-1', 'key-1', 'key-1', 'key-2'])
    expect((await clientWith(['lost']).client.call('POST /orders', { body: order, idempotencyKey: 'mine' })).ok).toBe(false)
  })

  it('what may have been done and cannot be told apart is tried once', async () => {
    for (const answer of ['lost', problem(503, 'unavailable')] as Answer[]) {
      const { client, calls } = clientWith([answer, { status: 200, body: {} }])
      const result = await client.call('POST /orders/:id/cancel', { params: { id: 'o' }, body: {} })
      expect([result.ok, calls.length]).toEqual([false, 1])
    }
  })

  it('waits as long as the server asks, but leaves a long wait to the user', async () => {
    const short = clientWith([problem(429, 'rate_limited', { retryAfterS: 3 }), { status: 200, body: { items: [] } }])
    expect((await short.client.call('GET /zones')).ok).toBe(true)
    expect(short.waits).toEqual([3_000])
    const long = clientWith([{ status: 429, body: 'busy', headers: { 'retry-after': '60' } }])
    const result = await long.client.call('GET /zones')
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', problem: { code: 'rate_limited', retryAfterS: 60 } } })
  })

  it('hands problems on, and says when the session is over', async () => {
    let isSignedOut = false
    const stale = problem(409, 'stale_version', { version: 4, changedBy: 'Ana' })
    const { client } = clientWith([stale, problem(401, 'unauthenticated')], { onSignedOut: () => (isSignedOut = true) })
    const refused = await client.call('PATCH /orders/:id/status', { params: { id: 'o' }, body: { action: 'ready' } })
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused', problem: { code: 'stale_version', changedBy: 'Ana' } } })
    expect(isSignedOut).toBe(false)
    await client.call('GET /auth/me')
    expect(isSignedOut).toBe(true)
  })

  it('gives up after four tries, and at once when told to', async () => {
    const { client, calls, waits } = clientWith([])
    expect(await client.call('GET /zones')).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
    expect([calls.length, waits]).toEqual([4, [300, 600, 1_200]])
    const signal = { aborted: true, addEventListener() {}, removeEventListener() {} }
    expect(await client.call('GET /zones', { signal })).toEqual({ ok: false, error: { kind: 'aborted' } })
  })

  it('a success without a body is null, and one that is not JSON is no success', async () => {
    const { client } = clientWith([{ status: 204 }, { status: 200, body: '<html>' }], { maxTries: 1 })
    expect(await client.call('POST /auth/logout')).toEqual({ ok: true, value: null })
    expect(await client.call('GET /zones')).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
  })
})
