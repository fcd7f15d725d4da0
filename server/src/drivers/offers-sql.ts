import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** How an offer ended; `open` while the driver may still answer. */
export type OfferOutcome = 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn'

/** An order shown to a driver. Times in milliseconds since 1970. */
export interface OfferRow {
  id: string
  orderId: OrderId
  driverId: DriverId
  zoneId: ZoneId
  decisionId: string | null
  offeredAt: number
  expiresAt: number
  toPickupM: number
  toPickupS: number
  outcome: OfferOutcome
}

const offerColumns = (sql: Sql) => sql`
  id, order_id, driver_id, zone_id, decision_id, offered_at, expires_at, to_pickup_m, to_pickup_s, outcome`

/** Writes an open offer. */
export async function insertOffer(sql: Sql, offer: Omit<OfferRow, 'outcome'>): Promise<void> {
  await sql`insert into offers ${sql(offer as never, 'id', 'orderId', 'driverId', 'zoneId', 'decisionId', 'offeredAt', 'expiresAt', 'toPickupM', 'toPickupS')}`
}

/** The open offers of a zone. */
export function openOffersOfZone(sql: Sql, zoneId: ZoneId): Promise<OfferRow[]> {
  return sql<
    OfferRow[]
  >`select ${offerColumns(sql)} from offers where zone_id = ${zoneId} and outcome = 'open' order by offered_at`
}

/** The open offers of some orders. */
export function openOffersOfOrders(sql: Sql, ids: readonly OrderId[]): Promise<OfferRow[]> {
  return sql<OfferRow[]>`
    select ${offerColumns(sql)} from offers where order_id = any(${ids as OrderId[]}::uuid[]) and outcome = 'open' order by offered_at`
}

/** The newest offer of an order to a driver, whatever became of it. */
export async function lastOffer(sql: Sql, orderId: OrderId, driverId: DriverId): Promise<OfferRow | undefined> {
  const [row] = await sql<OfferRow[]>`
    select ${offerColumns(sql)} from offers where order_id = ${orderId} and driver_id = ${driverId} order by offered_at desc limit 1`
  return row
}

/** Ends an open offer one way; false when it had ended already. */
export async function endOffer(
  sql: Sql,
  id: string,
  outcome: Exclude<OfferOutcome, 'open'>,
  nowMs: number,
  reason: string | null = null,
): Promise<boolean> {
  const rows = await sql`
    update offers set outcome = ${outcome}, answered_at = ${nowMs}, reason = ${reason} where id = ${id} and outcome = 'open' returning id`
  return rows.length === 1
}

/** Takes back every open offer of an order; answers who had one. */
export async function withdrawOffers(sql: Sql, orderId: OrderId, nowMs: number): Promise<DriverId[]> {
  const rows = await sql<{ driverId: DriverId }[]>`
    update offers set outcome = 'withdrawn', answered_at = ${nowMs} where order_id = ${orderId} and outcome = 'open' returning driver_id`
  return rows.map((row) => row.driverId)
}
