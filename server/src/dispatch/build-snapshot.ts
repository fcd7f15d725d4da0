import type { DriverId, LatLon, OrderId, Vehicle } from '@doorstep/shared/domain'
import { acceptanceRate, type DriverRow, type OfferRow, type ZoneState } from '../drivers/index.ts'
import type { OrderRow } from '../orders/index.ts'
import type { CarriedStop, Plan, PlannerDriver, PlannerOrder, Snapshot } from '../planner/index.ts'

/** Where a driver was last seen. */
export interface DriverFix {
  lat: number
  lon: number
  fixAtMs: number
}

/** What a snapshot reads of the live fleet. */
export interface FleetView {
  locate(id: DriverId): DriverFix | undefined
}

/** Travel times from memory; `key` names a stop whose field is open (`merchantKey`, `dropKey`). */
export interface TravelView {
  /** Opens a stop's field; one that is open stays as it is. */
  openStop(key: string, place: LatLon): void
  closeStop(key: string): void
  /** The hour of the zone's day whose traffic the times are read for. */
  useHour(hour: number): void
  /** Seconds from any place to an open stop. */
  secondsTo(key: string, vehicle: Vehicle, from: LatLon): number
  /** Seconds from an open stop to any place. */
  secondsFrom(key: string, vehicle: Vehicle, to: LatLon): number
  /** Seconds between two open stops. */
  seconds(vehicle: Vehicle, fromKey: string, toKey: string): number
}

/** The travel field of a merchant's door. */
export const merchantKey = (id: string) => `merchant:${id}`
/** The travel field of an order's drop. */
export const dropKey = (id: string) => `drop:${id}`

/** Everything a snapshot is made from. */
export interface SnapshotSources {
  state: ZoneState
  fleet: FleetView
  travel: TravelView
  /** What was planned a moment ago and not told to anybody. */
  previous: Plan | null
}

/** When nobody took an order, staff are told; the search begins again after this, and ends when they assign it by hand. */
const SEARCH_AGAIN_AFTER_MS = 120_000
/** Uncertainty of a kitchen's word, in seconds, while it cooks; nothing once it is ready. */
const KITCHEN_SIGMA_S = 180
const CAPACITY: Record<Vehicle, number> = { bicycle: 4, motorcycle: 5, car: 10, van: 30 }

/** A place of the snapshot, and the key of its travel field if it is a stop. */
interface KnownPlace {
  place: LatLon
  key: string | null
}

/** What the planner sees of a zone at this moment: consistent, since the state in memory changes only between ticks. */
export function buildSnapshot({ state, fleet, travel, previous }: SnapshotSources, nowMs: number): Snapshot {
  const known: KnownPlace[] = []
  const indexByKey = new Map<string, number>()
  const placeOf = (place: LatLon, key: string | null): number => {
    const seen = key === null ? undefined : indexByKey.get(key)
    if (seen !== undefined) return seen
    if (key !== null) {
      indexByKey.set(key, known.length)
      travel.openStop(key, place)
    }
    return known.push({ place, key }) - 1
  }
  const openOrders = [...state.orders.values()].filter(isPlannable)
  const orders = openOrders.map((order) => toPlannerOrder(order, state.offers.get(order.id) ?? [], placeOf, nowMs))
  const ids = new Set(openOrders.map((order) => order.id))
  const drivers: PlannerDriver[] = []
  for (const driver of state.drivers.values()) {
    if (driver.shiftStartedAt === null && driver.stops.length === 0) continue
    const fix = fleet.locate(driver.id)
    if (fix) drivers.push(toPlannerDriver(driver, fix, { ids, state, nowMs }, placeOf(fix, null)))
  }
  return {
    orders,
    drivers,
    places: known.map(({ place }) => place),
    travelS: travelTime(known, travel),
    previous,
  }
}

/** Orders the planner knows: open, and taken on by the kitchen or by a driver. */
function isPlannable(order: OrderRow): boolean {
  return order.endedAt === null && (order.kitchen !== 'placed' || order.driverId !== null)
}

function toPlannerOrder(
  order: OrderRow,
  offers: readonly OfferRow[],
  placeOf: (place: LatLon, key: string) => number,
  nowMs: number,
): PlannerOrder {
  return {
    id: order.id,
    merchantId: order.merchantId,
    pickupPlace: placeOf({ lat: order.merchantLat, lon: order.merchantLon }, merchantKey(order.merchantId)),
    dropPlace: placeOf({ lat: order.dropLat, lon: order.dropLon }, dropKey(order.id)),
    placedMs: order.placedAt,
    readyMs: order.readyAt ?? order.kitchenReadyAt,
    readySigmaS: order.readyAt === null ? KITCHEN_SIGMA_S : 0,
    promisedMs: order.promisedAt,
    size: Math.max(1, Math.ceil(order.itemCount / 6)),
    priority: order.priority,
    tipMinor: order.tipMinor,
    feeMinor: order.payMinor,
    excluded: order.exclusions,
    attempts: order.attempts,
    retryAtMs: order.nextAttemptAt,
    offers: offers.map((offer) => ({ driverId: offer.driverId, expiresMs: offer.expiresAt })),
    assignedDriverId: order.driverId,
    pinnedDriverId: order.pinnedDriverId,
    hold: order.isHeld || (order.noDriverAt !== null && nowMs - order.noDriverAt < SEARCH_AGAIN_AFTER_MS),
  }
}

function toPlannerDriver(
  driver: DriverRow,
  fix: DriverFix,
  known: { ids: ReadonlySet<OrderId>; state: ZoneState; nowMs: number },
  place: number,
): PlannerDriver {
  const { nowMs } = known
  return {
    id: driver.id,
    state: driver.shiftStartedAt === null ? 'offline' : 'online',
    place,
    fixAgeMs: Math.max(0, nowMs - fix.fixAtMs),
    freeAtMs: nowMs,
    shiftEndMs: driver.shiftEndsAt,
    stops: driver.stops.filter((stop) => known.ids.has(stop.orderId)).map((stop, index) => lockStop(stop, index, known.state)),
    vehicle: driver.vehicle,
    capacity: CAPACITY[driver.vehicle],
    maxOrders: driver.maxOrders,
    acceptanceRate: acceptanceRate(driver),
    rating: driver.rating,
    earnedMinor: driver.shiftEarnedMinor,
    onlineMs: driver.shiftStartedAt === null ? 0 : nowMs - driver.shiftStartedAt,
  }
}

/** The stop a driver is at, or rides to with food for it, stays first. */
function lockStop(stop: { orderId: OrderId; kind: 'pickup' | 'drop' }, index: number, state: ZoneState): CarriedStop {
  const delivery = state.orders.get(stop.orderId)?.delivery
  const isUnderWay = stop.kind === 'pickup' ? delivery === 'at_merchant' : delivery === 'in_transit' || delivery === 'at_customer'
  return { ...stop, locked: index === 0 && isUnderWay }
}

/** Whole seconds: finer than any forecast of a ride, and a fraction of the bytes where a snapshot is kept. */
function travelTime(known: readonly KnownPlace[], travel: TravelView) {
  return (vehicle: Vehicle, from: number, to: number): number => {
    const a = known[from]!
    const b = known[to]!
    if (a.key !== null && b.key !== null) return Math.round(travel.seconds(vehicle, a.key, b.key))
    if (b.key !== null) return Math.round(travel.secondsTo(b.key, vehicle, a.place))
    if (a.key !== null) return Math.round(travel.secondsFrom(a.key, vehicle, b.place))
    return Number.POSITIVE_INFINITY
  }
}
