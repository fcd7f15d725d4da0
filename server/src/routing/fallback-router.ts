import { fail } from '@doorstep/shared/domain'
import type { Router, RoutingLog } from './router.ts'

/** How long an engine that failed is left alone before it is asked again. */
const REST_MS = 10_000

/** An engine and the name under which the log speaks of it. */
export interface NamedRouter {
  name: string
  router: Router
}

/**
 * Asks engines in their order until one finds a way. One that is unavailable rests for ten seconds, so that a dead engine
 * costs one wait and not one per route; the log says so once when it goes and once when it is back.
 */
export function fallbackRouter(routers: readonly NamedRouter[], log: RoutingLog, elapsedMs = () => performance.now()): Router {
  const restsUntil = new Map<string, number>()
  let closed = false
  return {
    async route(vehicle, places, options) {
      if (closed) return fail({ kind: 'unavailable', message: 'routing has been closed' })
      let last: Awaited<ReturnType<Router['route']>> = fail({ kind: 'unavailable', message: 'there is no routing engine' })
      for (const { name, router } of routers) {
        const until = restsUntil.get(name)
        if (until !== undefined && until > elapsedMs()) continue
        const result = await router.route(vehicle, places, options)
        if (result.ok || result.error.kind !== 'unavailable') {
          if (until !== undefined && restsUntil.delete(name)) log.info({ engine: name }, 'routing engine is back')
        } else {
          if (until === undefined)
            log.warn({ engine: name, error: result.error.message }, 'routing engine is unavailable; falling back')
          restsUntil.set(name, elapsedMs() + REST_MS)
        }
        if (result.ok || result.error.kind === 'invalid') return result
        last = result
      }
      return last
    },
    async close() {
      closed = true
      await Promise.all(routers.map(({ router }) => router.close()))
    },
  }
}
