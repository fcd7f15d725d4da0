import type { DriverId, MerchantId, OrderId } from '@doorstep/shared/domain'
import type { PlannerDriver, PlannerOrder, Snapshot } from './types.ts'

/** The moment all scenarios begin at. */
export const T0 = 1_700_000_000_000
/** Minutes after `T0`. */
export const at = (minutes: number) => T0 + minutes * 60_000

/** An order with plain values; places are indices into a line of points 1 km apart. */
export function anOrder(id: string, changes: Partial<PlannerOrder> = {}): PlannerOrder {
  return {
    id: id as OrderId,
    merchantId: 'm0' as MerchantId,
    pickupPlace: 0,
    dropPlace: 3,
    placedMs: T0,
    readyMs: at(10),
    readySigmaS: 0,
    promisedMs: at(40),
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
    ...changes,
  }
}

/** An idle driver with a fresh position. */
export function aDriver(id: string, changes: Partial<PlannerDriver> = {}): PlannerDriver {
  return {
    id: id as DriverId,
    state: 'online',
    place: 0,
    fixAgeMs: 0,
    freeAtMs: T0,
    shiftEndMs: null,
    stops: [],
    vehicle: 'car',
    capacity: 4,
    maxOrders: 2,
    acceptanceRate: 1,
    rating: 5,
    earnedMinor: 0,
    onlineMs: 0,
    ...changes,
  }
}

/** A town along one road: place n lies at kilometre n, a kilometre takes two minutes. */
export function aSnapshot(orders: PlannerOrder[], drivers: PlannerDriver[]): Snapshot {
  const km = (from: number, to: number) => Math.abs(from - to)
  return {
    orders,
    drivers,
    places: Array.from({ length: 32 }, (_, i) => ({ lat: 0, lon: i / 111.19 })),
    travelS: (_vehicle, from, to) => 120 * km(from, to),
    km,
    previous: null,
  }
}
