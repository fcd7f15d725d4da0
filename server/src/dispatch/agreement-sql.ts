import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A driver chosen by staff while the planner had a choice of its own. */
export interface ChoiceRow {
  orderId: OrderId
  number: number
  at: number
  actorName: string
  driverId: DriverId
  driverName: string
  plannedDriverId: DriverId
  plannedDriverName: string
  dearerByMinor: number | null
  reason: string | null
}

/** Commands that choose a driver; undone ones do not count, and neither do undos. */
const choices = (sql: Sql, zoneId: ZoneId, sinceMs: number) => sql`
  dispatch_commands c
  where c.zone_id = ${zoneId} and c.at >= ${sinceMs} and c.planned_driver_id is not null and c.undone_at is null
    and c.undoes is null and (c.kind in ('assign', 'reassign', 'accept_proposal'))`

/** How many choices staff made, how many were the planner's own, and what the others cost more. */
export async function countChoices(
  sql: Sql,
  zoneId: ZoneId,
  sinceMs: number,
): Promise<{ choices: number; same: number; dearerByMinor: number }> {
  const [row] = await sql<{ choices: number; same: number; dearerByMinor: number }[]>`
    select count(*)::int as choices,
      (count(*) filter (where (c.after ->> 'driverId')::uuid is not distinct from c.planned_driver_id
        or c.kind = 'accept_proposal'))::int as same,
      coalesce(round(sum(greatest(c.dearer_by_minor, 0))), 0)::int as dearer_by_minor
    from ${choices(sql, zoneId, sinceMs)}`
  return row!
}

/** The newest choices that differ from the planner's. */
export function differingChoices(sql: Sql, zoneId: ZoneId, sinceMs: number): Promise<ChoiceRow[]> {
  return sql<ChoiceRow[]>`
    select c.order_id, o.number, c.at, u.name as actor_name, d.id as driver_id, d.name as driver_name,
      p.id as planned_driver_id, p.name as planned_driver_name, c.dearer_by_minor, c.reason
    from (
      select * from ${choices(sql, zoneId, sinceMs)}
        and c.kind <> 'accept_proposal' and (c.after ->> 'driverId')::uuid <> c.planned_driver_id
      order by c.at desc limit 100
    ) c
    join orders o on o.id = c.order_id join users u on u.id = c.actor_id
    join drivers d on d.id = (c.after ->> 'driverId')::uuid join drivers p on p.id = c.planned_driver_id
    order by c.at desc`
}
