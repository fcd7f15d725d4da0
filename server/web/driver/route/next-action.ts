import type { Stop } from '@doorstep/shared/contract'
import type { OutboxActionName } from '../outbox/outbox-entry.ts'

/** What the big button of a stop does. */
export function nextAction(stop: Pick<Stop, 'kind' | 'arrivedAtMs'>): OutboxActionName {
  if (stop.kind === 'pickup') return stop.arrivedAtMs === null ? 'arrive_at_merchant' : 'pick_up'
  return stop.arrivedAtMs === null ? 'arrive_at_customer' : 'deliver'
}

type StopKey = Pick<Stop, 'orderId' | 'kind'>

/**
 * The stop that is departed for without a button: when what was just done leaves a drop as the next stop, the driver is on
 * the way to that customer. Undefined when the next stop is a pickup, or nothing was left behind.
 */
export function impliedDeparture<S extends StopKey>(stops: readonly S[], done: StopKey, action: OutboxActionName): S | undefined {
  if (action !== 'pick_up' && action !== 'deliver' && action !== 'fail') return undefined
  const [next] = stops.filter((stop) => stop.orderId !== done.orderId || stop.kind !== done.kind)
  return next?.kind === 'drop' ? next : undefined
}

/** Why a delivery failed: codes that the server keeps as text, in the order people need them. */
export const FAIL_REASONS = ['nobody_there', 'wrong_address', 'refused', 'damaged', 'unsafe', 'cannot_continue'] as const
export type FailReason = (typeof FAIL_REASONS)[number]
