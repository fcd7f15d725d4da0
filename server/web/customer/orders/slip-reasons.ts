import type { Order, OrderEvent } from '@doorstep/shared/contract'

/** Why an order comes later, or otherwise, than was said: one entry per cause, the latest of each. */
export type Slip =
  | { kind: 'no_driver' }
  | { kind: 'cannot_be_in_time' }
  | { kind: 'promised_later'; minutes: number; promisedMs: number }
  | { kind: 'delayed'; minutes: number; reason: string | null }
  | { kind: 'new_driver'; name: string }
  | { kind: 'driver_lost' }
  | { kind: 'late'; minutes: number; promisedMs: number }
  | { kind: 'in_time'; promisedMs: number }

type Seen = Pick<Order, 'status' | 'delivery' | 'noDriverAvailable' | 'driver' | 'eta' | 'promisedAtMs'>

/** What has slipped, in the order of the log, and what that means against the promise; nothing once the order has ended. */
export function slipsOf(order: Seen, events: readonly OrderEvent[]): Slip[] {
  if (order.status === 'delivered' || order.status === 'cancelled') return []
  const slips = [delayOf(events), driverChangeOf(order, events)].filter((slip) => slip !== undefined)
  if (order.noDriverAvailable) slips.push({ kind: wasRefused(events) ? 'cannot_be_in_time' : 'no_driver' })
  const later = laterPromiseOf(order, events)
  const promise = promiseOf(order, slips.length > 0 && !later)
  if (later) slips.push(later)
  return promise ? [...slips, promise] : slips
}

/** The kitchen's delays, added up; the latest reason counts. */
function delayOf(events: readonly OrderEvent[]): Slip | undefined {
  const delays = events.filter((event) => event.type === 'order.delayed')
  const minutes = delays.reduce((sum, event) => sum + Number(event.data['addedMinutes'] ?? 0), 0)
  if (minutes <= 0) return undefined
  const reason = delays.at(-1)?.data['reason']
  return { kind: 'delayed', minutes, reason: typeof reason === 'string' ? reason : null }
}

/** Another driver than the first, or none after there was one. */
function driverChangeOf(order: Seen, events: readonly OrderEvent[]): Slip | undefined {
  const changes = events.filter(
    ({ type }) => type === 'order.assigned' || type === 'order.reassigned' || type === 'order.unassigned',
  )
  const lost = changes.findLastIndex(({ type }) => type === 'order.unassigned')
  if (!order.driver) return lost >= 0 && !order.noDriverAvailable ? { kind: 'driver_lost' } : undefined
  const taken = changes.filter(({ type }) => type !== 'order.unassigned')
  const before = new Set(taken.slice(0, -1).map((event) => event.data['driverId']))
  before.delete(order.driver.id)
  return before.size > 0 ? { kind: 'new_driver', name: order.driver.name } : undefined
}

/** Whether nobody was asked because nobody could be there in time. */
function wasRefused(events: readonly OrderEvent[]): boolean {
  const cause = events.findLast(({ type }) => type === 'order.no_driver_available')?.data['cause']
  return cause === 'too_late' || cause === 'nobody_can'
}

const MINUTE_MS = 60_000

/** A later promise than the first one, given by staff. */
function laterPromiseOf(order: Seen, events: readonly OrderEvent[]): Slip | undefined {
  const first = events.find(({ type }) => type === 'order.placed')?.data['promisedAtMs']
  const minutes = typeof first === 'number' ? Math.round((order.promisedAtMs - first) / MINUTE_MS) : 0
  return minutes > 0 ? { kind: 'promised_later', minutes, promisedMs: order.promisedAtMs } : undefined
}

function promiseOf(order: Seen, hasSlipped: boolean): Slip | undefined {
  if (!order.eta) return undefined
  const lateMinutes = Math.ceil((order.eta.dropMs - order.promisedAtMs) / MINUTE_MS)
  if (lateMinutes > 0) return { kind: 'late', minutes: lateMinutes, promisedMs: order.promisedAtMs }
  return hasSlipped ? { kind: 'in_time', promisedMs: order.promisedAtMs } : undefined
}
