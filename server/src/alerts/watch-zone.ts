import type { Alert } from '@doorstep/shared/contract'
import { type DriverId, distanceM, type LatLon } from '@doorstep/shared/domain'
import { placeOfStop, type TrackedZone, type Tracker } from '../tracking/index.ts'
import { findAlerts, type WatchedDriver } from './find-alerts.ts'

/** The alerts of a zone, looked at again and again; each keeps the moment it was first seen until it clears. */
export interface ZoneAlerts {
  current(): readonly Alert[]
  /** Looks now; answers what is new or different and what has cleared. */
  look(): { raised: Alert[]; cleared: string[] }
}

/** Moving less than this since the last look is standing still (GPS wanders by some metres). */
const STILL_M = 25

/** Watches a zone for what is going wrong. */
export function watchZone(tracker: Tracker, zone: TrackedZone): ZoneAlerts {
  let known = new Map<string, Alert>()
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

  return {
    current: () => [...known.values()],
    look() {
      const nowMs = tracker.clock.nowMs()
      const orders = [...zone.state.orders.values()]
        .filter((order) => order.endedAt === null)
        .map((order) => ({ order, predictedMs: tracker.eta(order)?.dropMs ?? null }))
      const found = findAlerts(orders, watchDrivers(nowMs), nowMs).map((alert) => ({
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
