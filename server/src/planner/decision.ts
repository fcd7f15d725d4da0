import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { Place, Plan } from './types.ts'

/** Why a driver was not a candidate; stable codes, stored and shown. */
export const EXCLUSION_REASONS = [
  'offline',
  'on_break',
  'stale_position',
  'declined',
  'expired',
  'excluded',
  'pinned_elsewhere',
  'has_offer',
  'too_many_orders',
  'capacity',
  'shift_ends',
  'unreachable',
  'too_far',
  'free_too_late',
  'not_among_nearest',
] as const
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]

/** One driver left out by one rule; `value` against `limit` where the rule has numbers (km, orders, seconds, units). */
export interface Exclusion {
  driverId: DriverId
  reason: ExclusionReason
  value: number | null
  limit: number | null
}

/** Terms of `scored-offers` (points, more is better) and of `joint` (cost, less is better). */
export type TermCode =
  | 'distance'
  | 'rating'
  | 'acceptance'
  | 'load'
  | 'to_merchant'
  | 'click_to_door'
  | 'food_waiting'
  | 'lateness'
  | 'detour'
  | 'driver_time'
  | 'riding'
  | 'pay'
  | 'fairness'
  | 'decline_risk'

/** One term of a candidate: the amount in its own unit, and what it adds to the total. */
export interface Term {
  code: TermCode
  amount: number
  unit: 'km' | 'stars' | 'share' | 'orders' | 'min' | 'minor'
  points: number
}

/** A stop with its times. `atMs` is when the bag changes hands; `waitS` is spent waiting for the kitchen. */
export interface PlannedStop {
  orderId: OrderId
  kind: 'pickup' | 'drop'
  place: Place
  locked: boolean
  arriveMs: number
  atMs: number
  leaveMs: number
  waitS: number
}

/** What one driver's route becomes if this driver takes the order. */
export interface RouteImpact {
  toMerchantS: number
  /** As the crow flies, over the stops before it. */
  toMerchantKm: number
  waitingS: number
  pickupMs: number
  dropMs: number
  /** Promised time minus predicted drop, in seconds; negative is late. */
  slackS: number
  /** Orders the driver already has that are delivered later because of this one. */
  detours: readonly { orderId: OrderId; addedS: number; slackAfterS: number }[]
  ordersAfter: number
  route: readonly PlannedStop[]
}

/** A driver who could have the order. `impact` is null when no route can hold it. */
export interface Candidate {
  driverId: DriverId
  rank: number
  total: number
  terms: readonly Term[]
  impact: RouteImpact | null
}

/**
 * The smallest change of one term that would have made another choice: from `amount` to `needed`, for that driver.
 * Under `joint` it is the minutes to the merchant of the driver who was chosen, beyond which the second best wins.
 */
export interface Counterfactual {
  driverId: DriverId
  code: TermCode
  amount: number
  needed: number
  unit: Term['unit']
}

/** Why a decision came out as it did. Plain data, stored with the decision. */
export interface Explanation {
  orderId: OrderId
  /** Whether more or less of `total` is better, and its unit: points of a score or minor units of money. */
  better: 'more' | 'less'
  chosenDriverId: DriverId | null
  candidates: readonly Candidate[]
  runnerUp: { driverId: DriverId; worseBy: number } | null
  /** The nearest of those left out; `excludedCounts` counts all of them. */
  excluded: readonly Exclusion[]
  excludedCounts: Readonly<Partial<Record<ExclusionReason, number>>>
  wouldChange: readonly Counterfactual[]
}

/** Why an order waits. */
export type WaitReason = 'offer_pending' | 'nobody_available' | 'between_attempts' | 'on_hold' | 'later_is_free'

interface DecisionBase {
  orderIds: readonly OrderId[]
  /** One for each order that is acted on; empty for waits that say nothing new. */
  explanations: readonly Explanation[]
}

/** Show the orders to one driver until `expiresMs`. `attempt` is the count to store on each order. */
export interface OfferDecision extends DecisionBase {
  kind: 'offer'
  driverId: DriverId
  expiresMs: number
  commitByMs: number
  attempt: number
  route: readonly PlannedStop[]
}

/** Show one order to several drivers at once; the first to accept has it. Best first. */
export interface OfferManyDecision extends DecisionBase {
  kind: 'offer_many'
  driverIds: readonly DriverId[]
  expiresMs: number
  commitByMs: number
  attempt: number
  routes: readonly { driverId: DriverId; route: readonly PlannedStop[] }[]
}

/** Give the orders to a driver outright. */
export interface AssignDecision extends DecisionBase {
  kind: 'assign'
  driverId: DriverId
  commitByMs: number
  route: readonly PlannedStop[]
}

/** Do nothing now; look again at `untilMs` at the latest. A planned driver may be named, and may still change. */
export interface WaitDecision extends DecisionBase {
  kind: 'wait'
  reason: WaitReason
  untilMs: number
  attempt: number
  plannedDriverId: DriverId | null
  route: readonly PlannedStop[]
}

/** Nobody was found in the attempts allowed: alert dispatch, tell the customer `no_driver_available`. */
export interface GiveUpDecision extends DecisionBase {
  kind: 'give_up'
  attempt: number
}

/** The order cannot be served in time whatever is done. */
export interface RefuseDecision extends DecisionBase {
  kind: 'refuse'
  reason: 'too_late' | 'nobody_can'
  bestDropMs: number | null
}

/** Something staff must look at; the order stays in the plan. */
export interface AlertDecision extends DecisionBase {
  kind: 'alert'
  reason: 'will_be_late' | 'pin_cannot_be_kept'
  lateS: number | null
}

export type Decision =
  | OfferDecision
  | OfferManyDecision
  | AssignDecision
  | WaitDecision
  | GiveUpDecision
  | RefuseDecision
  | AlertDecision

/** What `plan` answers: one decision for every order nobody has (alerts come on top), and the plan to hand back next time. */
export interface PlanResult {
  policy: string
  snapshotHash: string
  decisions: readonly Decision[]
  plan: Plan
  /** The plan's cost and the previous plan's cost now, in minor units; null under `scored-offers`. */
  cost: number | null
  previousCost: number | null
  iterations: number
}
