import type { LatLon, Rng } from '@doorstep/shared/domain'
import { between } from '../chance.ts'

/** About one degree of latitude, in metres. */
const DEGREE_M = 111_320

/** A place so many metres from another, in any direction. */
export function placeAround(rng: Rng, place: LatLon, minM: number, maxM: number): LatLon {
  const [metres, angle] = [between(rng, minM, maxM), between(rng, 0, 2 * Math.PI)]
  return {
    lat: place.lat + (metres * Math.cos(angle)) / DEGREE_M,
    lon: place.lon + (metres * Math.sin(angle)) / (DEGREE_M * Math.cos((place.lat * Math.PI) / 180)),
  }
}
