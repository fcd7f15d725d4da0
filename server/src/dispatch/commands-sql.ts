import type { OrderControl } from '@doorstep/shared/contract'
import type { DriverId, OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** What staff can do to an order's way to its driver. */
export type CommandKind =
  | 'assign'
  | 'reassign'
  | 'unassign'
  | 'pin'
  | 'hold'
  | 'release'
  | 'prioritise'
  | 'extend'
  | 'accept_proposal'
  | 'veto_proposal'

/** A command of dispatch staff, with what it changed, so that it can be taken back. */
export interface CommandRow {
  id: string
  zoneId: ZoneId
  orderId: OrderId
  kind: CommandKind
  actorId: UserId
  at: number
  reason: string | null
  before: OrderControl
  after: OrderControl
  /** Whom the planner would have chosen at that moment, and how much dearer the choice is by its own cost. */
  plannedDriverId: DriverId | null
  dearerByMinor: number | null
  versionAfter: number
  undoneAt: number | null
  undoes: string | null
}

/** Writes a command in the transaction that carries it out. */
export async function insertCommand(sql: Sql, row: Omit<CommandRow, 'undoneAt'>): Promise<void> {
  await sql`
    insert into dispatch_commands (id, zone_id, order_id, kind, actor_id, at, reason, before, after, planned_driver_id,
      dearer_by_minor, version_after, undoes)
    values (${row.id}, ${row.zoneId}, ${row.orderId}, ${row.kind}, ${row.actorId}, ${row.at}, ${row.reason},
      ${sql.json(row.before)}, ${sql.json(row.after)}, ${row.plannedDriverId}, ${row.dearerByMinor}, ${row.versionAfter}, ${row.undoes})`
}

/** Reads a command and keeps others from undoing it until the transaction ends. */
export async function lockCommand(sql: Sql, id: string): Promise<CommandRow | undefined> {
  const [row] = await sql<CommandRow[]>`
    select id, zone_id, order_id, kind, actor_id, at, reason, before, after, planned_driver_id, dearer_by_minor, version_after,
      undone_at, undoes
    from dispatch_commands where id = ${id} for update`
  return row
}

/** Marks a command as taken back. */
export async function markUndone(sql: Sql, id: string, at: number): Promise<void> {
  await sql`update dispatch_commands set undone_at = ${at} where id = ${id}`
}
