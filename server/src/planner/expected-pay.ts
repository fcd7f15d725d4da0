import type { Guarantee, JointPolicy } from './policy.ts'
import { activeOrders, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerDriver, PlannerOrder } from './types.ts'

/** What an order pays when neither driver nor zone says, in minor units: only its ratio to the guarantee matters. */
const TYPICAL_FEE_SHARE = 2 / 3

/**
 * What the next, second next, … order is expected to add to a driver's pay, in minor units. Under a guarantee an
 * order costs nothing as long as the driver would end the shift below it. Orders still to come are taken as a
 * Poisson number over the rest of the shift, so the answer moves smoothly from nothing to the full fee.
 */
export function expectedPay(
  index: SnapshotIndex,
  guarantee: Guarantee,
  driver: PlannerDriver,
  feeMinor: number,
  steps: number,
): number[] {
  if (driver.shiftEndMs === null) return new Array<number>(steps).fill(0)
  const startMs = Math.max(index.nowMs, driver.freeAtMs)
  const hoursLeft = Math.max(0, driver.shiftEndMs - startMs) / 3_600_000
  const shiftStartMs = driver.onlineMs > 0 ? index.nowMs - driver.onlineMs : startMs
  const shiftHours = (driver.shiftEndMs - shiftStartMs) / 3_600_000
  const committedMinor = driver.earnedMinor + activeOrders(driver) * feeMinor
  const missing = (guarantee.perHourMinor * shiftHours - committedMinor) / feeMinor
  const coming = (index.snapshot.ordersPerDriverHour ?? guarantee.ordersPerHour) * hoursLeft
  return Array.from({ length: steps }, (_, k) => feeMinor * (1 - expectedFilled(missing - k, coming)))
}

/** The average fee of the open orders: what one order counts for in a driver's pay. */
export function typicalFeeMinor(orders: readonly PlannerOrder[], policy: JointPolicy): number {
  const paid = orders.filter((order) => order.feeMinor > 0)
  if (paid.length === 0) return (policy.guarantee?.perHourMinor ?? 0) * TYPICAL_FEE_SHARE
  return paid.reduce((sum, order) => sum + order.feeMinor, 0) / paid.length
}

/** E[min(1, max(0, missing - N))] for N Poisson with this mean: the share of one order's fee that the guarantee pays anyway. */
function expectedFilled(missing: number, mean: number): number {
  let expected = 0
  let probability = Math.exp(-mean)
  for (let n = 0; n < missing; n++) {
    expected += probability * Math.min(1, missing - n)
    probability *= mean / (n + 1)
  }
  return expected
}
