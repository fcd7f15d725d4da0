import { type DriverId, fail, ok, type Result } from '@doorstep/shared/domain'
import { newId, type Sql } from '../platform/index.ts'
import { closeShift, findDriver, openShift } from './drivers-sql.ts'

/** Starts a driver's shift; one that is open goes on. */
export async function goOnline(
  sql: Sql,
  driverId: DriverId,
  endsAt: number | null,
  nowMs: number,
): Promise<Result<{ isNew: boolean }, { kind: 'not_found' }>> {
  const driver = await findDriver(sql, driverId)
  if (!driver) return fail({ kind: 'not_found' })
  const isNew = await openShift(sql, { id: newId(nowMs), driverId, zoneId: driver.zoneId, startedAt: nowMs, endsAt })
  return ok({ isNew })
}

/** Ends a driver's shift; refused while there are stops to do. */
export async function goOffline(
  sql: Sql,
  driverId: DriverId,
  nowMs: number,
): Promise<Result<{ wasOnline: boolean }, { kind: 'not_found' } | { kind: 'carries_orders'; count: number }>> {
  const driver = await findDriver(sql, driverId)
  if (!driver) return fail({ kind: 'not_found' })
  const count = new Set(driver.stops.map((stop) => stop.orderId)).size
  if (count > 0) return fail({ kind: 'carries_orders', count })
  return ok({ wasOnline: await closeShift(sql, driverId, nowMs) })
}
