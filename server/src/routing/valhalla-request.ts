import type { LatLon, Vehicle } from '@doorstep/shared/domain'
import type { RouteOptions } from './router.ts'

/** A delivery van of 3.5 t: auto rules (it is no lorry), but it fits under fewer bridges and through fewer gaps. */
const VAN = { height: 2.6, width: 2.1 }

const COSTINGS: Record<Vehicle, { costing: string; options: object }> = {
  bicycle: { costing: 'bicycle', options: { bicycle_type: 'hybrid' } },
  motorcycle: { costing: 'motorcycle', options: {} },
  car: { costing: 'auto', options: {} },
  van: { costing: 'auto', options: VAN },
}

/** The body of a request to Valhalla's `route`, in process and over HTTP alike. */
export function valhallaRequest(vehicle: Vehicle, places: readonly LatLon[], options: RouteOptions = {}) {
  const { costing, options: costingOptions } = COSTINGS[vehicle]
  return {
    locations: places.map((p) => ({ lat: p.lat, lon: p.lon, type: 'break' })),
    costing,
    costing_options: { [costing]: costingOptions },
    units: 'kilometers',
    language: options.language ?? 'en-US',
    directions_type: options.maneuvers ? 'instructions' : 'none',
  }
}
