import { type DriverId, VEHICLES } from '@doorstep/shared/domain'
import { AppError, type HandleRoute } from '../platform/index.ts'
import type { BatchFix } from './position-batch.ts'
import type { Positions } from './positions.ts'

/** Mounts the HTTP routes of positions; `driverName` reads what the drivers room knows. */
export function mountPositionRoutes(
  handle: HandleRoute,
  deps: { positions: Positions; driverName: (id: DriverId) => string | undefined },
): void {
  const { positions } = deps

  handle('POST /driver/location', ({ principal, body }) => {
    const driverId = principal.driverId
    if (!driverId) throw new AppError('forbidden')
    const rejected: { seq: number; rule: string }[] = []
    for (const fix of body.fixes) {
      const rule = positions.take(driverId, toBatchFix(fix))
      if (rule) rejected.push({ seq: fix.seq, rule })
    }
    return { accepted: body.fixes.length - rejected.length, rejected }
  })

  handle('GET /drivers/nearby', ({ principal, query }) => {
    const found = positions.nearby({
      place: { lat: query.lat, lon: query.lon },
      radiusM: query.radiusM,
      limit: query.limit,
      zoneIds: principal.zoneIds,
    })
    return {
      items: found.map((near) => ({
        id: near.driverId,
        name: deps.driverName(near.driverId) ?? '',
        vehicle: VEHICLES[near.vehicle]!,
        place: near.place,
        distanceM: Math.round(near.distanceM),
        activeOrders: near.activeOrders,
        fixAgeMs: Math.round(near.fixAgeMs),
      })),
    }
  })
}

/** A fix of the contract as the room takes it: unknown numbers are NaN. */
export function toBatchFix(fix: {
  lat: number
  lon: number
  atMs: number
  seq: number
  courseDeg: number | null
  speedMps: number | null
}): BatchFix {
  const { lat, lon, atMs, seq } = fix
  return { lat, lon, atMs, seq, courseDeg: fix.courseDeg ?? Number.NaN, speedMps: fix.speedMps ?? Number.NaN }
}
