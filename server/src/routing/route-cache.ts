import type { LatLon, Vehicle } from '@doorstep/shared/domain'
import type { Route, RouteOptions, Router } from './router.ts'

/** Routes kept: at 2 to 20 kB each, some tens of megabytes. */
export const ROUTE_CACHE_LIMIT = 2000
/** Decimals to which end points are rounded: about 11 m. */
const DECIMALS = 4

/**
 * Keeps the routes asked for last, by end points rounded to 11 m, and lets callers who ask for the same one at once share
 * the work. Straight lines are not kept, since an engine may be back by the next time.
 */
export function cachedRouter(router: Router, limit = ROUTE_CACHE_LIMIT): Router {
  const kept = new Map<string, Route>()
  const running = new Map<string, ReturnType<Router['route']>>()
  const ask = async (key: string, ...request: Parameters<Router['route']>) => {
    try {
      const result = await router.route(...request)
      if (result.ok && result.value.source !== 'straight_line') {
        kept.set(key, result.value)
        if (kept.size > limit) kept.delete(kept.keys().next().value!)
      }
      return result
    } finally {
      running.delete(key)
    }
  }
  return {
    async route(vehicle, places, options) {
      const key = cacheKey(vehicle, places, options)
      const known = kept.get(key)
      if (known) {
        kept.delete(key)
        kept.set(key, known)
        return { ok: true, value: known }
      }
      const shared = running.get(key) ?? ask(key, vehicle, places, options)
      running.set(key, shared)
      return shared
    },
    close: () => router.close(),
  }
}

function cacheKey(vehicle: Vehicle, places: readonly LatLon[], options: RouteOptions = {}): string {
  const ends = places.map((p) => `${p.lat.toFixed(DECIMALS)},${p.lon.toFixed(DECIMALS)}`).join(';')
  return `${vehicle} ${ends} ${options.maneuvers ? (options.language ?? 'en-US') : ''}`
}
