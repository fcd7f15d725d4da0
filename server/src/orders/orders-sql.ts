import type { DriverId, MerchantId, OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'
import type { OrderLineRow, OrderRow } from './order-row.ts'

const orderColumns = (sql: Sql) => sql`
  o.id, o.number, o.version, o.zone_id, o.merchant_id, m.name as merchant_name, m.address as merchant_address,
  m.lat as merchant_lat, m.lon as merchant_lon, o.customer_id, c.name as customer_name, o.driver_id, o.kitchen, o.delivery,
  o.currency, o.subtotal_minor, o.delivery_fee_minor, o.service_fee_minor, o.tip_minor, o.total_minor, o.pay_minor,
  o.item_count, o.drop_lat, o.drop_lon, o.drop_address, o.drop_details, o.instructions, o.leg_m, o.leg_s,
  o.placed_at, o.promised_at, o.kitchen_ready_at, o.accepted_at, o.preparing_at, o.ready_at, o.assigned_at,
  o.at_merchant_at, o.picked_up_at, o.departed_at, o.at_customer_at, o.ended_at, o.ended_by, o.ended_reason,
  o.pinned_driver_id, o.is_held, o.priority, o.exclusions, o.proposed_driver_id, o.proposal_decision_id, o.proposal_acts_at,
  o.attempts, o.next_attempt_at, o.no_driver_at`
const orderTables = (sql: Sql) => sql`
  orders o join merchants m on m.id = o.merchant_id join users c on c.id = o.customer_id`

/** Reads one order. */
export async function findOrder(sql: Sql, id: OrderId): Promise<OrderRow | undefined> {
  const [row] = await sql<OrderRow[]>`select ${orderColumns(sql)} from ${orderTables(sql)} where o.id = ${id}`
  return row
}

/** Reads one order and keeps others from changing it until the transaction ends. */
export async function lockOrder(sql: Sql, id: OrderId): Promise<OrderRow | undefined> {
  const [row] = await sql<OrderRow[]>`
    select ${orderColumns(sql)} from ${orderTables(sql)} where o.id = ${id} for update of o`
  return row
}

/** Every open order of a zone, oldest first. */
export function openOrdersOfZone(sql: Sql, zoneId: ZoneId): Promise<OrderRow[]> {
  return sql<OrderRow[]>`
    select ${orderColumns(sql)} from ${orderTables(sql)}
    where o.zone_id = ${zoneId} and o.ended_at is null order by o.placed_at, o.id`
}

/** Reads several orders by id, in no particular order. */
export function ordersById(sql: Sql, ids: readonly OrderId[]): Promise<OrderRow[]> {
  return sql<OrderRow[]>`select ${orderColumns(sql)} from ${orderTables(sql)} where o.id = any(${ids as OrderId[]}::uuid[])`
}

/** The open orders a driver has. */
export function openOrdersOfDriver(sql: Sql, driverId: DriverId): Promise<OrderRow[]> {
  return sql<OrderRow[]>`
    select ${orderColumns(sql)} from ${orderTables(sql)}
    where o.driver_id = ${driverId} and o.ended_at is null order by o.placed_at, o.id`
}

/** A merchant's board: what is open, and what was placed or ended since a moment. */
export function boardOrdersOfMerchant(sql: Sql, merchantId: MerchantId, sinceMs: number): Promise<OrderRow[]> {
  return sql<OrderRow[]>`
    select ${orderColumns(sql)} from ${orderTables(sql)}
    where o.merchant_id = ${merchantId} and (o.ended_at is null or o.placed_at >= ${sinceMs})
    order by o.placed_at desc, o.id desc limit 200`
}

/** Whose orders a list shows. */
export type OrderOwner =
  | { kind: 'customer'; id: UserId }
  | { kind: 'merchant'; id: MerchantId }
  | { kind: 'driver'; id: DriverId }
  | { kind: 'zones'; ids: readonly ZoneId[] | null }

/** One page, newest first, after the place where the page before ended. Costs the same on every page. */
export function pageOfOrders(
  sql: Sql,
  owner: OrderOwner,
  page: { open: boolean; after: { placedAt: number; id: OrderId } | null; limit: number },
): Promise<OrderRow[]> {
  const mine =
    owner.kind === 'customer'
      ? sql`o.customer_id = ${owner.id}`
      : owner.kind === 'merchant'
        ? sql`o.merchant_id = ${owner.id}`
        : owner.kind === 'driver'
          ? sql`o.driver_id = ${owner.id}`
          : owner.ids
            ? sql`o.zone_id = any(${owner.ids as ZoneId[]}::uuid[])`
            : sql`true`
  const after = page.after
  return sql<OrderRow[]>`
    select ${orderColumns(sql)} from ${orderTables(sql)}
    where ${mine}
      ${page.open ? sql`and o.ended_at is null` : sql``}
      ${after ? sql`and (o.placed_at, o.id) < (${after.placedAt}::timestamptz, ${after.id}::uuid)` : sql``}
    order by o.placed_at desc, o.id desc limit ${page.limit}`
}

/** The lines of several orders, in the order in which they were written. */
export function linesOfOrders(sql: Sql, ids: readonly OrderId[]): Promise<OrderLineRow[]> {
  return sql<OrderLineRow[]>`
    select order_id, item_id, name, unit_price_minor, quantity, note from order_lines
    where order_id = any(${ids as OrderId[]}::uuid[]) order by order_id, line`
}

/** Columns that a change of state may set besides the two tracks and the version. */
export type OrderPatch = Partial<
  Pick<
    OrderRow,
    | 'driverId'
    | 'kitchenReadyAt'
    | 'acceptedAt'
    | 'preparingAt'
    | 'readyAt'
    | 'assignedAt'
    | 'atMerchantAt'
    | 'pickedUpAt'
    | 'departedAt'
    | 'atCustomerAt'
    | 'endedAt'
    | 'endedBy'
    | 'endedReason'
    | 'promisedAt'
    | 'pinnedDriverId'
    | 'isHeld'
    | 'priority'
    | 'exclusions'
    | 'proposedDriverId'
    | 'proposalDecisionId'
    | 'proposalActsAt'
    | 'attempts'
    | 'nextAttemptAt'
    | 'noDriverAt'
  >
>

/** Writes a change to an order that is locked, and makes its next version. */
export async function updateOrder(
  sql: Sql,
  id: OrderId,
  state: Pick<OrderRow, 'kitchen' | 'delivery'>,
  patch: OrderPatch,
): Promise<void> {
  const { exclusions, ...plain } = patch
  const values = { ...state, ...plain } as Record<string, string | number | boolean | null>
  const json = exclusions === undefined ? sql`` : sql`exclusions = ${sql.json(exclusions as never)},`
  await sql`update orders set ${sql(values)}, ${json} version = version + 1 where id = ${id}`
}

/** Keeps when the planner shall look at an order again; no new version, since nobody sees it. */
export async function setNextAttempt(sql: Sql, id: OrderId, attempts: number, nextAttemptAt: number | null): Promise<void> {
  await sql`update orders set attempts = ${attempts}, next_attempt_at = ${nextAttemptAt} where id = ${id}`
}

/** Stores a rating of a delivered order once; false when it was rated before. */
export async function rateOrderRow(sql: Sql, id: OrderId, merchant: number | null, driver: number | null): Promise<boolean> {
  const rows = await sql`
    update orders set merchant_rating = coalesce(merchant_rating, ${merchant}), driver_rating = coalesce(driver_rating, ${driver})
    where id = ${id} and (${merchant}::int is null or merchant_rating is null) and (${driver}::int is null or driver_rating is null)
    returning id`
  return rows.length === 1
}
