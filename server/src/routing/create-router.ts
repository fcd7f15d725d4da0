import { hasTiles, valhallaRouting } from '../city/index.ts'
import { fallbackRouter, type NamedRouter } from './fallback-router.ts'
import { httpRouter } from './http-router.ts'
import { cachedRouter } from './route-cache.ts'
import type { Router, RoutingLog } from './router.ts'
import { straightLineRouter } from './straight-line.ts'
import { startValhallaWorker, valhallaPool } from './valhalla-pool.ts'

/** What the server knows about routing when it starts. */
export interface RouterSettings {
  /** `ROUTING_URL`: a Valhalla or OSRM server to ask before the one in process. */
  routingUrl?: string | undefined
  /** A city pack's Valhalla folder, null where the pack has none. */
  valhallaDir: string | null
  log: RoutingLog
  /** Threads of the Valhalla in process; by default one fewer than cores, at most four. */
  threads?: number
}

/** The router of a city: an engine over HTTP if named, else Valhalla in process, and a straight line when all else fails. */
export function createRouter({ routingUrl, valhallaDir, log, threads }: RouterSettings): Router {
  const engines: NamedRouter[] = []
  if (routingUrl) engines.push({ name: 'routing_url', router: httpRouter(routingUrl) })
  if (valhallaDir !== null && hasTiles(valhallaDir)) {
    const config = valhallaRouting(valhallaDir)
    const startWorker = () => startValhallaWorker(config)
    engines.push({ name: 'valhalla', router: valhallaPool({ startWorker, log, ...(threads === undefined ? {} : { threads }) }) })
  }
  if (engines.length === 0) log.warn({}, 'there is no routing engine: times and ways are straight lines')
  engines.push({ name: 'straight_line', router: straightLineRouter() })
  return cachedRouter(fallbackRouter(engines, log))
}
