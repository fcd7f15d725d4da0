import type { DriverId } from '@doorstep/shared/domain'
import { offeredDrivers } from './eligibility.ts'
import type { JointPolicy } from './policy.ts'
import { compileProblem } from './problem.ts'
import { routeCost } from './route-cost.ts'
import { unplannedCost } from './routes.ts'
import { indexSnapshot } from './snapshot-index.ts'
import type { Snapshot, StopRef } from './types.ts'

/** The planner's own prices in minor units, for checking its plans from outside. */
export interface RoutePrices {
  /** Infinity for a route that breaks a rule or a driver who can be given nothing. */
  route: (driverId: DriverId, stops: readonly StopRef[]) => number
  /** What it costs to plan none of the open orders. */
  unplanned: number
}

/** Prices any route of any driver at one moment. */
export function priceRoutes(snapshot: Snapshot, policy: JointPolicy, nowMs: number): RoutePrices {
  const problem = compileProblem(indexSnapshot(snapshot, nowMs), policy, offeredDrivers(snapshot.orders, nowMs))
  return {
    route: (driverId, stops) => {
      const driver = problem.driverRow.get(driverId)
      if (driver === undefined) return Infinity
      const codes = stops.map((stop) => 2 * problem.rowOf.get(stop.orderId)! + (stop.kind === 'drop' ? 1 : 0))
      return routeCost(problem, driver, codes, codes.length)
    },
    unplanned: problem.looseOrders.reduce((sum, order) => sum + unplannedCost(problem, order), 0),
  }
}
