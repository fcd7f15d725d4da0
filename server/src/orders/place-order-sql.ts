import type { MenuItemId, MerchantId, OrderId, Price, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'
import type { EventData } from './order-row.ts'

/** Everything a new order is written with. */
export interface NewOrder {
  id: OrderId
  zoneId: ZoneId
  merchantId: MerchantId
  customerId: UserId
  currency: string
  price: Price
  payMinor: number
  lines: readonly { itemId: MenuItemId; name: string; unitPriceMinor: number; quantity: number; note: string | null }[]
  drop: { lat: number; lon: number; address: string; details: string | null }
  instructions: string | null
  legM: number
  legS: number
  placedAt: number
  promisedAt: number
  kitchenReadyAt: number
  event: EventData
}

/** Writes an order, its lines and the first entry of its log in one statement; answers its number. */
export async function insertOrder(sql: Sql, order: NewOrder): Promise<number> {
  const { price, drop } = order
  const [row] = await sql<{ number: number }[]>`
    with placed as (
      insert into orders (id, zone_id, merchant_id, customer_id, kitchen, delivery, currency, subtotal_minor, delivery_fee_minor,
        service_fee_minor, tip_minor, total_minor, pay_minor, item_count, drop_lat, drop_lon, drop_address, drop_details,
        instructions, leg_m, leg_s, placed_at, promised_at, kitchen_ready_at)
      values (${order.id}, ${order.zoneId}, ${order.merchantId}, ${order.customerId}, 'placed', 'waiting', ${order.currency},
        ${price.subtotalMinor}, ${price.deliveryFeeMinor}, ${price.serviceFeeMinor}, ${price.tipMinor}, ${price.totalMinor},
        ${order.payMinor}, ${order.lines.reduce((sum, line) => sum + line.quantity, 0)}, ${drop.lat}, ${drop.lon}, ${drop.address},
        ${drop.details}, ${order.instructions}, ${order.legM}, ${order.legS}, ${order.placedAt}, ${order.promisedAt},
        ${order.kitchenReadyAt})
      returning id, number, zone_id, placed_at, customer_id
    ), written as (
      insert into order_lines (order_id, line, item_id, name, unit_price_minor, quantity, note)
      select ${order.id}::uuid, l.line, l.item_id, l.name, l.unit_price_minor, l.quantity, l.note
      from jsonb_to_recordset(${sql.json(order.lines.map(toLineRecord))}::jsonb)
        as l(line smallint, item_id uuid, name text, unit_price_minor integer, quantity smallint, note text)
    ), logged as (
      insert into order_events (order_id, seq, zone_id, type, at, actor, actor_id, data)
      select id, 1, zone_id, 'order.placed', placed_at, 'customer', customer_id, ${sql.json(order.event)}::jsonb from placed
    )
    select number from placed`
  return row!.number
}

function toLineRecord(line: NewOrder['lines'][number], index: number) {
  return {
    line: index + 1,
    item_id: line.itemId,
    name: line.name,
    unit_price_minor: line.unitPriceMinor,
    quantity: line.quantity,
    note: line.note,
  }
}
