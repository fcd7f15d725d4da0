import type { Alert } from '@doorstep/shared/contract'
import { type DriverId, distanceM, type LatLon, type OrderId } from '@doorstep/shared/domain'
import type { OrderRow } from '../orders/index.ts'
import { placeOfStop, type TrackedZone, type Tracker } from '../tracking/index.ts'
import { findAlerts, type WatchedDriver, type WatchedOrder } from './find-alerts.ts'

/** The alerts of a zone, looked at again and again; each keeps the moment it was first seen until it clears. */
export interface ZoneAlerts {
  current(): readonly Alert[]
  /** Looks now; answers what is new or different and what has cleared. */
  look(): { raised: Alert[]; cleared: string[] }
}

/** What dispatch knows about orders that nobody has yet. */
export interface PlanHints {
  /** How late the planner expects an order to be, in seconds; null for not late, or not known here. */
  lateS(id: OrderId): number | null
  /** Whether the driver an order is pinned to cannot have it. */
  cannotKeepPin(id: OrderId): boolean
  /** Whether drivers are chosen by staff, not by the planner. */
  isStaffsTurn(): boolean
}

/** Moving less than this since the last look is standing still (GPS wanders by some metres). */
const STILL_M = 25

/** Watches a zone for what is going wrong. */
export function watchZone(tracker: Tracker, zone: TrackedZone, hints: PlanHints): ZoneAlerts {
  let known = new Map<string, Alert>()
  let suggested = new Map<string, number>()
  const anchors = new Map<DriverId, { place: LatLon; stops: string; sinceMs: number }>()

  const watchDrivers = (nowMs: number): WatchedDriver[] =>
    [...zone.state.drivers.values()]
      .filter((driver) => driver.shiftStartedAt !== null)
      .map((driver) => {
        const position = tracker.fleet.locate(driver.id)
        const anchor = anchors.get(driver.id)
        // Who gets a new stop has had no time to move towards it.
        const stops = driver.stops.map((stop) => `${stop.kind} ${stop.orderId}`).join()
        if (position && (!anchor || anchor.stops !== stops || distanceM(anchor.place, position) > STILL_M)) {
          anchors.set(driver.id, { place: position, stops, sinceMs: nowMs })
        }
        const stopPlaces = driver.stops.flatMap((stop): LatLon[] => {
          const order = zone.state.orders.get(stop.orderId)
          return order ? [placeOfStop(stop, order)] : []
        })
        return {
          driver,
          fixAtMs: position?.fixAtMs ?? null,
          place: position ?? null,
          stillSinceMs: anchors.get(driver.id)?.sinceMs ?? null,
          stopPlaces,
        }
      })

  const watchOrders = (nowMs: number): WatchedOrder[] => {
    const open = [...zone.state.orders.values()].filter((order) => order.endedAt === null)
    const waiting = open.filter((order) => order.proposalDecisionId !== null && order.proposalActsAt === null)
    suggested = new Map(waiting.map(({ proposalDecisionId: id }) => [id!, suggested.get(id!) ?? nowMs]))
    return open.map((order) => ({
      order,
      predictedMs: expectedMs(order),
      suggestedSinceMs: suggested.get(order.proposalDecisionId ?? '') ?? null,
      cannotKeepPin: unkeptPin(order),
      isStaffsTurn: hints.isStaffsTurn(),
    }))
  }
  /** The later of what the way and the kitchen say, and what the planner expects of an order nobody has. */
  const expectedMs = (order: OrderRow): number | null => {
    const dropMs = tracker.eta(order)?.dropMs ?? null
    const lateS = order.driverId === null ? hints.lateS(order.id) : null
    return lateS === null ? dropMs : Math.max(dropMs ?? 0, order.promisedAt + lateS * 1000)
  }
  /** A node that does not plan sees it by the searches that found nobody. */
  const unkeptPin = (order: OrderRow): string | null => {
    if (order.pinnedDriverId === null || order.driverId !== null || order.isHeld) return null
    const isUnkept = hints.cannotKeepPin(order.id) || order.nextAttemptAt !== null || order.noDriverAt !== null
    return isUnkept ? (zone.state.drivers.get(order.pinnedDriverId)?.name ?? 'one driver') : null
  }

  return {
    current: () => [...known.values()],
    look() {
      const nowMs = tracker.clock.nowMs()
      const found = findAlerts(watchOrders(nowMs), watchDrivers(nowMs), nowMs).map((alert) => ({
        ...alert,
        sinceMs: known.get(alert.id)?.sinceMs ?? alert.sinceMs,
      }))
      const next = new Map(found.map((alert) => [alert.id, alert]))
      const raised = found.filter((alert) => isNews(alert, known.get(alert.id)))
      const cleared = [...known.keys()].filter((id) => !next.has(id))
      known = next
      return { raised, cleared }
    },
  }
}

function isNews(alert: Alert, before: Alert | undefined): boolean {
  return !before || before.text !== alert.text || before.orderIds.join() !== alert.orderIds.join()
}
