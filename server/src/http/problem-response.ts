import { ERROR_CODES, type ErrorCode, type Problem } from '@doorstep/shared/contract'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { AppError, isDatabaseUnreachable, type Log, sqlState } from '../platform/index.ts'

/** PostgreSQL's words for text it cannot hold: a NUL character, half a surrogate pair. */
const BAD_TEXT = new Set(['22021', '22P05'])

/** A database that was lost is usually back within seconds. */
const RETRY_AFTER_S = 2

/** What an error means to the caller; a bug is `internal` and says nothing. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException && error.status < 500) return new AppError('invalid_input', error.message, { cause: error })
  if (BAD_TEXT.has(sqlState(error) ?? '')) {
    return new AppError('invalid_input', 'A text holds characters that cannot be stored.', { cause: error })
  }
  if (isDatabaseUnreachable(error))
    return new AppError('unavailable', 'The database cannot be reached.', {
      cause: error,
      extras: { retryAfterS: RETRY_AFTER_S },
    })
  return new AppError('internal', undefined, { cause: error })
}

/** Problem details (RFC 9457) of an error. */
export function toProblem(error: AppError, requestId: string): Problem {
  const { status, title } = ERROR_CODES[error.code]
  return {
    type: `/docs/errors#${error.code}`,
    title,
    status,
    code: error.code,
    ...(error.publicMessage === undefined ? {} : { detail: error.publicMessage }),
    requestId,
    ...error.extras,
  }
}

/** Answers a problem; how the error handler, and nothing else, ends a request. */
export function problemResponse(c: Context, error: AppError): Response {
  const problem = toProblem(error, c.get('requestId'))
  c.header('content-type', 'application/problem+json')
  c.header('cache-control', 'no-store')
  if (error.code === 'unauthenticated') c.header('www-authenticate', 'Bearer')
  if (error.extras.retryAfterS !== undefined) c.header('retry-after', String(error.extras.retryAfterS))
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode)
}

/** The only translator from errors to answers; a bug is logged with its cause. */
export function createErrorHandler(log: Log): (error: unknown, c: Context) => Response {
  return (thrown, c) => {
    const error = toAppError(thrown)
    c.set('problemCode', error.code satisfies ErrorCode)
    if (ERROR_CODES[error.code].status >= 500) {
      log.error({ err: error.cause ?? error, requestId: c.get('requestId'), path: c.req.path }, 'a request failed')
    }
    return problemResponse(c, error)
  }
}
