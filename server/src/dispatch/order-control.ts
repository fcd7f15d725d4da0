import type { OrderControl } from '@doorstep/shared/contract'
import type { OrderPatch, OrderRow } from '../orders/index.ts'

/** What staff may set of an order, as it stands. */
export const controlOf = (order: OrderRow): OrderControl => ({
  driverId: order.driverId,
  pinnedDriverId: order.pinnedDriverId,
  isHeld: order.isHeld,
  priority: order.priority,
  promisedAtMs: order.promisedAt,
})

/** Sets back what a command changed besides the driver; what others changed since stays. */
export function patchBack(before: OrderControl, after: OrderControl): OrderPatch {
  const patch: OrderPatch = {}
  if (before.pinnedDriverId !== after.pinnedDriverId) patch.pinnedDriverId = before.pinnedDriverId
  if (before.isHeld !== after.isHeld) patch.isHeld = before.isHeld
  if (before.priority !== after.priority) patch.priority = before.priority
  if (before.promisedAtMs !== after.promisedAtMs) patch.promisedAt = before.promisedAtMs
  return patch
}

/** Whether everything a command changed is still as it left it. */
export function isAsLeft(now: OrderControl, { before, after }: { before: OrderControl; after: OrderControl }): boolean {
  return (Object.keys(after) as (keyof OrderControl)[]).every((key) => before[key] === after[key] || now[key] === after[key])
}
