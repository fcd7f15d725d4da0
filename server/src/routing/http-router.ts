import { fail, type LatLon, ok, type Result, type Vehicle } from '@doorstep/shared/domain'
import { type OsrmAnswer, osrmPath, routeFromOsrm } from './osrm.ts'
import { invalidPlaces, type Route, type RouteOptions, type Router, type RoutingError } from './router.ts'
import { routeFromValhalla, type ValhallaAnswer, valhallaError } from './valhalla-answer.ts'
import { valhallaRequest } from './valhalla-request.ts'

/** How long an engine elsewhere may take for a route. */
const TIMEOUT_MS = 5000

type Engine = 'valhalla' | 'osrm'

/**
 * Routes from a Valhalla or OSRM server. `valhalla+http://…` and `osrm+https://…` name the engine; a bare URL is asked for
 * its `/status`, which Valhalla answers with its version and OSRM with an error code of its own.
 */
export function httpRouter(routingUrl: string, timeoutMs = TIMEOUT_MS): Router {
  const named = /^(valhalla|osrm)\+(https?:.*)$/.exec(routingUrl)
  const base = (named?.[2] ?? routingUrl).replace(/\/+$/, '')
  let engine: Engine | null = (named?.[1] as Engine | undefined) ?? null
  let closed = false
  return {
    async route(vehicle, places, options = {}) {
      const invalid = invalidPlaces(places)
      if (invalid) return fail(invalid)
      if (closed) return fail({ kind: 'unavailable', message: 'routing has been closed' })
      try {
        engine ??= await detectEngine(base, timeoutMs)
        return await (engine === 'osrm' ? askOsrm : askValhalla)(base, timeoutMs, vehicle, places, options)
      } catch (error) {
        return fail({ kind: 'unavailable', message: `${base}: ${error instanceof Error ? error.message : String(error)}` })
      }
    },
    async close() {
      closed = true
    },
  }
}

async function detectEngine(base: string, timeoutMs: number): Promise<Engine> {
  const response = await fetch(`${base}/status`, { signal: AbortSignal.timeout(timeoutMs) })
  const body = (await response.json()) as { version?: unknown; code?: unknown }
  if (typeof body.version === 'string') return 'valhalla'
  if (typeof body.code === 'string') return 'osrm'
  throw new Error('neither Valhalla nor OSRM answers there')
}

type Ask = (
  base: string,
  timeoutMs: number,
  vehicle: Vehicle,
  places: readonly LatLon[],
  options: RouteOptions,
) => Promise<Result<Route, RoutingError>>

const askValhalla: Ask = async (base, timeoutMs, vehicle, places, options) => {
  const response = await fetch(`${base}/route`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(valhallaRequest(vehicle, places, options)),
    signal: AbortSignal.timeout(timeoutMs),
  })
  const body = (await response.json()) as ValhallaAnswer & { error?: string }
  if (!response.ok) return fail(valhallaError(body.error ?? `status ${response.status}`))
  return ok(routeFromValhalla(body, 'valhalla_http', options.maneuvers === true))
}

const askOsrm: Ask = async (base, timeoutMs, vehicle, places, options) => {
  const path = osrmPath(vehicle, places, options.maneuvers === true)
  const response = await fetch(base + path, { signal: AbortSignal.timeout(timeoutMs) })
  const route = routeFromOsrm((await response.json()) as OsrmAnswer)
  return 'kind' in route ? fail(route) : ok(route)
}
