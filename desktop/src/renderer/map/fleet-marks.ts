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

/** What drivers' marks show at one moment. */
export interface Marks {
  stateOf(driverId: string, doing: number): FleetState
  /** The words beside a mark that says more than its colour does; null for all others. */
  labelOf(driverId: string, state: FleetState, fixAtMs: number): MarkLabel | null
}

/** Words beside a mark; the rank says how much they matter among others. */
export interface MarkLabel {
  text: string
  rank: number
}

/** Looks up marks for a whole fleet: what is rare (trouble, lateness) is worked out once, the rest without allocating. */
export function createMarks({ drivers, orders, alerts }: FleetFacts, nowMs: number): Marks {
  const stuckSinceMs = new Map<string, number>()
  const dark = new Set<string>()
  for (const alert of alerts) {
    if (!alert.driverId) continue
    if (alert.class === 'stuck') stuckSinceMs.set(alert.driverId, alert.sinceMs)
    if (alert.class === 'gps_dark') dark.add(alert.driverId)
  }
  const lateMs = lateDrivers(orders, nowMs)
  const nameOf = (driverId: string) => shortName(drivers.get(driverId)?.name ?? '')

  return {
    stateOf(driverId, doing) {
      if (stuckSinceMs.has(driverId)) return FLEET_STATE.act
      const driver = drivers.get(driverId)
      if (driver && !driver.isOnline) return FLEET_STATE.offline
      if (doing === DRIVER_STATE.offline || doing === DRIVER_STATE.onBreak) return FLEET_STATE.offline
      if (dark.has(driverId)) return FLEET_STATE.gpsDark
      const late = lateMs.get(driverId)
      if (late !== undefined) return lateness(-late) === 'very_late' ? FLEET_STATE.veryLate : FLEET_STATE.late
      return restingState(driver, doing)
    },
    labelOf(driverId, state, fixAtMs) {
      const late = lateMs.get(driverId) ?? 0
      switch (state) {
        case FLEET_STATE.act:
          return { text: `${nameOf(driverId)} stuck ${age(nowMs - (stuckSinceMs.get(driverId) ?? nowMs))}`, rank: 9_000 }
        case FLEET_STATE.gpsDark:
          return { text: `${nameOf(driverId)} GPS ${fixAtMs > 0 ? age(nowMs - fixAtMs) : 'dark'}`, rank: 500 }
        case FLEET_STATE.late:
        case FLEET_STATE.veryLate:
          return { text: `${nameOf(driverId)} +${Math.round(late / 60_000)}`, rank: late / 60_000 }
        default:
          return null
      }
    },
  }
}

/** How late the latest order of each late driver is, in milliseconds. */
function lateDrivers(orders: ReadonlyMap<string, BoardOrder>, nowMs: number): Map<string, number> {
  const late = new Map<string, number>()
  for (const order of orders.values()) {
    if (!order.driverId || order.endedAtMs !== null) continue
    const slack = slackMs(order, nowMs)
    if (slack === null || lateness(slack) === 'on_time') continue
    late.set(order.driverId, Math.max(late.get(order.driverId) ?? 0, -slack))
  }
  return late
}

function restingState(driver: BoardDriver | undefined, doing: number): FleetState {
  if (driver?.stops[0]?.arrivedAtMs != null) return FLEET_STATE.atStop
  if (doing === DRIVER_STATE.toPickup || doing === DRIVER_STATE.carrying) return FLEET_STATE.moving
  if (driver && driver.activeOrders > 0) return FLEET_STATE.moving
  return FLEET_STATE.idle
}
