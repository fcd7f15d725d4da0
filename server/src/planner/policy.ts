/** Seconds spent at a stop, before and after the bag changes hands; one visit serves every order picked up there. */
export interface ServiceTimes {
  pickupBeforeS: number
  pickupAfterS: number
  dropBeforeS: number
  dropAfterS: number
}

/** What both policies share. */
export interface CommonPolicy {
  offerTimeoutS: number
  /** A driver silent for longer is not offered anything. */
  staleAfterS: number
  radiusKm: number
  /** Orders a driver may hold at once in this zone, where that is fewer than the driver's own limit; null leaves it to the driver. */
  maxOrdersPerDriver: number | null
  service: ServiceTimes
  maxAttempts: number
  /** Seconds between searches while nobody is there. */
  retryS: number
}

/** The best score, one order a driver: kept for comparison. */
export interface ScoredOffersPolicy extends CommonPolicy {
  name: 'scored-offers'
  nearest: number
  weights: { distance: number; rating: number; acceptance: number; load: number }
  /** Active orders at which the load term reaches nothing. */
  loadCap: number
}

/** Which orders may share a trip: `withinS` is the ride allowed to a further pickup while something is on board. */
export interface Bundling {
  mode: 'none' | 'same_merchant' | 'nearby_merchants' | 'any'
  maxOrders: number
  withinS: number
}

/** What a minute, an order and a risk cost, in minor units of money: the planner minimises their sum. */
export interface CostWeights {
  /** A minute of an order between placing and the door. */
  doorPerMin: number
  /** On top, a minute after the promise. */
  latePerMin: number
  /** On top, a minute of ready food waiting for its driver. */
  foodWaitPerMin: number
  /** A minute of a driver's shift that is spent and cannot serve others; what lies after the shift's end is not counted. */
  busyPerMin: number
  /** A minute of riding. */
  ridePerMin: number
  /** An order that stands in nobody's route. */
  unplanned: number
  /** Weight of the pay an order is expected to add (see `Guarantee`), 1 for its full amount. */
  pay: number
  /** What an order costs more for each 100% that the driver's earnings an hour lie above the average of those online. */
  fairness: number
  /** What a decline costs: the time lost until the next is asked. */
  decline: number
}

/** An hourly minimum that tops up a driver's pay; orders below it cost nothing more, so spreading them is worth money. */
export interface Guarantee {
  perHourMinor: number
  /** Orders an hour a driver can expect later in the shift, when the snapshot does not say. */
  ordersPerHour: number
}

/** The budget of the search, in iterations so that the answer does not depend on the machine. */
export interface SearchBudget {
  iterations: number
  /** On top, for each order to be planned and for each that is in no previous plan, up to `iterationsMax` in all. */
  iterationsPerOrder: number
  iterationsPerFresh: number
  iterationsMax: number
  /** Drivers tried for an order, the most promising first. */
  candidates: number
  removeMax: number
  /** Starting temperature of the acceptance, in minor units an order removed. */
  temperature: number
}

/** Whole routes for all drivers at once, told as late as possible. */
export interface JointPolicy extends CommonPolicy {
  name: 'joint'
  mode: 'offer' | 'assign'
  /** Seconds until the planner will surely look again. */
  tickS: number
  /** Seconds by which an offer must come earlier: for an answer, and for one driver who says no. */
  answerS: number
  /** Drivers who are free only later than this are left out. */
  horizonS: number
  bundling: Bundling
  /** What must lie before the end of the shift. */
  shiftEnd: 'last_pickup' | 'last_drop'
  weights: CostWeights
  guarantee: Guarantee | null
  search: SearchBudget
  /** Several drivers are asked at once from this many seconds before an order's latest start on. */
  offerMany: { withinS: number; drivers: number } | null
  /** An order that cannot be at the door within this many seconds after its promise is refused; null never refuses. */
  refuseAfterS: number | null
}

/** Which policy a zone runs, and its settings. */
export type Policy = ScoredOffersPolicy | JointPolicy

/** The hand-overs assumed until a zone has measured its own. */
export const DEFAULT_SERVICE: ServiceTimes = { pickupBeforeS: 60, pickupAfterS: 60, dropBeforeS: 60, dropAfterS: 60 }

/** Twenty nearest within 5 km, one offer of 30 s at a time, five attempts ten seconds apart. */
export const SCORED_OFFERS: ScoredOffersPolicy = {
  name: 'scored-offers',
  offerTimeoutS: 30,
  staleAfterS: 30,
  radiusKm: 5,
  maxOrdersPerDriver: null,
  service: DEFAULT_SERVICE,
  nearest: 20,
  maxAttempts: 5,
  retryS: 10,
  weights: { distance: 0.4, rating: 0.25, acceptance: 0.2, load: 0.15 },
  loadCap: 3,
}

/** The default: offers, bundles across nearby merchants, a minute of a customer's time worth 20 minor units. */
export const JOINT: JointPolicy = {
  name: 'joint',
  offerTimeoutS: 30,
  staleAfterS: 30,
  radiusKm: 5,
  maxOrdersPerDriver: null,
  service: DEFAULT_SERVICE,
  maxAttempts: 5,
  retryS: 10,
  mode: 'offer',
  tickS: 1,
  answerS: 60,
  horizonS: 1800,
  bundling: { mode: 'nearby_merchants', maxOrders: 3, withinS: 240 },
  shiftEnd: 'last_drop',
  weights: {
    doorPerMin: 20,
    latePerMin: 40,
    foodWaitPerMin: 10,
    busyPerMin: 5,
    ridePerMin: 10,
    unplanned: 20_000,
    pay: 1,
    fairness: 150,
    decline: 100,
  },
  guarantee: null,
  search: {
    iterations: 10,
    iterationsPerOrder: 0,
    iterationsPerFresh: 4,
    iterationsMax: 200,
    candidates: 16,
    removeMax: 10,
    temperature: 10,
  },
  offerMany: { withinS: 60, drivers: 3 },
  refuseAfterS: null,
}
