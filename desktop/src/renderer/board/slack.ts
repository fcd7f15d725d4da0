import type { BoardOrder } from '@doorstep/shared/contract'

/**
 * Promised minus predicted, in milliseconds; negative is late. A prediction that has passed counts as now, so that the
 * slack of an order nobody delivers keeps falling. Null when nothing is predicted.
 */
export function slackMs(order: Pick<BoardOrder, 'promisedAtMs' | 'predictedMs' | 'endedAtMs'>, nowMs: number): number | null {
  if (order.predictedMs === null) return null
  return order.promisedAtMs - Math.max(order.predictedMs, order.endedAtMs ?? nowMs)
}

/** Late enough to be gold: a minute, so that a few seconds do not flicker. */
export const LATE_MS = 60_000
/** Late enough to be orange. */
export const VERY_LATE_MS = 30 * 60_000

/** How late a slack is. */
export function lateness(slack: number | null): 'on_time' | 'late' | 'very_late' {
  if (slack === null || slack > -LATE_MS) return 'on_time'
  return slack > -VERY_LATE_MS ? 'late' : 'very_late'
}
