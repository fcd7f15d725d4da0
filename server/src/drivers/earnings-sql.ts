import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** One line of a driver's ledger. */
export interface EarningRow {
  id: string
  driverId: DriverId
  orderId: OrderId
  kind: 'delivery' | 'tip'
  amountMinor: number
  currency: string
  earnedAt: number
}

/** Adds ledger lines; a delivery is paid once however often this runs. */
export async function insertEarnings(sql: Sql, rows: readonly EarningRow[]): Promise<void> {
  await sql`insert into driver_earnings ${sql(rows as never, 'id', 'driverId', 'orderId', 'kind', 'amountMinor', 'currency', 'earnedAt')}
    on conflict do nothing`
}

/** A delivery and what it paid. */
export interface DeliveryEarning {
  orderId: OrderId
  number: number
  merchantName: string
  at: number
  currency: string
  payMinor: number
  tipMinor: number
}

/** A driver's deliveries since a moment with what each paid, newest first. */
export function earningsSince(sql: Sql, driverId: DriverId, sinceMs: number): Promise<DeliveryEarning[]> {
  return sql<DeliveryEarning[]>`
    select e.order_id, o.number, m.name as merchant_name, max(e.earned_at) as at, min(e.currency) as currency,
      coalesce(sum(e.amount_minor) filter (where e.kind = 'delivery'), 0)::int as pay_minor,
      coalesce(sum(e.amount_minor) filter (where e.kind = 'tip'), 0)::int as tip_minor
    from driver_earnings e join orders o on o.id = e.order_id join merchants m on m.id = o.merchant_id
    where e.driver_id = ${driverId} and e.earned_at >= ${sinceMs}
    group by e.order_id, o.number, m.name order by at desc`
}
