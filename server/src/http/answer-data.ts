import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { RouteSpec } from '@doorstep/shared/contract'
import type { Context } from 'hono'
import type { HttpEnv } from './http-env.ts'
import { DATA_HEADERS } from './security-headers.ts'

/** Shorter answers are not worth compressing: they fit one or two packets as they are. */
const COMPRESS_FROM = 2_048

const compressed = promisify(gzip)

/** Whether somebody can read gzip, by their `Accept-Encoding`. */
export function acceptsGzip(accepted: string | undefined): boolean {
  if (accepted === undefined) return false
  const qualities = new Map<string, number>()
  for (const part of accepted.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    qualities.set(name, Number(quality))
  }
  return (qualities.get('gzip') ?? qualities.get('*') ?? 0) > 0
}

function etagOf(spec: RouteSpec, reply: unknown): string | undefined {
  if (!spec.versioned || typeof reply !== 'object' || reply === null || !('version' in reply)) return undefined
  return `"${String(reply.version)}"`
}

/** Adds the headers a handler asked for; those of the API itself stay. */
function withOwn(headers: Record<string, string>, own: readonly (readonly [name: string, value: string])[]) {
  const all = new Headers()
  for (const [name, value] of own) {
    if (name.toLowerCase() === 'set-cookie') all.append(name, value)
    else all.set(name, value)
  }
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  return all
}

/**
 * Answers a request of the API. The headers are a plain object made here, all at once: a header set on an answer that
 * exists already costs more than most handlers.
 */
export async function answerData(
  c: Context<HttpEnv>,
  spec: RouteSpec,
  reply: unknown,
  own: readonly (readonly [name: string, value: string])[],
): Promise<Response> {
  const headers: Record<string, string> = { ...DATA_HEADERS, 'x-request-id': c.get('requestId') }
  const etag = etagOf(spec, reply)
  if (etag) headers['etag'] = etag
  let body: string | Uint8Array<ArrayBuffer> | null = null
  if (spec.status !== 204) {
    body = JSON.stringify(reply)
    headers['content-type'] = 'application/json'
    if (body.length >= COMPRESS_FROM) {
      headers['vary'] = 'accept-encoding'
      if (acceptsGzip(c.req.header('accept-encoding'))) {
        body = await compressed(body)
        headers['content-encoding'] = 'gzip'
        if (etag) headers['etag'] = `W/${etag}`
      }
    }
  }
  c.set('isDressed', true)
  return new Response(body, { status: spec.status ?? 200, headers: own.length > 0 ? withOwn(headers, own) : headers })
}
