import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Context, MiddlewareHandler } from 'hono'
import type { Log, Metrics } from '../platform/index.ts'
import type { HttpEnv } from './http-env.ts'
import { PAGE_HEADERS } from './security-headers.ts'

const REQUEST_ID = /^[\w.:-]{8,80}$/

/**
 * Where a request comes from. Behind proxies it is what the outermost trusted one saw: with `proxies` of them in front,
 * that many entries from the end of X-Forwarded-For; whatever stands further left, anybody could have written.
 */
export function addressOf(c: Context, proxies: number): string {
  if (proxies > 0) {
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const seen = hops.at(-proxies)
    if (seen) return seen.slice(0, 64)
  }
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return incoming?.socket.remoteAddress ?? 'unknown'
}

/** What an answer that no route of the API made is still to carry. */
function dress(c: Context<HttpEnv>, requestId: string): void {
  const { headers } = c.res
  for (const name in PAGE_HEADERS) headers.set(name, PAGE_HEADERS[name]!)
  headers.set('x-request-id', requestId)
}

/** Times by method, route and status; the metric of each is looked up once. */
function requestTimes(metrics: Metrics) {
  const seconds = metrics.histogram('doorstep_http_request_seconds', 'Time to answer a request', ['method', 'route', 'status'])
  const known = new Map<string, { observe(value: number): void }>()
  return (method: string, route: string, status: number, durationMs: number) => {
    const key = `${method} ${route} ${status}`
    let times = known.get(key)
    if (!times) known.set(key, (times = seconds.labels({ method, route, status: String(status) })))
    times.observe(durationMs / 1000)
  }
}

/** Gives every request an id, sees that every answer has its headers, and says what became of it to the log and the metrics. */
export function observeRequests(deps: { log: Log; metrics: Metrics; proxies: number }): MiddlewareHandler<HttpEnv> {
  const { log } = deps
  const took = requestTimes(deps.metrics)
  return async (c, next) => {
    const startMs = performance.now()
    const sent = c.req.header('x-request-id')
    const requestId = sent !== undefined && REQUEST_ID.test(sent) ? sent : randomUUID()
    c.set('requestId', requestId)
    c.set('principal', null)
    c.set('address', addressOf(c, deps.proxies))
    await next()
    if (!c.get('isDressed')) dress(c, requestId)
    const { method } = c.req
    const { status } = c.res
    const durationMs = performance.now() - startMs
    took(method, c.get('routePattern') ?? 'other', status, durationMs)
    if (!log.isLevelEnabled('debug')) return
    const userId = c.get('principal')?.userId
    const code = c.get('problemCode')
    const rounded = Math.round(durationMs * 10) / 10
    log.debug({ method, path: c.req.path, status, durationMs: rounded, requestId, userId, code }, 'request')
  }
}
