import { DRIVER_STATE } from '@doorstep/shared/client'
import type { Alert, BoardDriver, BoardOrder } from '@doorstep/shared/contract'
import { FLEET_STATE, type FleetState } from '@doorstep/shared/map/fleet'
import { age, shortName } from '../board/format.ts'
import { lateness, slackMs } from '../board/slack.ts'

/** What is known about the drivers besides where they are. */
export interface FleetFacts {
  drivers: ReadonlyMap<string, BoardDriver>
  orders: ReadonlyMap<string, BoardOrder>
  alerts: readonly Alert[]
}

/** A driver's mark and, where it says more than its colour, the words beside it. */
export interface DriverMark {
  state: FleetState
  label: string | null
  /** How much the label matters among others. */
  rank: number
}

/** Looks up drivers' marks at one moment; make a new one when the facts change. */
export function createMarks({ drivers, orders, alerts }: FleetFacts) {
  const stuck = new Map<string, Alert>()
  const dark = new Set<string>()
  for (const alert of alerts) {
    if (!alert.driverId) continue
    if (alert.class === 'stuck') stuck.set(alert.driverId, alert)
    if (alert.class === 'gps_dark') dark.add(alert.driverId)
  }
  const carried = new Map<string, BoardOrder[]>()
  for (const order of orders.values()) {
    if (!order.driverId || order.endedAtMs !== null) continue
    const list = carried.get(order.driverId)
    if (list) list.push(order)
    else carried.set(order.driverId, [order])
  }

  return (driverId: string, doing: number, fixAtMs: number, nowMs: number): DriverMark => {
    const driver = drivers.get(driverId)
    const name = driver ? shortName(driver.name) : ''
    const stuckSince = stuck.get(driverId)?.sinceMs
    if (stuckSince !== undefined) return { state: FLEET_STATE.act, label: `${name} stuck ${age(nowMs - stuckSince)}`, rank: 900 }
    if (driver && !driver.isOnline) return { state: FLEET_STATE.offline, label: null, rank: 0 }
    if (doing === DRIVER_STATE.offline || doing === DRIVER_STATE.onBreak)
      return { state: FLEET_STATE.offline, label: null, rank: 0 }
    if (dark.has(driverId)) {
      const label = fixAtMs > 0 ? `${name} GPS ${age(nowMs - fixAtMs)}` : `${name} GPS dark`
      return { state: FLEET_STATE.gpsDark, label, rank: 500 }
    }
    const worst = worstSlack(carried.get(driverId), nowMs)
    const late = lateness(worst)
    if (late !== 'on_time' && worst !== null) {
      const state = late === 'late' ? FLEET_STATE.late : FLEET_STATE.veryLate
      const minutes = Math.round(-worst / 60_000)
      return { state, label: `${name} +${minutes}`, rank: minutes }
    }
    return { state: restingState(driver, doing), label: null, rank: 0 }
  }
}

function worstSlack(orders: BoardOrder[] | undefined, nowMs: number): number | null {
  let worst: number | null = null
  for (const order of orders ?? []) {
    const slack = slackMs(order, nowMs)
    if (slack !== null && (worst === null || slack < worst)) worst = slack
  }
  return worst
}

function restingState(driver: BoardDriver | undefined, doing: number): FleetState {
  if (driver?.stops[0]?.arrivedAtMs != null) return FLEET_STATE.atStop
  if (doing === DRIVER_STATE.toPickup || doing === DRIVER_STATE.carrying) return FLEET_STATE.moving
  if (driver && driver.activeOrders > 0) return FLEET_STATE.moving
  return FLEET_STATE.idle
}
