import type { DriverId, MerchantId, OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'
import type { EventData, OrderEventRow } from './order-row.ts'

/** Appends to an order's log, in the transaction of the change it tells of. */
export async function insertEvent(sql: Sql, event: Omit<OrderEventRow, 'position'>): Promise<void> {
  await sql`
    insert into order_events (order_id, seq, zone_id, type, at, actor, actor_id, data)
    values (${event.orderId}, ${event.seq}, ${event.zoneId}, ${event.type}, ${event.at}, ${event.actor}, ${event.actorId},
      ${sql.json(event.data)})`
}

/** A log entry with the name of whoever acted. */
export type NamedEventRow = OrderEventRow & { actorName: string | null }

/** An order's whole log, oldest first. */
export function eventsOfOrder(sql: Sql, id: OrderId): Promise<NamedEventRow[]> {
  return sql<NamedEventRow[]>`
    select e.position, e.order_id, e.seq, e.zone_id, e.type, e.at, e.actor, e.actor_id, e.data, u.name as actor_name
    from order_events e left join users u on u.id = e.actor_id
    where e.order_id = ${id} order by e.seq`
}

/** The last entry of an order's log: who changed what. */
export async function lastEvent(sql: Sql, id: OrderId): Promise<NamedEventRow | undefined> {
  const [row] = await sql<NamedEventRow[]>`
    select e.position, e.order_id, e.seq, e.zone_id, e.type, e.at, e.actor, e.actor_id, e.data, u.name as actor_name
    from order_events e left join users u on u.id = e.actor_id
    where e.order_id = ${id} order by e.seq desc limit 1`
  return row
}

/** Where a reader of the log stands: after this transaction and position. */
export interface LogPosition {
  xid: string
  position: number
}

/** The end of what can be read of the log without missing anything. */
export async function logEnd(sql: Sql): Promise<LogPosition> {
  const [row] = await sql<{ xid: string; position: number }[]>`
    select coalesce(max(xid)::text, '0') as xid, coalesce(max(position), 0) as position
    from (select xid, position from order_events where xid < pg_snapshot_xmin(pg_current_snapshot())
          order by xid desc, position desc limit 1) last`
  return row!
}

/** An entry as a follower of the log gets it, with the parties of its order as they are when it is read. */
export interface FollowedEvent {
  xid: string
  position: number
  orderId: OrderId
  seq: number
  zoneId: ZoneId
  type: OrderEventRow['type']
  at: number
  actor: OrderEventRow['actor']
  actorId: string | null
  actorName: string | null
  data: EventData
  merchantId: MerchantId
  customerId: UserId
  driverId: DriverId | null
}

/**
 * What was committed after a position, in commit-safe order. The last one may not be settled: a transaction older than
 * its own is still open and may yet write before it, so it must not be told of now, nor may what came after it.
 */
export function eventsAfter(sql: Sql, after: LogPosition, limit: number): Promise<(FollowedEvent & { isSettled: boolean })[]> {
  const isAfter = sql`(xid, position) > (${after.xid}::text::xid8, ${after.position}::bigint)`
  return sql<(FollowedEvent & { isSettled: boolean })[]>`
    with next as (
      (select position, true as is_settled from order_events
       where ${isAfter} and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, position limit ${limit})
      union all
      (select position, false from order_events
       where ${isAfter} and xid >= pg_snapshot_xmin(pg_current_snapshot()) order by xid, position limit 1)
    )
    select e.xid::text as xid, e.position, e.order_id, e.seq, e.zone_id, e.type, e.at, e.actor, e.actor_id, e.data,
      u.name as actor_name, o.merchant_id, o.customer_id, o.driver_id, n.is_settled
    from next n join order_events e on e.position = n.position join orders o on o.id = e.order_id
      left join users u on u.id = e.actor_id
    order by n.is_settled desc, e.xid, e.position`
}

/** How far a named reader has come; undefined before its first time. */
export async function readCursor(sql: Sql, reader: string): Promise<LogPosition | undefined> {
  const [row] = await sql<LogPosition[]>`select xid::text as xid, position from event_cursors where reader = ${reader}`
  return row
}

/** Remembers how far a named reader has come. */
export async function writeCursor(sql: Sql, reader: string, at: LogPosition): Promise<void> {
  await sql`
    insert into event_cursors (reader, xid, position) values (${reader}, ${at.xid}::text::xid8, ${at.position})
    on conflict (reader) do update set xid = excluded.xid, position = excluded.position`
}

/** When the last entry of the log was written, 0 for an empty log. */
export async function lastEventMs(sql: Sql): Promise<number> {
  const [row] = await sql<{ at: number }[]>`select at from order_events order by position desc limit 1`
  return row?.at ?? 0
}
