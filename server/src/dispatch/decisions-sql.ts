import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { Explanation, StopRef } from '../planner/index.ts'
import type { Sql } from '../platform/index.ts'

/** Candidates kept with a decision; the rest are worse than these. */
export const KEPT_CANDIDATES = 20

/** What is kept of a decision: why it came out as it did, and the stops planned with it. */
export interface StoredExplanation extends Explanation {
  route: readonly StopRef[]
}

/** A decision of the planner for one order. */
export interface DecisionRow {
  id: string
  zoneId: ZoneId
  orderId: OrderId
  at: number
  policy: string
  kind: string
  driverId: DriverId | null
  snapshotHash: string
  explanation: StoredExplanation
}

/** Stores a decision in the transaction that carries it out. */
export async function insertDecision(sql: Sql, row: DecisionRow): Promise<void> {
  await sql`
    insert into decisions (id, zone_id, order_id, at, policy, kind, driver_id, snapshot_hash, explanation)
    values (${row.id}, ${row.zoneId}, ${row.orderId}, ${row.at}, ${row.policy}, ${row.kind}, ${row.driverId}, ${row.snapshotHash},
      ${sql.json(row.explanation as never)})`
}

/** An order's decisions, newest first. */
export function decisionsOfOrder(sql: Sql, orderId: OrderId): Promise<DecisionRow[]> {
  return sql<DecisionRow[]>`
    select id, zone_id, order_id, at, policy, kind, driver_id, snapshot_hash, explanation
    from decisions where order_id = ${orderId} order by at desc, id desc limit 50`
}

/** The decisions of the order with a number, newest first. */
export function decisionsOfNumber(sql: Sql, number: number): Promise<DecisionRow[]> {
  return sql<DecisionRow[]>`
    select d.id, d.zone_id, d.order_id, d.at, d.policy, d.kind, d.driver_id, d.snapshot_hash, d.explanation
    from decisions d join orders o on o.id = d.order_id where o.number = ${number} order by d.at desc, d.id desc limit 50`
}

/** One decision. */
export async function findDecision(sql: Sql, id: string): Promise<DecisionRow | undefined> {
  const [row] = await sql<DecisionRow[]>`
    select id, zone_id, order_id, at, policy, kind, driver_id, snapshot_hash, explanation from decisions where id = ${id}`
  return row
}

/** The stops planned with a decision; empty when there is none of that id. */
export async function stopsOfDecision(sql: Sql, id: string): Promise<readonly StopRef[]> {
  const [row] = await sql<{ route: StopRef[] | null }[]>`select explanation -> 'route' as route from decisions where id = ${id}`
  return row?.route ?? []
}

/** Whom the planner chose for an order last, whether or not it could act. */
export async function lastPlannedDriver(sql: Sql, orderId: OrderId): Promise<DriverId | null> {
  const [row] = await sql<{ driverId: DriverId }[]>`
    select driver_id from decisions
    where order_id = ${orderId} and driver_id is not null and kind <> 'staff' order by at desc, id desc limit 1`
  return row?.driverId ?? null
}
