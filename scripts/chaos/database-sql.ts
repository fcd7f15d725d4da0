import { connectPostgres } from '../../server/src/platform/index.ts'
import type { DeliveryState, KitchenState } from '../../shared/src/domain/index.ts'

/** The database as the checks read it, apart from the nodes. */
export type Reader = ReturnType<typeof connectPostgres>

/** Opens it; a connection that was lost is opened anew by itself. */
export const openReader = (url: string): Reader => connectPostgres({ url, poolSize: 2, applicationName: 'doorstep-chaos' })

/** An order as it stands. */
export interface OrderNow {
  id: string
  number: number
  version: number
  merchantId: string
  driverId: string | null
  kitchen: KitchenState
  delivery: DeliveryState
  isOpen: boolean
  pickedUp: boolean
  payMinor: number
  tipMinor: number
}

/** Every order, or those of these ids. */
export function readOrders(sql: Reader): Promise<OrderNow[]> {
  return sql<OrderNow[]>`
    select id, number, version, merchant_id, driver_id, kitchen, delivery, ended_at is null as is_open,
      picked_up_at is not null as picked_up, pay_minor, tip_minor
    from orders order by number`
}

/** A driver as the database knows it. */
export interface DriverNow {
  id: string
  isOnline: boolean
  stops: { orderId: string; kind: string }[]
  offers: string[] | null
}

/** Every driver with its shift, stops and open offers. */
export function readDrivers(sql: Reader): Promise<DriverNow[]> {
  return sql<DriverNow[]>`
    select d.id, s.id is not null as is_online, d.stops,
      (select array_agg(o.order_id::text order by o.order_id) from offers o where o.driver_id = d.id and o.outcome = 'open') as offers
    from drivers d left join shifts s on s.driver_id = d.id and s.ended_at is null
    order by d.id`
}

/** The logs of all orders, each oldest first. */
export function readEvents(sql: Reader): Promise<{ orderId: string; seq: number; type: string; actor: string }[]> {
  return sql<{ orderId: string; seq: number; type: string; actor: string }[]>`
    select order_id, seq, type, actor from order_events order by order_id, seq`
}

/** Assignments of one order that overlap, and open ones that its row does not know. */
export function readDoubleAssignments(sql: Reader): Promise<{ number: number; why: string }[]> {
  return sql<{ number: number; why: string }[]>`
    select o.number, 'two drivers had it at the same time' as why
    from assignments a join assignments b on b.order_id = a.order_id and b.id > a.id
      and a.assigned_at < coalesce(b.ended_at, 'infinity') and b.assigned_at < coalesce(a.ended_at, 'infinity')
      join orders o on o.id = a.order_id
    union all
    select o.number, 'its driver and its open assignment differ'
    from orders o left join assignments a on a.order_id = o.id and a.ended_at is null
    where o.ended_at is null and o.driver_id is distinct from a.driver_id`
}

/** What was paid for each order that has ended with its driver, and what should have been. */
export function readPay(sql: Reader): Promise<{ number: number; delivery: string; due: number; paid: number; lines: number }[]> {
  return sql<{ number: number; delivery: string; due: number; paid: number; lines: number }[]>`
    select o.number, o.delivery,
      case o.delivery when 'delivered' then o.pay_minor + o.tip_minor when 'failed' then o.pay_minor else 0 end as due,
      coalesce(sum(e.amount_minor), 0)::int as paid, count(e.id)::int as lines
    from orders o left join driver_earnings e on e.order_id = o.id and e.driver_id = o.driver_id
    group by o.id
    having coalesce(sum(e.amount_minor), 0) <>
        case o.delivery when 'delivered' then o.pay_minor + o.tip_minor when 'failed' then o.pay_minor else 0 end
      or count(e.id) <> (select count(*) from driver_earnings x where x.order_id = o.id)`
}

/** Orders whose lines do not add up to their subtotal, or that have none. */
export function readWrongTotals(sql: Reader): Promise<{ number: number }[]> {
  return sql<{ number: number }[]>`
    select o.number from orders o left join order_lines l on l.order_id = o.id
    group by o.id having o.subtotal_minor <> coalesce(sum(l.unit_price_minor * l.quantity), 0) or count(l.line) = 0`
}
