import type { Actor, DriverId, OrderId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** Opens an assignment; a second open one for the same order breaks a unique key. */
export async function insertAssignment(
  sql: Sql,
  row: {
    id: string
    orderId: OrderId
    driverId: DriverId
    decisionId: string | null
    by: Actor
    byId: string | null
    at: number
  },
): Promise<void> {
  await sql`
    insert into assignments (id, order_id, driver_id, decision_id, assigned_by, assigned_by_id, assigned_at)
    values (${row.id}, ${row.orderId}, ${row.driverId}, ${row.decisionId}, ${row.by}, ${row.byId}, ${row.at})`
}

/** Closes an order's open assignment, saying what ended it. */
export async function closeAssignment(sql: Sql, orderId: OrderId, reason: string, nowMs: number): Promise<void> {
  await sql`update assignments set ended_at = ${nowMs}, end_reason = ${reason} where order_id = ${orderId} and ended_at is null`
}
