import type { ErrorCode, FieldError } from '@doorstep/shared/contract'
import type { Context } from 'hono'
import type { z } from 'zod'
import { AppError } from '../platform/index.ts'

/** Rules of the contract that have a code of their own. */
const OWN_CODES: Record<string, ErrorCode> = {
  'body.lines too_big': 'too_many_lines',
  'body.lines too_small': 'too_many_lines',
  'body.action invalid_value': 'unknown_action',
}

function toFieldErrors(part: string, issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.slice(0, 20).map((issue) => ({
    field: [part, ...issue.path.map(String)].join('.'),
    rule: issue.code ?? 'custom',
    message: issue.message,
  }))
}

/** The problem of a request that breaks the contract: each field and the rule it broke. */
export function invalidInput(errors: FieldError[], code: ErrorCode = 'invalid_input'): AppError {
  const [first] = errors
  return new AppError(code, first ? `${first.field}: ${first.message}` : undefined, { extras: { errors } })
}

/** Runs a part of the request through its schema, or throws the problem. */
export function parsePart(part: 'params' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return {}
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = toFieldErrors(part, parsed.error.issues)
  const own = errors.map(({ field, rule }) => OWN_CODES[`${field} ${rule}`]).find((code) => code !== undefined)
  throw invalidInput(errors, own)
}

/** The query as an object; blank parameters count as not sent, of repeated ones the last. */
export function readQuery(c: Context): Record<string, string> {
  const query: Record<string, string> = {}
  if (!c.req.url.includes('?')) return query
  const sent = c.req.queries()
  for (const name of Object.keys(sent)) {
    const value = sent[name]!.at(-1) ?? ''
    if (value.trim() !== '') query[name] = value
  }
  return query
}

const tooLarge = (maxBytes: number) => new AppError('too_large', `At most ${maxBytes} bytes.`)

/** The length that a body comes with; undefined for one in chunks. */
function saidLength(c: Context): number | undefined {
  const length = c.req.header('content-length')
  return length === undefined || c.req.header('transfer-encoding') !== undefined ? undefined : Number(length)
}

/** Refuses a body that says it is too long before anything else is done for it. */
export function refuseTooLarge(c: Context, maxBytes: number): void {
  if ((saidLength(c) ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

/** The body's text; one that came without a length is counted as it comes. */
async function readText(c: Context, maxBytes: number): Promise<string> {
  if (saidLength(c) !== undefined) return c.req.text()
  const { body } = c.req.raw
  if (!body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/** The JSON body; undefined where there is none. */
export async function readBody(c: Context, maxBytes: number): Promise<unknown> {
  const text = await readText(c, maxBytes)
  if (text === '') return undefined
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type))
    throw new AppError('unsupported_media_type', `It came as ${type.slice(0, 80) || 'no type at all'}.`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw invalidInput([{ field: 'body', rule: 'json', message: `not JSON: ${(cause as Error).message}` }])
  }
}

/** The key under which a repeat of this request is answered from memory. */
export function readIdempotencyKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key') ?? headers.get('x-idempotency-key')
  if (key === null) return null
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key
  throw invalidInput([{ field: 'headers.idempotency-key', rule: 'format', message: '1 to 200 printable characters, no spaces' }])
}

/** The version in `If-Match`: `"3"`, `W/"3"` or `3`; null where it is absent or `*`. */
export function readIfMatch(headers: Headers): number | null {
  const value = headers.get('if-match')?.trim()
  if (value === undefined || value === '*') return null
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(value)?.[1]
  if (digits !== undefined) return Number(digits)
  throw invalidInput([
    { field: 'headers.if-match', rule: 'format', message: 'the version as answered in ETag, for instance "3"' },
  ])
}
