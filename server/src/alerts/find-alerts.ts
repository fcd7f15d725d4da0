import type { Alert } from '@doorstep/shared/contract'
import { distanceM, isCarried, type LatLon, type OrderId } from '@doorstep/shared/domain'
import type { DriverRow } from '../drivers/index.ts'
import type { OrderRow } from '../orders/index.ts'

/** When something counts as going wrong; seconds. */
export const ALERT_AFTER = {
  /** An order whose food is ready, or nearly where staff choose the drivers, without a driver; and not sooner after the kitchen took it on. */
  unassignedS: 180,
  /** Where staff choose the drivers they are told this long before the food is ready. */
  chooseBeforeReadyS: 300,
  /** What the planner suggests waits for staff. */
  suggestedS: 30,
  /** Less slack than this. */
  riskSlackS: 180,
  /** A driver with stops who has not moved, away from any of them. */
  stuckS: 180,
  /** A driver with stops whose last fix is older. */
  gpsDarkS: 60,
  /** A kitchen past its own word. */
  merchantSlowS: 300,
} as const

/** Waiting within this of a stop is waiting there, not being stuck. */
const AT_STOP_M = 60

/** An open order with when it is expected at the door, in ms. */
export interface WatchedOrder {
  order: OrderRow
  predictedMs: number | null
  /** Since when a suggestion of the planner waits for staff. */
  suggestedSinceMs: number | null
  /** The name of the driver it is pinned to, where that one cannot have it. */
  cannotKeepPin: string | null
  /** Drivers are chosen by staff, not by the planner. */
  isStaffsTurn: boolean
}

/** A driver on shift: the last fix, and since when they have been where they are. */
export interface WatchedDriver {
  driver: DriverRow
  fixAtMs: number | null
  place: LatLon | null
  stillSinceMs: number | null
  stopPlaces: readonly LatLon[]
}

/** What is going wrong now, one alert per cause; `sinceMs` is when the cause began, as far as the data tell. */
export function findAlerts(orders: readonly WatchedOrder[], drivers: readonly WatchedDriver[], nowMs: number): Alert[] {
  const alerts: Alert[] = []
  const explained = new Set<OrderId>()
  for (const alert of [...driverAlerts(drivers, nowMs), ...merchantAlerts(orders, nowMs)]) {
    alerts.push(alert)
    for (const id of alert.orderIds) explained.add(id)
  }
  for (const watched of orders) {
    const alert = orderAlert(watched, explained.has(watched.order.id), nowMs)
    if (alert) alerts.push(alert)
  }
  return alerts
}

function driverAlerts(drivers: readonly WatchedDriver[], nowMs: number): Alert[] {
  return drivers.flatMap(({ driver, fixAtMs, place, stillSinceMs, stopPlaces }): Alert[] => {
    const orderIds = [...new Set(driver.stops.map((stop) => stop.orderId))]
    if (orderIds.length === 0) return []
    const about = { orderIds, driverId: driver.id, merchantId: null }
    if (fixAtMs === null || nowMs - fixAtMs > ALERT_AFTER.gpsDarkS * 1000) {
      return [
        {
          ...about,
          id: `gps_dark:${driver.id}`,
          class: 'gps_dark',
          sinceMs: fixAtMs ?? nowMs,
          text: `No position from ${driver.name}`,
        },
      ]
    }
    const isAtStop = place !== null && stopPlaces.some((stop) => distanceM(place, stop) <= AT_STOP_M)
    if (!isAtStop && stillSinceMs !== null && nowMs - stillSinceMs > ALERT_AFTER.stuckS * 1000) {
      return [
        {
          ...about,
          id: `stuck:${driver.id}`,
          class: 'stuck',
          sinceMs: stillSinceMs,
          text: `${driver.name} has not moved`,
        },
      ]
    }
    return []
  })
}

function merchantAlerts(orders: readonly WatchedOrder[], nowMs: number): Alert[] {
  const waiting = orders.filter(({ order }) => isKitchenSlow(order, nowMs)).map(({ order }) => order)
  return [...Map.groupBy(waiting, (order) => order.merchantId)].map(([merchantId, slow]) => {
    const sinceMs = Math.min(...slow.map((order) => order.kitchenReadyAt))
    const minutes = Math.round((nowMs - sinceMs) / 60_000)
    return {
      id: `merchant_slow:${merchantId}`,
      class: 'merchant_slow' as const,
      sinceMs,
      orderIds: slow.map((order) => order.id),
      driverId: null,
      merchantId,
      text: `${slow[0]!.merchantName} is ${minutes} min behind its word`,
    }
  })
}

function isKitchenSlow(order: OrderRow, nowMs: number): boolean {
  const isCooking = order.kitchen === 'accepted' || order.kitchen === 'preparing'
  return isCooking && !isCarried(order) && nowMs - order.kitchenReadyAt > ALERT_AFTER.merchantSlowS * 1000
}

/** Why an order without a driver needs staff, and since when; null while everything takes its course. */
function missingDriver(watched: WatchedOrder, nowMs: number): { sinceMs: number; text: string } | null {
  const { order, suggestedSinceMs, cannotKeepPin, isStaffsTurn } = watched
  const { acceptedAt, noDriverAt, readyAt, kitchenReadyAt } = order
  if (cannotKeepPin !== null) return { sinceMs: noDriverAt ?? nowMs, text: ` is only for ${cannotKeepPin}, who cannot take it` }
  if (noDriverAt !== null) return { sinceMs: noDriverAt, text: ': no driver found' }
  if (suggestedSinceMs !== null && nowMs - suggestedSinceMs > ALERT_AFTER.suggestedS * 1000)
    return { sinceMs: suggestedSinceMs, text: ' waits for you to choose its driver' }
  if (acceptedAt === null) return null
  // A driver is told late on purpose, so nothing is amiss before the food is ready.
  const aheadMs = isStaffsTurn ? ALERT_AFTER.chooseBeforeReadyS * 1000 : 0
  const dueMs = Math.max(acceptedAt, Math.min(readyAt ?? Number.POSITIVE_INFINITY, kitchenReadyAt) - aheadMs)
  return nowMs > Math.max(acceptedAt + ALERT_AFTER.unassignedS * 1000, dueMs)
    ? { sinceMs: dueMs, text: ' has no driver yet' }
    : null
}

function orderAlert(watched: WatchedOrder, isExplained: boolean, nowMs: number): Alert | null {
  const { order, predictedMs } = watched
  const about = { orderIds: [order.id], driverId: order.driverId, merchantId: order.merchantId }
  const name = `#${order.number}`
  const alert = (kind: Alert['class'], sinceMs: number, text: string): Alert => ({
    ...about,
    id: `${kind}:${order.id}`,
    class: kind,
    sinceMs,
    text,
  })
  const missing = order.driverId === null ? missingDriver(watched, nowMs) : null
  if (missing) return alert('unassigned', missing.sinceMs, `${name}${missing.text}`)
  // The cause is alerted once; the orders behind it are named there.
  if (isExplained) return null
  const expectedMs = Math.max(predictedMs ?? 0, nowMs)
  const slackS = (order.promisedAt - expectedMs) / 1000
  if (slackS < 0) return alert('late', Math.min(order.promisedAt, nowMs), `${name} is ${Math.ceil(-slackS / 60)} min late`)
  if (slackS < ALERT_AFTER.riskSlackS) return alert('at_risk', nowMs, `${name} has ${Math.floor(slackS / 60)} min left`)
  return null
}
