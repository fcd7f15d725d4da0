import { distanceM, isInside, type LatLon, type PolygonRings, type Rng } from '@doorstep/shared/domain'
import { pick } from '../chance.ts'
import { placeAround } from '../riding/around.ts'

/** The door next to a place, if there is one, and whether it is in the zone. */
export interface NearestAddress {
  address: { place: LatLon; label: string } | null
  isInZone: boolean
}

/** A door this near to a place drawn by chance means houses: so there are more orders where more people live. */
const AMONG_HOUSES_M = 60
/** How far from merchants people live, in metres. */
const LIVES_WITHIN_M = 2_400
const TRIES = 60

/** An address of the zone among those who live about its merchants, found as people find theirs: by a place on the map. */
export async function findAddress(
  nearestAddress: (place: LatLon) => Promise<NearestAddress | undefined>,
  zone: { polygon: PolygonRings },
  merchants: readonly LatLon[],
  rng: Rng,
): Promise<{ place: LatLon; address: string } | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const merchant = pick(rng, merchants)
    if (!merchant) return undefined
    const place = placeAround(rng, merchant, 50, LIVES_WITHIN_M)
    if (!isInside(place, zone.polygon)) continue
    const nearest = await nearestAddress(place)
    if (!nearest) return undefined
    const { address, isInZone } = nearest
    if (address && isInZone && distanceM(place, address.place) < AMONG_HOUSES_M)
      return { place: address.place, address: address.label }
  }
  return undefined
}
