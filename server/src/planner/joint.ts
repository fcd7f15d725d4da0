import type { DriverId, OrderId, Rng } from '@doorstep/shared/domain'
import { nextTrips, type TimedRoutes } from './commit-routes.ts'
import type { Decision, PlanResult, RefuseDecision } from './decision.ts'
import { explainOrder } from './explain-plan.ts'
import { type Planned, planJointly } from './joint-plan.ts'
import { alertsOf, leaveOrder } from './leave-order.ts'
import type { JointPolicy } from './policy.ts'
import type { Problem } from './problem.ts'
import { NOBODY, removeOrders } from './routes.ts'
import { isOpen, type SnapshotIndex } from './snapshot-index.ts'
import { tellTrip } from './tell-trip.ts'
import { timedStops } from './timed-stops.ts'
import type { Plan } from './types.ts'

/** Plans all routes together and says, for every order nobody has, whether its driver is told now or later. */
export function joint(index: SnapshotIndex, policy: JointPolicy, rng: Rng): Omit<PlanResult, 'policy' | 'snapshotHash'> {
  const planned = planJointly(index, policy, rng)
  const { problem, routes, previousCost, iterations } = planned
  const cost = routes.totalCost
  let timed = timeRoutes(planned)
  const drops = dropTimes(problem, timed)
  const decisions: Decision[] = refusals(planned, drops)
  if (decisions.length > 0) timed = timeRoutes(planned)
  const slackS = new Map<number, number>()
  const busy = new Set<DriverId>()
  const trips = nextTrips(planned, timed)
  for (const trip of trips) if (trip.slackS === 0) busy.add(problem.drivers[trip.driver]!.id)
  for (const trip of trips) {
    for (const order of trip.orders) slackS.set(order, trip.slackS)
    const decision = trip.slackS === 0 ? tellTrip(planned, trip, busy) : null
    if (decision) decisions.push(decision)
  }
  const decided = new Set<OrderId>(decisions.flatMap((decision) => decision.orderIds))
  for (const [row, order] of problem.orders.entries()) {
    if (!isOpen(order)) continue
    if (!decided.has(order.id)) decisions.push(leaveOrder(planned, row, slackS.get(row) ?? 0))
    decisions.push(...alertsOf(planned, row, drops.get(row)))
  }
  return { decisions, plan: planOf(planned), cost, previousCost, iterations }
}

function timeRoutes({ problem, routes }: Planned): TimedRoutes {
  const drivers = plannedDrivers({ problem, routes })
  return new Map(drivers.map((driver) => [driver, timedStops(problem, driver, routes.stops[driver]!)]))
}

/** When each planned order will be at the door, by row. */
function dropTimes(problem: Problem, timed: TimedRoutes): Map<number, number> {
  const drops = new Map<number, number>()
  for (const route of timed.values()) {
    for (const stop of route) if (stop.kind === 'drop') drops.set(problem.rowOf.get(stop.orderId)!, stop.atMs)
  }
  return drops
}

/** Orders seen for the first time that would come too late; they leave the plan, so that the customer hears it at once. */
function refusals(planned: Planned, drops: Map<number, number>): RefuseDecision[] {
  const { problem, routes } = planned
  const { refuseAfterS } = problem.policy
  if (refuseAfterS === null) return []
  const known = new Set(problem.index.snapshot.previous?.routes.flatMap((route) => route.stops.map((stop) => stop.orderId)))
  const late = problem.looseOrders.filter((row) => {
    const order = problem.orders[row]!
    if (known.has(order.id) || order.attempts > 0 || order.pinnedDriverId !== null) return false
    return routes.driverOf[row] === NOBODY || drops.get(row)! > order.promisedMs + refuseAfterS * 1000
  })
  const decisions = late.map((row): RefuseDecision => {
    const reason = drops.has(row) ? 'too_late' : 'nobody_can'
    const explanation = { ...explainOrder(planned, row), chosenDriverId: null }
    return {
      kind: 'refuse',
      orderIds: [problem.orders[row]!.id],
      explanations: [explanation],
      reason,
      bestDropMs: drops.get(row) ?? null,
    }
  })
  removeOrders(problem, routes, late, new Uint8Array(problem.orders.length))
  for (const row of late) drops.delete(row)
  return decisions
}

function plannedDrivers({ problem, routes }: Pick<Planned, 'problem' | 'routes'>): number[] {
  const drivers = new Set<number>()
  for (const order of problem.looseOrders) if (routes.driverOf[order] !== NOBODY) drivers.add(routes.driverOf[order]!)
  return [...drivers].sort((a, b) => a - b)
}

function planOf({ problem, routes }: Planned): Plan {
  return {
    routes: plannedDrivers({ problem, routes }).map((driver) => ({
      driverId: problem.drivers[driver]!.id,
      stops: routes.stops[driver]!.map((code) => ({
        orderId: problem.orders[code >> 1]!.id,
        kind: code & 1 ? 'drop' : 'pickup',
      })),
    })),
  }
}
