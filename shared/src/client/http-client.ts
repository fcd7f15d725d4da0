import type { z } from 'zod'
import type { RouteKey, Routes } from '../contract/index.ts'
import { fail, ok, type Result } from '../domain/index.ts'
import { type ApiProblem, type HttpAnswer, isRetryable, readAnswer, retryDelayMs } from './http-answer.ts'
import { hostTimers, type Timers } from './timers.ts'

type InputOf<Key extends RouteKey, Part extends 'params' | 'query' | 'body'> =
  Routes[Key] extends Record<Part, infer Schema extends z.ZodType> ? { [P in Part]: z.input<Schema> } : Record<never, never>
type MayBeLeftOut<T> = { [Name in keyof T]: undefined extends T[Name] ? Name : never }[keyof T]
/** What may be undefined may be left out. */
type Loose<T> = Omit<T, MayBeLeftOut<T>> & Partial<Pick<T, MayBeLeftOut<T>>>
type QueryOf<Key extends RouteKey> = Routes[Key] extends { query: infer Schema extends z.ZodType }
  ? Record<never, never> extends Loose<z.input<Schema>>
    ? { query?: Loose<z.input<Schema>> }
    : { query: Loose<z.input<Schema>> }
  : Record<never, never>
type IdempotentKey = { [Key in RouteKey]: Routes[Key] extends { idempotent: true } ? Key : never }[RouteKey]
type Idempotent<Key extends RouteKey> = Key extends IdempotentKey ? { idempotencyKey?: string } : Record<never, never>
type Versioned<Key extends RouteKey> = Routes[Key] extends { versioned: true } ? { ifMatch?: number } : Record<never, never>

/** What a call takes: the route's path parameters, query and body, checked by the compiler. */
export type CallInput<Key extends RouteKey> = InputOf<Key, 'params'> &
  QueryOf<Key> &
  InputOf<Key, 'body'> &
  Idempotent<Key> &
  Versioned<Key> & { signal?: AbortSignalLike }
/** What a route answers. */
export type ReplyOf<Key extends RouteKey> = z.output<Routes[Key]['reply']>

/** The part of AbortSignal that is used here. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** What the client needs of `fetch`. */
export type FetchLike = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal?: never },
) => Promise<HttpAnswer>

/** What an HTTP client is made from. */
export interface HttpClientOptions {
  /** Up to and with `/api/v1`, without a slash at its end. */
  baseUrl: string
  fetch: FetchLike
  /** The session's token; none where the browser sends a cookie. */
  token?: () => string | undefined
  /** A new random id, for instance `crypto.randomUUID()`. */
  newId: () => string
  timers?: Timers
  random?: () => number
  /** Tries of a call that is safe to repeat, 4 unless said. */
  maxTries?: number
  /** A try without an answer counts as failed after this, 15 s unless said. */
  timeoutMs?: number
  /** The session is over. */
  onSignedOut?: () => void
}

/** Calls the API by its table of routes. */
export interface HttpClient {
  call<Key extends RouteKey>(
    key: Key,
    ...input: Record<never, never> extends CallInput<Key> ? [input?: CallInput<Key>] : [input: CallInput<Key>]
  ): Promise<Result<ReplyOf<Key>, ApiProblem>>
}

/** Routes that take an idempotency key; the compiler holds this list equal to the table's. */
const IDEMPOTENT: Record<IdempotentKey, true> = {
  'POST /orders': true,
  'POST /driver/offers/:orderId/accept': true,
  'POST /driver/offers/:orderId/decline': true,
}

interface AnyInput {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  idempotencyKey?: string
  ifMatch?: number
  signal?: AbortSignalLike
}

/**
 * Makes a client. Calls that change nothing or carry an idempotency key, which stays the same through all tries of a call,
 * are tried again when nobody answers or the answer says that a later try can succeed; all others are tried once.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const timers = options.timers ?? hostTimers
  const random = options.random ?? Math.random
  const maxTries = options.maxTries ?? 4

  return {
    async call(key, ...[given]) {
      const input = (given ?? {}) as AnyInput
      const [method, path] = key.split(' ') as [string, string]
      const isIdempotent = Object.hasOwn(IDEMPOTENT, key)
      const isRepeatable = method === 'GET' || method === 'PUT' || isIdempotent
      const headers = headersOf(options, input, isIdempotent)
      const url = `${options.baseUrl}${fillPath(path, input.params)}${queryString(input.query)}`
      const body = input.body === undefined ? {} : { body: JSON.stringify(input.body) }
      for (let attempt = 1; ; attempt++) {
        if (input.signal?.aborted) return fail({ kind: 'aborted' })
        const result = await tryOnce(() => options.fetch(url, { method, headers, ...body }), options, timers, input.signal)
        if (result.ok) return ok(result.value as never)
        if (result.error.kind === 'refused' && result.error.problem.code === 'unauthenticated') options.onSignedOut?.()
        if (attempt >= maxTries || !isRetryable(result.error, isRepeatable)) return fail(result.error)
        await wait(timers, retryDelayMs(result.error, attempt, random), input.signal)
      }
    },
  }
}

function headersOf(options: HttpClientOptions, input: AnyInput, isIdempotent: boolean): Record<string, string> {
  const token = options.token?.()
  return {
    accept: 'application/json, application/problem+json',
    ...(token && { authorization: `Bearer ${token}` }),
    ...(input.body !== undefined && { 'content-type': 'application/json' }),
    ...(isIdempotent && { 'idempotency-key': input.idempotencyKey ?? options.newId() }),
    ...(input.ifMatch !== undefined && { 'if-match': `"${input.ifMatch}"` }),
  }
}

function fillPath(path: string, params: Record<string, string> | undefined): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params?.[name]
    if (value === undefined) throw new TypeError(`${path} needs the parameter ${name}`)
    return encodeURIComponent(value)
  })
}

function queryString(query: Record<string, unknown> | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&')}`
}

/** One try, ended by its answer, its time or the caller; what comes too late is ignored. */
function tryOnce(
  start: () => Promise<HttpAnswer>,
  options: HttpClientOptions,
  timers: Timers,
  signal: AbortSignalLike | undefined,
): Promise<Result<unknown, ApiProblem>> {
  return new Promise((resolve) => {
    const timeoutMs = options.timeoutMs ?? 15_000
    const cancel = timers.after(timeoutMs, () => end(fail({ kind: 'unreachable', detail: `no answer within ${timeoutMs} ms` })))
    const onAbort = () => end(fail({ kind: 'aborted' }))
    const end = (result: Result<unknown, ApiProblem>) => {
      cancel()
      signal?.removeEventListener('abort', onAbort)
      resolve(result)
    }
    signal?.addEventListener('abort', onAbort)
    start()
      .then(readAnswer)
      .then(end, (error: unknown) => end(fail({ kind: 'unreachable', detail: String(error) })))
  })
}

function wait(timers: Timers, ms: number, signal: AbortSignalLike | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = timers.after(ms, done)
    signal?.addEventListener('abort', done)
  })
}
