import {
  DEFAULT_PAY_RULE,
  distanceM,
  type LatLon,
  type MenuItemId,
  type MerchantId,
  type Vehicle,
  type ZoneId,
} from '@doorstep/shared/domain'
import type { City, CityMerchant } from './city-place.ts'

const CENTRE: LatLon = { lat: 39.74, lon: -7.87 }
const STEP = 0.006
const SPEED_MPS: Record<Vehicle, number> = { bicycle: 4, motorcycle: 8, car: 8, van: 8 }
const ZONE = 'zone' as ZoneId

/** A town without streets, small enough for tests: merchants on a grid, and everybody rides as the crow flies. */
export function plainCity(): City {
  const places = Array.from({ length: 9 }, (_, i) => ({
    lat: CENTRE.lat + STEP * (Math.floor(i / 3) - 1),
    lon: CENTRE.lon + STEP * ((i % 3) - 1),
  }))
  const merchants = places.map(
    (position, row): CityMerchant => ({
      ...{ id: `m${row}` as MerchantId, zoneId: ZONE, name: `Shop ${row}`, position, prepMinutes: 15, openingHours: null },
      items: Array.from({ length: 5 }, (_, item) => ({ id: `m${row}.${item}` as MenuItemId, priceMinor: 900 })),
    }),
  )
  const [west, south, east, north] = [CENTRE.lon - 0.03, CENTRE.lat - 0.03, CENTRE.lon + 0.03, CENTRE.lat + 0.03]
  return {
    name: 'plain',
    timeZone: 'Europe/Lisbon',
    merchants,
    travel: crowFliesTravel(),
    zone: {
      ...{ id: ZONE, currency: 'EUR', deliveryFeeMinor: 299, serviceFeeShare: 0.15, usualDeliveryMinutes: 20 },
      pay: DEFAULT_PAY_RULE,
      polygon: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
    nearestAddress: (place) => place,
    isOpen: () => true,
  }
}

function crowFliesTravel(): City['travel'] {
  const stops = new Map<string, LatLon>()
  const at = (key: string) => {
    const place = stops.get(key)
    if (!place) throw new Error(`stop ${key} is not open`)
    return place
  }
  const secondsBetween = (vehicle: Vehicle, a: LatLon, b: LatLon) => (1.3 * distanceM(a, b)) / SPEED_MPS[vehicle]
  return {
    openStop: (key, place) => void stops.set(key, place),
    closeStop: (key) => void stops.delete(key),
    isOpen: (key) => stops.has(key),
    useHour: () => {},
    secondsTo: (key, vehicle, from) => secondsBetween(vehicle, from, at(key)),
    secondsFrom: (key, vehicle, to) => secondsBetween(vehicle, at(key), to),
    seconds: (vehicle, from, to) => secondsBetween(vehicle, at(from), at(to)),
    metres: (vehicle, seconds) => seconds * SPEED_MPS[vehicle],
    observeTrip: () => {},
    corrections: () => ({ bicycle: [], motorcycle: [], car: [], van: [] }),
    bytes: () => 0,
  }
}
