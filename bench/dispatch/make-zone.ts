import type { PlannerDriver, PlannerOrder, Snapshot } from '@doorstep/server/planner'
import { type DriverId, type LatLon, type MerchantId, type OrderId, type Rng, VEHICLES } from '@doorstep/shared/domain'

/** How big a made zone is, in numbers and kilometres. */
export interface ZoneSize {
  orders: number
  drivers: number
  merchants: number
  widthKm: number
}

/** A zone under way: what the planner sees, and how to let one more order in. */
export interface Zone {
  snapshot: Snapshot
  addOrder: (id: string, nowMs: number) => PlannerOrder
}

const MINUTE_MS = 60_000
/** The zone's south-west corner. */
const CORNER = { lat: 41.1, lon: -8.7 }
const KM_PER_DEG = { lat: 111.195, lon: 111.195 * Math.cos((CORNER.lat * Math.PI) / 180) }
/** Seconds a kilometre as the crow flies, by vehicle. */
const PACE = { bicycle: 300, motorcycle: 150, car: 170, van: 190 } as const

/** A zone with drivers spread over it, some of them busy for a while, and open orders nobody has been told of. */
export function makeZone(rng: Rng, size: ZoneSize, nowMs: number): Zone {
  const x: number[] = []
  const y: number[] = []
  const places: LatLon[] = []
  const placeAt = (eastKm: number, northKm: number) => {
    x.push(eastKm)
    y.push(northKm)
    const degrees = (corner: number, km: number, perDeg: number) => Math.round(1e6 * (corner + km / perDeg)) / 1e6
    return (
      places.push({
        lat: degrees(CORNER.lat, northKm, KM_PER_DEG.lat),
        lon: degrees(CORNER.lon, eastKm, KM_PER_DEG.lon),
      }) - 1
    )
  }
  const place = () => placeAt(rng() * size.widthKm, rng() * size.widthKm)
  const merchants = Array.from({ length: size.merchants }, place)
  const km = (from: number, to: number) => Math.sqrt((x[from]! - x[to]!) ** 2 + (y[from]! - y[to]!) ** 2)
  const addOrder = (id: string, placedMs: number): PlannerOrder => {
    const merchant = Math.floor(rng() * merchants.length)
    const readyMs = placedMs + (8 + 14 * rng()) * MINUTE_MS
    return {
      id: id as OrderId,
      merchantId: `m${merchant}` as MerchantId,
      pickupPlace: merchants[merchant]!,
      dropPlace: dropNear(merchants[merchant]!),
      placedMs,
      readyMs,
      readySigmaS: 0,
      promisedMs: placedMs + 40 * MINUTE_MS,
      size: 1,
      priority: 0,
      tipMinor: 0,
      feeMinor: 500,
      excluded: [],
      attempts: 0,
      retryAtMs: null,
      offers: [],
      assignedDriverId: null,
      pinnedDriverId: null,
      hold: false,
    }
  }
  const dropNear = (merchant: number) => {
    const [angle, radius] = [2 * Math.PI * rng(), 0.5 + 2.5 * rng()]
    return placeAt(x[merchant]! + radius * Math.cos(angle), y[merchant]! + radius * Math.sin(angle))
  }
  const drivers = Array.from(
    { length: size.drivers },
    (_, i): PlannerDriver => ({
      id: `d${i}` as DriverId,
      state: 'online',
      place: place(),
      fixAgeMs: 2000,
      freeAtMs: rng() < 0.5 ? nowMs : nowMs + 15 * MINUTE_MS * rng(),
      shiftEndMs: nowMs + (20 + 200 * rng()) * MINUTE_MS,
      stops: [],
      vehicle: VEHICLES[Math.floor(rng() * 3)]!,
      capacity: 4,
      maxOrders: 3,
      acceptanceRate: 0.6 + 0.4 * rng(),
      rating: 4.5,
      earnedMinor: Math.floor(rng() * 8000),
      onlineMs: Math.floor(rng() * 240) * MINUTE_MS,
    }),
  )
  const orders = Array.from({ length: size.orders }, (_, i) => addOrder(`o${i}`, nowMs - 8 * MINUTE_MS * rng()))
  const snapshot: Snapshot = {
    orders,
    drivers,
    places,
    travelS: (vehicle, from, to) => Math.round(km(from, to) * PACE[vehicle]),
    previous: null,
  }
  return { snapshot, addOrder }
}
