// Where drivers' positions come in: checked by rules, put on the bus once a tick, folded from it into the fleet, written down
// as packed minutes and as last known places. Also answers who is near.
export type { Crumb } from './breadcrumb-chunk.ts'
export { breadcrumbsOf } from './breadcrumbs-sql.ts'
export { FIX_RULES, type FixRule } from './fix-rules.ts'
export { type NearbyDriver, type NearbyQuery, nearbyDrivers } from './nearby-drivers.ts'
export type { BatchFix } from './position-batch.ts'
export { createPositions, type PositionDeps, type Positions } from './positions.ts'
export { mountPositionRoutes, toBatchFix } from './routes.ts'
