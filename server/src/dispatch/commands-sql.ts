import type { DriverId, OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A command of dispatch staff, with what it changed, so that it can be taken back. */
export interface CommandRow {
  id: string
  zoneId: ZoneId
  orderId: OrderId
  kind: 'assign' | 'reassign' | 'unassign'
  actorId: UserId
  at: number
  reason: string | null
  driverBefore: DriverId | null
  driverAfter: DriverId | null
  wasPinned: boolean
  versionAfter: number
  undoneAt: number | null
  undoes: string | null
}

/** Writes a command in the transaction that carries it out. */
export async function insertCommand(sql: Sql, row: Omit<CommandRow, 'undoneAt'>): Promise<void> {
  await sql`insert into dispatch_commands ${sql(row as never, 'id', 'zoneId', 'orderId', 'kind', 'actorId', 'at', 'reason', 'driverBefore', 'driverAfter', 'wasPinned', 'versionAfter', 'undoes')}`
}

/** Reads a command and keeps others from undoing it until the transaction ends. */
export async function lockCommand(sql: Sql, id: string): Promise<CommandRow | undefined> {
  const [row] = await sql<CommandRow[]>`
    select id, zone_id, order_id, kind, actor_id, at, reason, driver_before, driver_after, was_pinned, version_after, undone_at, undoes
    from dispatch_commands where id = ${id} for update`
  return row
}

/** Marks a command as taken back. */
export async function markUndone(sql: Sql, id: string, at: number): Promise<void> {
  await sql`update dispatch_commands set undone_at = ${at} where id = ${id}`
}
