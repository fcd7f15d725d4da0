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

/**
 * What a reader of the log has seen, as a snapshot of PostgreSQL (`xmin:xmax:xip,…`): the entries of every transaction
 * that the snapshot sees.
 */
export type LogSnapshot = string

/** All that is in the log now. */
export async function logNow(sql: Sql): Promise<LogSnapshot> {
  const [row] = await sql<{ snapshot: LogSnapshot }[]>`select pg_current_snapshot()::text as snapshot`
  return row!.snapshot
}

/** An entry as a follower of the log gets it, with the parties of its order as they are when it is read. */
export interface FollowedEvent {
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

/** Where the next page of new entries begins: after a position, and no further than the first page could see. */
export interface LogPage {
  snapshot: LogSnapshot
  position: number
}

/**
 * What was committed since a snapshot, whichever transaction began first: nobody waits for one that is still open, and
 * nothing of it is missed when it ends. Entries of one order come in their order, since its row is locked for each: who
 * sees one sees those before it, and they have lower positions. `snapshot` is what has been seen once all pages were read.
 */
export function eventsSince(
  sql: Sql,
  seen: LogSnapshot,
  page: LogPage | undefined,
  limit: number,
): Promise<(FollowedEvent & { snapshot: LogSnapshot })[]> {
  const ofPage = page
    ? sql`where position > ${page.position}::bigint and pg_visible_in_snapshot(xid, ${page.snapshot}::text::pg_snapshot)`
    : sql``
  // How many are fresh cannot be estimated: `offset 0` has each of them looked up, whatever the planner thinks there are.
  return sql<(FollowedEvent & { snapshot: LogSnapshot })[]>`
    with fresh as materialized (
      select xid, position from order_events where xid >= pg_snapshot_xmax(${seen}::text::pg_snapshot)
      union all
      select xid, position from order_events where xid = any(array(select pg_snapshot_xip(${seen}::text::pg_snapshot)))
    ), next as materialized (select position from fresh ${ofPage} order by position limit ${limit})
    select e.*, u.name as actor_name, o.merchant_id, o.customer_id, o.driver_id, pg_current_snapshot()::text as snapshot
    from next
      cross join lateral (
        select l.position, l.order_id, l.seq, l.zone_id, l.type, l.at, l.actor, l.actor_id, l.data
        from order_events l where l.position = next.position offset 0
      ) e
      join orders o on o.id = e.order_id
      left join users u on u.id = e.actor_id
    order by e.position`
}

/** How far a named reader has come; undefined before its first time. Of what it saw last, some may come again. */
export async function readCursor(sql: Sql, reader: string): Promise<LogSnapshot | undefined> {
  const [row] = await sql<{ xid: string }[]>`select xid::text as xid from event_cursors where reader = ${reader}`
  return row && `${row.xid}:${row.xid}:`
}

/** Remembers how far a named reader has come: all transactions below the oldest that was open. */
export async function writeCursor(sql: Sql, reader: string, seen: LogSnapshot): Promise<void> {
  await sql`
    insert into event_cursors (reader, xid, position) values (${reader}, pg_snapshot_xmin(${seen}::text::pg_snapshot), 0)
    on conflict (reader) do update set xid = excluded.xid, position = excluded.position`
}

/** When the last entry of the log was written, 0 for an empty log. */
export async function lastEventMs(sql: Sql): Promise<number> {
  const [row] = await sql<{ at: number }[]>`select at from order_events order by position desc limit 1`
  return row?.at ?? 0
}
