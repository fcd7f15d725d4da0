import type { DriverId, LatLon } from '@doorstep/shared/domain'
import { driverAt, type Fleet, isOfferable, nearest } from '../fleet/index.ts'

/** Drivers count as available with fewer active orders than this. */
const BELOW_ORDERS = 2

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

/** Available drivers near a place, nearest first: on shift, heard of within 30 s, with fewer than two active orders. */
export function nearbyDrivers(fleet: Fleet, query: NearbyQuery, nowMs: number): NearbyDriver[] {
  const zones = query.zoneIds && new Set(query.zoneIds.map((id) => fleet.zones.indexOf(id)))
  const accept = (slot: number) => isOfferable(fleet, slot, nowMs, BELOW_ORDERS) && (!zones || zones.has(fleet.zone[slot]!))
  return nearest(fleet, query.place, query.limit, query.radiusM, accept).map(({ slot, distanceM }) => ({
    driverId: driverAt(fleet, slot),
    vehicle: fleet.vehicle[slot]!,
    place: { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! },
    distanceM,
    activeOrders: fleet.activeOrders[slot]!,
    fixAgeMs: Math.max(0, nowMs - fleet.fixAtMs[slot]!),
  }))
}
