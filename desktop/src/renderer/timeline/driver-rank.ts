import type { Alert, BoardDriver, BoardOrder } from '@doorstep/shared/contract'
import { slackMs } from '../board/slack.ts'

/** What is wrong with a driver that colours all their stops. */
export function driverTrouble(driverId: string, alerts: readonly Alert[]): 'act' | 'off' | null {
  const mine = alerts.filter((alert) => alert.driverId === driverId)
  if (mine.some((alert) => alert.class === 'stuck')) return 'act'
  return mine.some((alert) => alert.class === 'gps_dark') ? 'off' : null
}

/** Smaller is worse: stuck, then by the worst slack they carry, then idle, then offline. */
export function driverRank(
  driver: BoardDriver,
  orders: ReadonlyMap<string, BoardOrder>,
  alerts: readonly Alert[],
  nowMs: number,
): number {
  if (driverTrouble(driver.id, alerts) === 'act') return Number.NEGATIVE_INFINITY
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
