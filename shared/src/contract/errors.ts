import { z } from 'zod'

interface ErrorMeaning {
  /** The HTTP status that carries this code. */
  status: number
  /** The WebSocket close code, where a live connection can end with this. */
  close?: number
  /** Whether the same request can succeed later without being changed. */
  retry: boolean
  /** The short public title of the problem, the same for every occurrence. */
  title: string
}

/** Every error code of the API, once: what it means on each wire. Each has an entry in docs/errors.md. */
export const ERROR_CODES = {
  invalid_input: { status: 400, close: 4400, retry: false, title: 'The request is not valid' },
  too_many_lines: { status: 400, retry: false, title: 'An order has 1 to 50 lines' },
  unknown_action: { status: 400, close: 4400, retry: false, title: 'There is no such action' },
  unauthenticated: { status: 401, close: 4401, retry: false, title: 'Sign in first' },
  wrong_credentials: { status: 401, retry: false, title: 'The e-mail address or the password is wrong' },
  forbidden: { status: 403, close: 4403, retry: false, title: 'Your role may not do this' },
  not_found: { status: 404, close: 4404, retry: false, title: 'There is no such thing' },
  method_not_allowed: { status: 405, retry: false, title: 'This address does not take that method' },
  email_taken: { status: 409, retry: false, title: 'There is an account with this e-mail address' },
  stale_version: { status: 409, retry: false, title: 'Somebody changed it in the meantime' },
  idempotency_in_progress: { status: 409, retry: true, title: 'The same request is still being worked on' },
  merchant_closed: { status: 409, retry: false, title: 'The merchant is closed' },
  item_unavailable: { status: 409, retry: false, title: 'An item is not available' },
  action_not_allowed: { status: 409, retry: false, title: 'The state does not allow this action' },
  offer_expired: { status: 409, retry: false, title: 'The offer has expired' },
  offer_taken: { status: 409, retry: false, title: 'The order is with another driver' },
  driver_offline: { status: 409, retry: false, title: 'The driver is not online' },
  driver_busy: { status: 409, retry: false, title: 'The driver carries as much as allowed' },
  already_rated: { status: 409, retry: false, title: 'The order has been rated' },
  too_large: { status: 413, close: 1009, retry: false, title: 'The request is too large' },
  unsupported_media_type: { status: 415, retry: false, title: 'The body has to be JSON' },
  range_not_satisfiable: { status: 416, retry: false, title: 'The file has no such range of bytes' },
  idempotency_mismatch: { status: 422, retry: false, title: 'The idempotency key was used with another request' },
  item_of_another_merchant: { status: 422, retry: false, title: 'An item belongs to another merchant' },
  outside_zone: { status: 422, retry: false, title: 'The address is outside every delivery zone' },
  version_required: { status: 428, retry: false, title: 'Say which version you are changing' },
  rate_limited: { status: 429, close: 4429, retry: true, title: 'Too many requests' },
  internal: { status: 500, close: 1011, retry: true, title: 'Something went wrong on our side' },
  unavailable: { status: 503, close: 1013, retry: true, title: 'A part of the service is not available' },
  shutting_down: { status: 503, close: 1012, retry: true, title: 'This node is shutting down' },
  slow_reader: { status: 503, close: 4408, retry: true, title: 'The connection does not keep up' },
} as const satisfies Record<string, ErrorMeaning>

/** A stable name for what went wrong; clients decide by it, never by the text. */
export type ErrorCode = keyof typeof ERROR_CODES

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]

/** One field that broke one rule of the contract. */
export const fieldError = z.object({
  field: z.string().describe('Path of the field, for instance body.lines.0.quantity'),
  rule: z.string().describe('The rule it broke, for instance too_big'),
  message: z.string(),
})
export type FieldError = z.infer<typeof fieldError>

/** Problem details (RFC 9457), the body of every answer that is not a success. */
export const problem = z.object({
  type: z.string().describe('Address of the entry in docs/errors.md'),
  title: z.string(),
  status: z.int(),
  code: z.enum(codes),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(fieldError).optional().describe('With invalid_input: each field and the rule it broke'),
  version: z.int().optional().describe('With stale_version: the version as it is now'),
  changedBy: z.string().optional().describe('With stale_version: who made the last change'),
  change: z.string().optional().describe('With stale_version: what the last change was'),
  retryAfterS: z.number().optional().describe('With rate_limited: seconds until the next try can succeed'),
})
export type Problem = z.infer<typeof problem>

/** What a problem may carry beyond its code and detail. */
export type ProblemExtras = Pick<Problem, 'errors' | 'version' | 'changedBy' | 'change' | 'retryAfterS'>
