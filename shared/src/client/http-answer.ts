import type { Problem } from '../contract/index.ts'
import { fail, ok, type Result } from '../domain/index.ts'
import { backoffMs } from './timers.ts'

/** Why a call failed: the API said no, nobody answered, or the caller gave it up. */
export type ApiProblem = { kind: 'refused'; problem: Problem } | { kind: 'unreachable'; detail: string } | { kind: 'aborted' }

/** What the client needs of a `Response`. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

/** Reads an answer: the reply of a success, the problem of anything else, also where a proxy answered in its own words. */
export async function readAnswer(answer: HttpAnswer): Promise<Result<unknown, ApiProblem>> {
  const text = await answer.text()
  const json = parse(text)
  if (answer.status >= 200 && answer.status < 300) {
    if (answer.status === 204) return ok(null)
    return json === undefined ? fail({ kind: 'unreachable', detail: 'the answer is not JSON' }) : ok(json)
  }
  const problem = isProblem(json) ? json : problemOfStatus(answer.status)
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN)
  const withWait = retryAfter > 0 && problem.retryAfterS === undefined ? { ...problem, retryAfterS: retryAfter } : problem
  return fail({ kind: 'refused', problem: withWait })
}

/** Whether another try can succeed without doing anything twice. */
export function isRetryable(error: ApiProblem, isRepeatable: boolean): boolean {
  if (error.kind === 'aborted') return false
  if (error.kind === 'unreachable') return isRepeatable
  const { status, code, retryAfterS } = error.problem
  if (status === 429) return (retryAfterS ?? 1) <= LONGEST_WAIT_S
  if (code === 'idempotency_in_progress') return true
  return isRepeatable && (status === 502 || status === 503 || status === 504)
}

/** A wait that the server asks for beyond this is for the user to decide about. */
const LONGEST_WAIT_S = 10

/** How long to wait before the next try. */
export function retryDelayMs(error: ApiProblem, attempt: number, random: () => number): number {
  const asked = error.kind === 'refused' ? (error.problem.retryAfterS ?? 0) * 1_000 : 0
  return Math.max(Math.min(asked, LONGEST_WAIT_S * 1_000), backoffMs(attempt - 1, 300, 5_000, random))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

function problemOfStatus(status: number): Problem {
  const code = status === 429 ? 'rate_limited' : status === 404 ? 'not_found' : status >= 500 ? 'unavailable' : 'invalid_input'
  return { type: 'about:blank', title: `The server answered ${status}`, status, code }
}
