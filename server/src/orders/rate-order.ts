import type { DriverId, MerchantId } from '@doorstep/shared/domain'
import { AppError, type Sql } from '../platform/index.ts'
import type { OrderRow } from './order-row.ts'
import { rateOrderRow } from './orders-sql.ts'

/** Whose means a rating counts towards. */
export interface RatingSinks {
  merchant(sql: Sql, id: MerchantId, stars: number): Promise<void>
  driver(sql: Sql, id: DriverId, stars: number): Promise<void>
}

/** Rates the merchant, the driver or both of a delivered order, each once. */
export async function rateOrder(
  sql: Sql,
  sinks: RatingSinks,
  order: OrderRow,
  stars: { merchant?: number | undefined; driver?: number | undefined },
): Promise<void> {
  if (order.delivery !== 'delivered') throw new AppError('action_not_allowed', 'An order can be rated once it is delivered.')
  if (!(await rateOrderRow(sql, order.id, stars.merchant ?? null, stars.driver ?? null))) throw new AppError('already_rated')
  if (stars.merchant) await sinks.merchant(sql, order.merchantId, stars.merchant)
  if (stars.driver && order.driverId) await sinks.driver(sql, order.driverId, stars.driver)
}
