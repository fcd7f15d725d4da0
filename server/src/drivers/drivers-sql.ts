import type { DriverId, OrderId, UserId, Vehicle, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A stop as a driver's list keeps it: which order, and whether it is fetched or brought there. */
export interface StopRef {
  orderId: OrderId
  kind: 'pickup' | 'drop'
}

/** A driver with the shift that is open, if any. Times in milliseconds since 1970. */
export interface DriverRow {
  id: DriverId
  userId: UserId
  zoneId: ZoneId
  name: string
  vehicle: Vehicle
  rating: number
  ratingCount: number
  maxOrders: number
  offersAnswered: number
  offersAccepted: number
  stops: StopRef[]
  shiftStartedAt: number | null
  shiftEndsAt: number | null
  /** Earned in the open shift, in minor units. */
  shiftEarnedMinor: number
}

const driverColumns = (sql: Sql) => sql`
  d.id, d.user_id, d.zone_id, d.name, d.vehicle, d.rating, d.rating_count, d.max_orders, d.offers_answered, d.offers_accepted,
  d.stops, s.started_at as shift_started_at, s.ends_at as shift_ends_at,
  coalesce(s.earned_minor, 0) as shift_earned_minor`
const driverTables = (sql: Sql) => sql`drivers d left join shifts s on s.driver_id = d.id and s.ended_at is null`

/** Reads one driver. */
export async function findDriver(sql: Sql, id: DriverId): Promise<DriverRow | undefined> {
  const [row] = await sql<DriverRow[]>`select ${driverColumns(sql)} from ${driverTables(sql)} where d.id = ${id}`
  return row
}

/** Every driver of a zone. */
export function driversOfZone(sql: Sql, zoneId: ZoneId): Promise<DriverRow[]> {
  return sql<
    DriverRow[]
  >`select ${driverColumns(sql)} from ${driverTables(sql)} where d.zone_id = ${zoneId} order by d.name, d.id`
}

/** Several drivers by id. */
export function driversById(sql: Sql, ids: readonly DriverId[]): Promise<DriverRow[]> {
  return sql<DriverRow[]>`select ${driverColumns(sql)} from ${driverTables(sql)} where d.id = any(${ids as DriverId[]}::uuid[])`
}

/** Adds driver profiles; those that are there stay as they are. */
export async function insertDrivers(
  sql: Sql,
  drivers: readonly Pick<DriverRow, 'id' | 'userId' | 'zoneId' | 'name' | 'vehicle' | 'rating' | 'ratingCount' | 'maxOrders'>[],
): Promise<void> {
  if (drivers.length === 0) return
  await sql`insert into drivers ${sql(drivers as never, 'id', 'userId', 'zoneId', 'name', 'vehicle', 'rating', 'ratingCount', 'maxOrders')}
    on conflict do nothing`
}

/** Opens a shift; false when one is open. */
export async function openShift(
  sql: Sql,
  shift: { id: string; driverId: DriverId; zoneId: ZoneId; startedAt: number; endsAt: number | null },
): Promise<boolean> {
  const rows = await sql`
    insert into shifts (id, driver_id, zone_id, started_at, ends_at)
    values (${shift.id}, ${shift.driverId}, ${shift.zoneId}, ${shift.startedAt}, ${shift.endsAt})
    on conflict (driver_id) where ended_at is null do nothing returning id`
  return rows.length === 1
}

/** Ends the open shift; false when none was open. */
export async function closeShift(sql: Sql, driverId: DriverId, endedAt: number): Promise<boolean> {
  const rows = await sql`update shifts set ended_at = ${endedAt} where driver_id = ${driverId} and ended_at is null returning id`
  return rows.length === 1
}

/** Adds to what a driver has earned in the open shift. */
export async function addShiftEarnings(sql: Sql, driverId: DriverId, amountMinor: number): Promise<void> {
  await sql`update shifts set earned_minor = earned_minor + ${amountMinor} where driver_id = ${driverId} and ended_at is null`
}

/** Keeps others from changing a driver's stops until the transaction ends, and reads them. */
export async function lockStops(sql: Sql, id: DriverId): Promise<StopRef[] | undefined> {
  const [row] = await sql<{ stops: StopRef[] }[]>`select stops from drivers where id = ${id} for update`
  return row?.stops
}

/** Writes a driver's ordered stops. */
export async function writeStops(sql: Sql, id: DriverId, stops: readonly StopRef[]): Promise<void> {
  await sql`update drivers set stops = ${sql.json(stops as never)} where id = ${id}`
}

/** Counts an answered offer towards the acceptance rate. */
export async function countOfferAnswer(sql: Sql, id: DriverId, accepted: boolean): Promise<void> {
  await sql`
    update drivers set offers_answered = offers_answered + 1, offers_accepted = offers_accepted + ${accepted ? 1 : 0} where id = ${id}`
}

/** Adds a rating of 1 to 5 to a driver's mean. */
export async function addRating(sql: Sql, id: DriverId, stars: number): Promise<void> {
  await sql`
    update drivers set rating = (rating * rating_count + ${stars}) / (rating_count + 1), rating_count = rating_count + 1 where id = ${id}`
}
