import type { MerchantBoard, MerchantOrder } from '@doorstep/shared/contract'
import { isCarried, isEnded, type MerchantId, startOfDay } from '@doorstep/shared/domain'
import { type DriverRow, findDriver } from '../drivers/index.ts'
import { boardOrdersOfMerchant, findPartysOrder, linesOfOrders, type OrderLineRow, type OrderRow } from '../orders/index.ts'
import type { Principal, Sql } from '../platform/index.ts'
import type { Tracker } from './tracker.ts'

/** Who runs the shop of a board. */
export interface BoardMerchant {
  id: MerchantId
  name: string
  prepMinutes: number
  timeZone: string
}

/** A kitchen counts as on time up to this long after its own word. */
const ON_TIME_MS = 60_000

/** The merchant's board: everything open, and today's orders. */
export async function describeMerchantBoard(sql: Sql, tracker: Tracker, merchant: BoardMerchant): Promise<MerchantBoard> {
  const sinceMs = startOfDay(tracker.clock.nowMs(), merchant.timeZone)
  const orders = await boardOrdersOfMerchant(sql, merchant.id, sinceMs)
  const lines = Map.groupBy(
    await linesOfOrders(
      sql,
      orders.map((order) => order.id),
    ),
    (line) => line.orderId,
  )
  const cooked = orders.filter((order) => order.readyAt !== null && order.acceptedAt !== null)
  const onTime = cooked.filter((order) => order.readyAt! <= order.kitchenReadyAt + ON_TIME_MS)
  return {
    merchant,
    orders: orders.map((order) => toMerchantOrder(tracker, order, lines.get(order.id) ?? [], driverOf(tracker, order))),
    today: { orders: orders.length, onTimeShare: cooked.length === 0 ? null : onTime.length / cooked.length },
  }
}

/** One order as its kitchen sees it; for anybody else it is not there. */
export async function describeMerchantOrder(
  sql: Sql,
  tracker: Tracker,
  id: OrderRow['id'],
  principal: Principal,
): Promise<MerchantOrder> {
  const order = await findPartysOrder(sql, id, principal)
  const driver = order.driverId ? await findDriver(sql, order.driverId) : undefined
  return toMerchantOrder(tracker, order, await linesOfOrders(sql, [id]), driver)
}

/** The same of an order that was read a moment ago. */
export function describeKnownMerchantOrder(tracker: Tracker, order: OrderRow, lines: readonly OrderLineRow[]): MerchantOrder {
  return toMerchantOrder(tracker, order, lines, driverOf(tracker, order))
}

function driverOf(tracker: Tracker, order: OrderRow): DriverRow | undefined {
  return order.driverId ? tracker.zones.get(order.zoneId)?.state.drivers.get(order.driverId) : undefined
}

function toMerchantOrder(
  tracker: Tracker,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  driver: DriverRow | undefined,
): MerchantOrder {
  return {
    id: order.id,
    number: order.number,
    version: order.version,
    kitchen: order.kitchen,
    delivery: order.delivery,
    column: columnOf(order),
    lines: lines.map(({ itemId, name, unitPriceMinor, quantity, note }) => ({ itemId, name, unitPriceMinor, quantity, note })),
    instructions: order.instructions,
    subtotalMinor: order.subtotalMinor,
    currency: order.currency,
    placedAtMs: order.placedAt,
    acceptedAtMs: order.acceptedAt,
    kitchenReadyMs: order.readyAt ?? order.kitchenReadyAt,
    readyAtMs: order.readyAt,
    pickedUpAtMs: order.pickedUpAt,
    driver: driver
      ? {
          name: driver.name,
          vehicle: driver.vehicle,
          isHere: order.delivery === 'at_merchant',
          etaMs: isCarried(order) ? null : (tracker.eta(order)?.pickupMs ?? null),
        }
      : null,
    endedReason: order.endedReason,
  }
}

function columnOf(order: OrderRow): MerchantOrder['column'] {
  if (order.pickedUpAt !== null) return 'handed_over'
  if (isEnded(order)) return 'ended'
  return order.kitchen === 'placed' ? 'new' : order.kitchen === 'ready' ? 'ready' : 'preparing'
}
