// Decides who carries what, and says why. Pure: no I/O, no clock, no chance of its own, so that the server's loop, the
// benchmark, what-if and the replay of a stored decision all run the same lines and get the same answer.
export {
  type AlertDecision,
  type AssignDecision,
  type Candidate,
  type Counterfactual,
  type Decision,
  EXCLUSION_REASONS,
  type Exclusion,
  type ExclusionReason,
  type Explanation,
  type GiveUpDecision,
  type OfferDecision,
  type OfferManyDecision,
  type PlannedStop,
  type PlanResult,
  type RefuseDecision,
  type RouteImpact,
  type Term,
  type TermCode,
  type WaitDecision,
  type WaitReason,
} from './decision.ts'
export { decodeSnapshot, encodeSnapshot } from './encode-snapshot.ts'
export { plan } from './plan.ts'
export {
  type Bundling,
  type CommonPolicy,
  type CostWeights,
  DEFAULT_SERVICE,
  type Guarantee,
  JOINT,
  type JointPolicy,
  type Policy,
  SCORED_OFFERS,
  type ScoredOffersPolicy,
  type SearchBudget,
  type ServiceTimes,
} from './policy.ts'
export { priceRoutes, type RoutePrices } from './price-routes.ts'
export { rankCandidates, type WhatIf, whatIf } from './rank-candidates.ts'
export { openSnapshot, recordTravel, type StoredSnapshot, type TravelRecording } from './record-travel.ts'
export { type RecordedTick, replay } from './replay.ts'
export { snapshotHash } from './snapshot-hash.ts'
export type {
  CarriedStop,
  LiveOffer,
  OrderExclusion,
  Place,
  Plan,
  PlannerDriver,
  PlannerOrder,
  Snapshot,
  StopRef,
  TravelTime,
} from './types.ts'
export { readVroom, type VroomInput, type VroomProblem, type VroomSolution, writeVroom } from './vroom.ts'
