/** What became of a request: an answer, or nobody knows. */
export interface ApiAnswer {
  /** Of HTTP; 0 without an answer. */
  status: number
  body: unknown
  /** The header `Retry-After`. */
  retryAfter: string | null
}

/** Somebody signed in to the demo. */
export interface Person {
  email: string
  id: string
  token: string
  call(key: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>
}

/** Further words of a request. */
export interface CallOptions {
  idempotencyKey?: string
  /** Gives up waiting for the answer after this; 10 s unless said. */
  timeoutMs?: number
}

const LOST: ApiAnswer = { status: 0, body: null, retryAfter: null }

/** Sends a request such as `POST /orders`; never throws. */
export async function callApi(
  url: string,
  key: string,
  options: CallOptions & { token?: string; body?: unknown } = {},
): Promise<ApiAnswer> {
  const [method, path] = key.split(' ') as [string, string]
  const { token, body, idempotencyKey, timeoutMs = 10_000 } = options
  try {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: parse(text), retryAfter: answer.headers.get('retry-after') }
  } catch {
    return LOST // refused, cut or too late: what became of it is not known
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

/** Signs in to a demo account, trying for as long as somebody may be restarting. */
export async function signInAs(url: string, email: string): Promise<Person> {
  for (let tries = 1; ; tries++) {
    const answer = await callApi(url, 'POST /auth/demo', { body: { email: `${email}@demo.doorstep` } })
    if (answer.status === 200) {
      const { token, user } = answer.body as { token: string; user: { id: string } }
      const call = (key: string, body?: unknown, options: CallOptions = {}) =>
        callApi(url, key, { ...options, token, ...(body === undefined ? {} : { body }) })
      return { email, id: user.id, token, call }
    }
    if (tries >= 20) throw new Error(`${email} cannot sign in: ${answer.status} ${JSON.stringify(answer.body)}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
