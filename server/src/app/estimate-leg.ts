import type { LatLon } from '@doorstep/shared/domain'
import { merchantKey, type TravelView } from '../dispatch/index.ts'
import type { EstimateLeg } from '../orders/index.ts'

/** How far and fast along the streets: travel times from memory, and the metres that go with them. */
export interface CityTravel extends TravelView {
  metres(vehicle: 'bicycle', seconds: number): number
}

/** Merchant to door by bicycle, from the merchant's travel field, which stays open. */
export function estimateLeg(travel: CityTravel): EstimateLeg {
  return (merchant: { id: string; place: LatLon }, drop) => {
    const key = merchantKey(merchant.id)
    travel.openStop(key, merchant.place)
    const durationS = travel.secondsFrom(key, 'bicycle', drop)
    return { durationS, distanceM: travel.metres('bicycle', durationS) }
  }
}
