import type { PlannedStop } from './decision.ts'
import type { Problem, StopCode } from './problem.ts'
import { timeRoute } from './time-route.ts'
import type { CarriedStop } from './types.ts'

/** A row's stops with their times, the driver's own locked ones marked. */
export function timedStops(problem: Problem, driver: number, stops: readonly StopCode[]): PlannedStop[] {
  const refs = stops.map(
    (code, i): CarriedStop => ({
      orderId: problem.orders[code >> 1]!.id,
      kind: code & 1 ? 'drop' : 'pickup',
      locked: i < problem.lockedStops[driver]!,
    }),
  )
  return timeRoute(problem.index, problem.drivers[driver]!, refs, problem.policy.service)
}
