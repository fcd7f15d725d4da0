import type { DriverId, LatLon, MerchantId, OrderId, Vehicle } from '@doorstep/shared/domain'

/** An index into `Snapshot.places`. */
export type Place = number

/** Seconds from one place to another by this vehicle; Infinity where there is no way. */
export type TravelTime = (vehicle: Vehicle, from: Place, to: Place) => number

/** A driver who may not have this order any more, and since what. */
export interface OrderExclusion {
  driverId: DriverId
  why: 'declined' | 'expired' | 'excluded'
}

/** An offer that is out: the driver may still answer until `expiresMs`. */
export interface LiveOffer {
  driverId: DriverId
  expiresMs: number
}

/** An open order as the planner sees it: every order of the zone that is not ended, carried ones included. */
export interface PlannerOrder {
  id: OrderId
  merchantId: MerchantId
  pickupPlace: Place
  dropPlace: Place
  placedMs: number
  /** When the kitchen is expected to be done, or was. */
  readyMs: number
  /** Standard deviation of `readyMs` in seconds; 0 when the order is ready. */
  readySigmaS: number
  promisedMs: number
  /** In the units of `PlannerDriver.capacity`; 1 is a usual bag. */
  size: number
  /** 0 is usual; each step above weighs the order's minutes once more and puts it earlier in the queue. */
  priority: number
  tipMinor: number
  /** What the driver is paid for it, before the tip. */
  feeMinor: number
  excluded: readonly OrderExclusion[]
  /** Offers made and searches that found nobody, so far. */
  attempts: number
  /** Not searched for again before this moment: the `untilMs` of the last `nobody_available`; null means at once. */
  retryAtMs: number | null
  offers: readonly LiveOffer[]
  /** Who has it; such an order stands in that driver's stops and is never given to another by the planner. */
  assignedDriverId: DriverId | null
  /** Set by staff: only this driver, whatever the distance, until the pin is released. */
  pinnedDriverId: DriverId | null
  /** Set by staff: not offered to anybody until released. */
  hold: boolean
}

/** A stop a driver already has. Locked ones come first, in this order, whatever is planned; the others may be reordered. */
export interface CarriedStop {
  orderId: OrderId
  kind: 'pickup' | 'drop'
  locked: boolean
}

/** A driver as the planner sees it. */
export interface PlannerDriver {
  id: DriverId
  state: 'online' | 'on_break' | 'offline'
  place: Place
  fixAgeMs: number
  /** The earliest moment this driver can leave `place`: now or earlier when riding or idle, later when the shift has not begun. */
  freeAtMs: number
  shiftEndMs: number | null
  stops: readonly CarriedStop[]
  vehicle: Vehicle
  capacity: number
  maxOrders: number
  /** Share of offers accepted, 0 to 1. */
  acceptanceRate: number
  /** 0 to 5. */
  rating: number
  /** Earned so far in this shift, and the time online for it. */
  earnedMinor: number
  onlineMs: number
}

/** A stop of a plan, without times. */
export interface StopRef {
  orderId: OrderId
  kind: 'pickup' | 'drop'
}

/** What was planned and not yet told to anybody; handed back as `Snapshot.previous` at the next tick. Plain data. */
export interface Plan {
  routes: readonly { driverId: DriverId; stops: readonly StopRef[] }[]
}

/** Everything the planner knows. All of it is plain data except the two functions, which must be pure. */
export interface Snapshot {
  orders: readonly PlannerOrder[]
  drivers: readonly PlannerDriver[]
  places: readonly LatLon[]
  travelS: TravelTime
  /** Kilometres as the crow flies, for radius and score; the great circle between `places` when left out. */
  km?: (from: Place, to: Place) => number
  previous: Plan | null
  /** Orders a driver online gets in an hour these days, as the zone's last hour showed; sets the worth of a place below the guarantee. */
  ordersPerDriverHour?: number
}
