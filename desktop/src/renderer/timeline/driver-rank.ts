import type { Alert, BoardDriver, BoardOrder } from '@doorstep/shared/contract'
import { slackMs } from '../board/slack.ts'

/** What is wrong with a driver that colours all their stops. */
export type Trouble = 'act' | 'off'

/** The drivers in trouble; being stuck counts more than a dark GPS. */
export function troubledDrivers(alerts: readonly Alert[]): ReadonlyMap<string, Trouble> {
  const troubled = new Map<string, Trouble>()
  for (const { driverId, class: kind } of alerts) {
    if (!driverId) continue
    if (kind === 'stuck') troubled.set(driverId, 'act')
    else if (kind === 'gps_dark' && !troubled.has(driverId)) troubled.set(driverId, 'off')
  }
  return troubled
}

/** Smaller is worse: stuck, then by the worst slack they carry, then idle, then offline. */
export function driverRank(
  driver: BoardDriver,
  orders: ReadonlyMap<string, BoardOrder>,
  trouble: Trouble | undefined,
  nowMs: number,
): number {
  if (trouble === 'act') return Number.NEGATIVE_INFINITY
  if (!driver.isOnline) return 1e12
  let worst = 1e10
  for (const stop of driver.stops) {
    const order = orders.get(stop.orderId)
    const slack = order ? slackMs(order, nowMs) : null
    // Whole minutes, so that rows do not swap over seconds.
    if (slack !== null) worst = Math.min(worst, Math.floor(slack / 60_000))
  }
  return worst
}
