import type { AlertDecision, Decision } from './decision.ts'
import { explainOrder } from './explain-plan.ts'
import type { Planned } from './joint-plan.ts'
import { NOBODY } from './routes.ts'
import { offeredUntilMs } from './snapshot-index.ts'

/** The decision about an order nobody is told of in this tick: whom it waits for, or that nobody was found. */
export function leaveOrder(planned: Planned, row: number, slackS: number): Decision {
  const { problem, routes } = planned
  const { nowMs } = problem.index
  const { retryS, maxAttempts } = problem.policy
  const order = problem.orders[row]!
  const driver = routes.driverOf[row]!
  const plannedDriverId = driver === NOBODY ? null : problem.drivers[driver]!.id
  const wait = {
    kind: 'wait',
    orderIds: [order.id],
    explanations: [],
    attempt: order.attempts,
    plannedDriverId,
    route: [],
  } as const
  const pending = offeredUntilMs(order)
  if (pending > nowMs) return { ...wait, reason: 'offer_pending', untilMs: pending }
  if (order.hold) return { ...wait, reason: 'on_hold', untilMs: nowMs + retryS * 1000 }
  if (driver !== NOBODY) return { ...wait, reason: 'later_is_free', untilMs: nowMs + slackS * 1000 }
  const explanations = [explainOrder(planned, row)]
  if (order.attempts >= maxAttempts) return { kind: 'give_up', orderIds: [order.id], explanations, attempt: order.attempts }
  if (order.retryAtMs !== null && order.retryAtMs > nowMs)
    return { ...wait, reason: 'between_attempts', untilMs: order.retryAtMs }
  const attempt = order.attempts + 1
  if (attempt >= maxAttempts) return { kind: 'give_up', orderIds: [order.id], explanations, attempt }
  return { ...wait, reason: 'nobody_available', explanations, attempt, untilMs: nowMs + retryS * 1000 }
}

/** What staff must see about an order of the plan: a pin that cannot be kept, a predicted drop after the promise. */
export function alertsOf({ problem, routes }: Planned, row: number, dropMs: number | undefined): AlertDecision[] {
  const order = problem.orders[row]!
  const alert = { kind: 'alert', orderIds: [order.id], explanations: [] } as const
  if (order.pinnedDriverId !== null && problem.loose[row] === 1 && routes.driverOf[row] === NOBODY) {
    return [{ ...alert, reason: 'pin_cannot_be_kept', lateS: null }]
  }
  if (dropMs === undefined || dropMs <= order.promisedMs) return []
  return [{ ...alert, reason: 'will_be_late', lateS: (dropMs - order.promisedMs) / 1000 }]
}
