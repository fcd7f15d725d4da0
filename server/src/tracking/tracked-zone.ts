import type { DriverId, LatLon, ZoneId } from '@doorstep/shared/domain'
import type { ZoneState } from '../drivers/index.ts'

/** Where a driver is, as the live fleet knows it. */
export interface DriverPosition extends LatLon {
  courseDeg: number | null
  fixAtMs: number
}

/** The part of the live fleet that tracking reads. */
export interface FleetPositions {
  locate(id: DriverId): DriverPosition | undefined
}

/** A zone whose orders are tracked on this node. */
export interface TrackedZone {
  zoneId: ZoneId
  name: string
  timeZone: string
  currency: string
  usualDeliveryMinutes: number
  state: ZoneState
}

/** Seconds a driver spends handing an order over, at a merchant and at a door, until a zone has measured its own. */
export const HAND_OVER_S = { pickup: 90, drop: 90 } as const
