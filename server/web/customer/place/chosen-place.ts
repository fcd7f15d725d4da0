import type { LatLon } from '@doorstep/shared/domain'
import { storedState } from '../../kit/index.ts'

/** Where orders go: the pin is what the driver rides to, the text is what people read. */
export interface ChosenPlace {
  place: LatLon
  address: string
  details: string
  note: string
}

/** The place chosen on this device; none before the first visit is over. */
export interface PlaceState {
  chosen: ChosenPlace | null
}

/** A place of what was stored. */
export function parsePlace(stored: unknown): PlaceState {
  const { place, address, details, note } = ((stored as Partial<PlaceState> | null | undefined)?.chosen ??
    {}) as Partial<ChosenPlace>
  if (!place || !Number.isFinite(place.lat) || !Number.isFinite(place.lon) || typeof address !== 'string') return { chosen: null }
  return {
    chosen: { place: { lat: place.lat, lon: place.lon }, address, details: String(details ?? ''), note: String(note ?? '') },
  }
}

/** Where orders go, the same in every tab and after a reload. */
export const usePlace = storedState('doorstep.place', parsePlace)
