// Dispatch of a zone: the loop around the planner on the node that holds the zone's lease, offers and their expiry,
// what staff command by hand and take back, and the decisions kept with their reasons.
export { buildSnapshot, dropKey, type FleetView, merchantKey, type TravelView } from './build-snapshot.ts'
export { stopsOfDecision } from './decisions-sql.ts'
export { type DispatchDeps, type DispatchLoop, startDispatch, tick } from './dispatch-loop.ts'
export { keepSnapshots, type SnapshotKeeper } from './keep-snapshots.ts'
export { createPlanMemory, type PlanMemory, type PlanWarning, type PlanWriter } from './plan-memory.ts'
export { findDecisions, type ProvenDecision, proveDecision } from './prove-decision.ts'
export type { DispatchedZone, DispatchRouteDeps } from './route-deps.ts'
export { mountDispatchRoutes } from './routes.ts'
export { type PolicySettings, policyOf, toDispatchPolicy, type ZonePolicy } from './zone-policy.ts'
