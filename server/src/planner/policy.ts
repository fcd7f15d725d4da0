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
  service: ServiceTimes
}

/** The best score, one order a driver: kept for comparison. */
export interface ScoredOffersPolicy extends CommonPolicy {
  name: 'scored-offers'
  nearest: number
  maxAttempts: number
  retryS: number
  weights: { distance: number; rating: number; acceptance: number; load: number }
  /** Active orders at which the load term reaches nothing. */
  loadCap: number
}

/** Which policy a zone runs, and its settings. */
export type Policy = ScoredOffersPolicy

/** The hand-overs assumed until a zone has measured its own. */
export const DEFAULT_SERVICE: ServiceTimes = { pickupBeforeS: 60, pickupAfterS: 60, dropBeforeS: 60, dropAfterS: 60 }

/** Twenty nearest within 5 km, one offer of 30 s at a time, five attempts ten seconds apart. */
export const SCORED_OFFERS: ScoredOffersPolicy = {
  name: 'scored-offers',
  offerTimeoutS: 30,
  staleAfterS: 30,
  radiusKm: 5,
  service: DEFAULT_SERVICE,
  nearest: 20,
  maxAttempts: 5,
  retryS: 10,
  weights: { distance: 0.4, rating: 0.25, acceptance: 0.2, load: 0.15 },
  loadCap: 3,
}
