import { distanceM, fail, type LatLon, ok, type Vehicle } from '@doorstep/shared/domain'
import { invalidPlaces, type Router } from './router.ts'

/** How much longer roads are than the straight line, and how fast a vehicle goes along them. */
interface Crow {
  detour: number
  kph: number
}

/**
 * Medians over 400 routes of Valhalla 3.6 between random corners of central San Francisco (400 m to 4 km apart). With them
 * the median error of a time is 14% for cars and 9% for bicycles there, up to 29% in a place cut up like Monaco.
 */
const CROW: Record<Vehicle, Crow> = {
  bicycle: { detour: 1.4, kph: 15.8 },
  motorcycle: { detour: 1.48, kph: 35.4 },
  car: { detour: 1.48, kph: 35.4 },
  van: { detour: 1.48, kph: 35.4 },
}

/** Metres along roads guessed from a straight line's metres. */
export const crowRoadM = (vehicle: Vehicle, straightM: number): number => straightM * CROW[vehicle].detour

/** Seconds guessed from a straight line's metres. */
export const crowSeconds = (vehicle: Vehicle, straightM: number): number =>
  crowRoadM(vehicle, straightM) / (CROW[vehicle].kph / 3.6)

/** The last resort where no engine can be had: straight lines, lengthened and timed by measured factors. */
export function straightLineRouter(): Router {
  return {
    async route(vehicle: Vehicle, places: readonly LatLon[]) {
      const invalid = invalidPlaces(places)
      if (invalid) return fail(invalid)
      const legs = places.slice(1).map((to, i) => {
        const straightM = distanceM(places[i]!, to)
        return { durationS: crowSeconds(vehicle, straightM), distanceM: crowRoadM(vehicle, straightM) }
      })
      return ok({
        source: 'straight_line',
        durationS: legs.reduce((sum, leg) => sum + leg.durationS, 0),
        distanceM: legs.reduce((sum, leg) => sum + leg.distanceM, 0),
        legs,
        geometry: places.map((p): [number, number] => [p.lon, p.lat]),
        maneuvers: [],
      })
    },
    async close() {},
  }
}
