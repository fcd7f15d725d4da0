import { type DriverId, type MerchantId, type OrderId, type Rng, VEHICLES } from '@doorstep/shared/domain'
import { at, T0 } from './scenario.fixture.ts'
import type { CarriedStop, LiveOffer, OrderExclusion, PlannerDriver, PlannerOrder, Snapshot } from './types.ts'

/** How big a random town is. */
export interface TownSize {
  orders: number
  drivers: number
  merchants: number
}

const WHYS = ['declined', 'expired', 'excluded'] as const

/** A town 8 km wide with anything in it that can be: carried, offered, declined, pinned, held, stale, late, full. */
export function randomSnapshot(rng: Rng, size: TownSize): Snapshot {
  const whole = (below: number) => Math.floor(rng() * below)
  const chance = (share: number) => rng() < share
  const points: { x: number; y: number }[] = []
  const place = () => points.push({ x: rng() * 8, y: rng() * 8 }) - 1
  const merchants = Array.from({ length: size.merchants }, place)
  const drivers = Array.from(
    { length: size.drivers },
    (_, i): PlannerDriver => ({
      id: `d${i}` as DriverId,
      state: chance(0.9) ? 'online' : chance(0.5) ? 'offline' : 'on_break',
      place: place(),
      fixAgeMs: chance(0.95) ? whole(20_000) : 60_000,
      freeAtMs: chance(0.7) ? T0 : at(rng() * 20),
      shiftEndMs: chance(0.5) ? null : at(10 + rng() * 90),
      stops: [],
      vehicle: VEHICLES[whole(VEHICLES.length)]!,
      capacity: 1 + whole(4),
      maxOrders: 1 + whole(3),
      acceptanceRate: rng(),
      rating: 3 + 2 * rng(),
      earnedMinor: whole(10_000),
      onlineMs: whole(4 * 3_600_000),
    }),
  )
  const someDriver = () => drivers[whole(drivers.length)]!.id
  const orders = Array.from({ length: size.orders }, (_, i): PlannerOrder => {
    const merchant = whole(merchants.length)
    const placedMs = at(-20 * rng())
    const exclude = (): OrderExclusion => ({ driverId: someDriver(), why: WHYS[whole(WHYS.length)]! })
    const offer = (): LiveOffer => ({ driverId: someDriver(), expiresMs: T0 + 5000 })
    const usable = drivers.length > 0
    return {
      id: `o${i}` as OrderId,
      merchantId: `m${merchant}` as MerchantId,
      pickupPlace: merchants[merchant]!,
      dropPlace: place(),
      placedMs,
      readyMs: placedMs + rng() * 1_800_000,
      readySigmaS: chance(0.5) ? 0 : 120 * rng(),
      promisedMs: placedMs + 2_400_000,
      size: chance(0.8) ? 1 : 2,
      priority: chance(0.8) ? 0 : 1 + whole(3),
      tipMinor: whole(500),
      feeMinor: 300 + whole(400),
      excluded: usable && chance(0.2) ? [exclude()] : [],
      attempts: chance(0.8) ? 0 : whole(6),
      retryAtMs: chance(0.9) ? null : T0 + 3000,
      offers: usable && chance(0.1) ? [offer()] : [],
      assignedDriverId: null,
      pinnedDriverId: chance(0.1) ? (usable && chance(0.8) ? someDriver() : ('gone' as DriverId)) : null,
      hold: chance(0.08),
    }
  })
  return { ...travelOf(points), ...carrySome(rng, orders, drivers), previous: null }
}

/** Gives every fourth order to a driver, picked up already or not, with the first stops locked now and then. */
function carrySome(rng: Rng, orders: PlannerOrder[], drivers: PlannerDriver[]): Pick<Snapshot, 'orders' | 'drivers'> {
  const stops = drivers.map((): Omit<CarriedStop, 'locked'>[] => [])
  const taken = orders.map((order) => {
    const row = Math.floor(rng() * drivers.length)
    if (drivers.length === 0 || rng() > 0.25) return order
    const { id } = order
    if (rng() < 0.5) stops[row]!.push({ orderId: id, kind: 'pickup' })
    stops[row]!.push({ orderId: id, kind: 'drop' })
    return { ...order, assignedDriverId: drivers[row]!.id, offers: [], pinnedDriverId: null, hold: false }
  })
  const loaded = drivers.map((driver, row) => {
    const locked = Math.floor(rng() * (stops[row]!.length + 1))
    return { ...driver, stops: stops[row]!.map((stop, i) => ({ ...stop, locked: i < locked })) }
  })
  return { orders: taken, drivers: loaded }
}

/** Seconds a kilometre by vehicle. */
const PACE = { bicycle: 240, motorcycle: 120, car: 140, van: 160 } as const

function travelOf(points: readonly { x: number; y: number }[]): Pick<Snapshot, 'places' | 'travelS' | 'km'> {
  const km = (from: number, to: number) =>
    Math.sqrt((points[from]!.x - points[to]!.x) ** 2 + (points[from]!.y - points[to]!.y) ** 2)
  return {
    places: points.map(({ x, y }) => ({ lat: y / 111.19, lon: x / 111.19 })),
    // One pair in fifty has no way, as in real street networks.
    travelS: (vehicle, from, to) =>
      (7 * from + 13 * to) % 50 === 49 ? Infinity : Math.round(1.3 * km(from, to) * PACE[vehicle]),
    km,
  }
}
