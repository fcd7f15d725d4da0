import type { OrderSummary } from '@doorstep/shared/contract'
import { orderStatus } from '@doorstep/shared/domain'
import type { OrderRow } from './order-row.ts'

/** An order as a list shows it. */
export function toOrderSummary(row: OrderRow): OrderSummary {
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    status: orderStatus(row),
    kitchen: row.kitchen,
    delivery: row.delivery,
    merchantId: row.merchantId,
    merchantName: row.merchantName,
    itemCount: row.itemCount,
    totalMinor: row.totalMinor,
    currency: row.currency,
    placedAtMs: row.placedAt,
    promisedAtMs: row.promisedAt,
    endedAtMs: row.endedAt,
  }
}
