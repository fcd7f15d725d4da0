import type { DriverId, LatLon } from '@doorstep/shared/domain'
import { createNearestAnswer, driverAt, type Fleet, nearestInto } from '../fleet/index.ts'

/** What is asked about. */
export interface NearbyQuery {
  place: LatLon
  radiusM: number
  limit: number
  /** Only drivers of these zones; undefined for all. */
  zoneIds: readonly string[] | undefined
}

/** An available driver near a place. */
export interface NearbyDriver {
  driverId: DriverId
  /** Index into VEHICLES. */
  vehicle: number
  place: LatLon
  distanceM: number
  activeOrders: number
  fixAgeMs: number
}

let answer = createNearestAnswer(20)

/** Available drivers near a place, nearest first: on shift, heard of within 30 s, with fewer than two active orders. */
export function nearbyDrivers(fleet: Fleet, query: NearbyQuery, nowMs: number): NearbyDriver[] {
  const { place, radiusM, limit } = query
  const zones = query.zoneIds && new Set(query.zoneIds.map((id) => fleet.zones.indexOf(id)))
  if (limit > answer.slots.length) answer = createNearestAnswer(limit)
  const count = nearestInto(fleet, { place, radiusM, k: limit, nowMs, zones }, answer)
  const found: NearbyDriver[] = []
  for (let i = 0; i < count; i++) {
    const slot = answer.slots[i]!
    found.push({
      driverId: driverAt(fleet, slot),
      vehicle: fleet.vehicle[slot]!,
      place: { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! },
      distanceM: answer.distanceM[i]!,
      activeOrders: fleet.activeOrders[slot]!,
      fixAgeMs: Math.max(0, nowMs - fleet.fixAtMs[slot]!),
    })
  }
  return found
}
