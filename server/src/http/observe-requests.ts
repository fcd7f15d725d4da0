import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { type Clock, type Log, type Metrics, newId } from '../platform/index.ts'
import type { HttpEnv } from './http-env.ts'

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
  const hasConnection = typeof c.env === 'object' && c.env !== null && 'incoming' in c.env
  return (hasConnection ? getConnInfo(c).remote.address : undefined) ?? 'unknown'
}

/** Gives every request an id, and says afterwards what became of it, to the log and the metrics. */
export function observeRequests(deps: { log: Log; metrics: Metrics; clock: Clock; proxies: number }): MiddlewareHandler<HttpEnv> {
  const seconds = deps.metrics.histogram('doorstep_http_request_seconds', 'Time to answer a request', [
    'method',
    'route',
    'status',
  ])
  return async (c, next) => {
    const startMs = performance.now()
    const sent = c.req.header('x-request-id') ?? ''
    const requestId = REQUEST_ID.test(sent) ? sent : newId(deps.clock.nowMs())
    c.set('requestId', requestId)
    c.set('principal', null)
    c.set('address', addressOf(c, deps.proxies))
    await next()
    c.header('x-request-id', requestId)
    const { method } = c.req
    const { status } = c.res
    const durationMs = performance.now() - startMs
    const route = c.get('routePattern') ?? 'other'
    seconds.observe({ method, route, status: String(status) }, durationMs / 1000)
    const code = c.get('problemCode')
    deps.log.debug(
      {
        method,
        path: c.req.path,
        status,
        durationMs: Math.round(durationMs * 10) / 10,
        requestId,
        userId: c.get('principal')?.userId,
        code,
      },
      'request',
    )
  }
}
