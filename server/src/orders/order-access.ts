import { type Actor, hasDriver, type OrderId } from '@doorstep/shared/domain'
import { AppError, type Principal, type Sql } from '../platform/index.ts'
import type { OrderRow } from './order-row.ts'
import { findOrder, type OrderOwner } from './orders-sql.ts'

/** Whether somebody is a party of an order: its customer, its merchant's staff, the driver who has or had it, staff of its zone. */
export function isParty(order: OrderRow, principal: Principal): boolean {
  switch (principal.role) {
    case 'customer':
      return order.customerId === principal.userId
    case 'merchant':
      return order.merchantId === principal.merchantId
    case 'driver':
      return order.driverId !== null && order.driverId === principal.driverId
    case 'dispatcher':
      return !principal.zoneIds || principal.zoneIds.includes(order.zoneId)
    case 'admin':
      return true
  }
}

/** Reads an order for one of its parties; for anybody else it is not there. */
export async function findPartysOrder(sql: Sql, id: OrderId, principal: Principal): Promise<OrderRow> {
  const order = await findOrder(sql, id)
  if (!order || !isParty(order, principal)) throw new AppError('not_found', 'There is no such order.')
  return order
}

/** As whom somebody acts on orders: their role. */
export const actorOf = (principal: Principal): Actor => principal.role

/** Whose orders somebody's list shows. */
export function ownerOf(principal: Principal): OrderOwner {
  switch (principal.role) {
    case 'customer':
      return { kind: 'customer', id: principal.userId }
    case 'merchant':
      return { kind: 'merchant', id: principal.merchantId! }
    case 'driver':
      return { kind: 'driver', id: principal.driverId! }
    case 'dispatcher':
      return { kind: 'zones', ids: principal.zoneIds ?? null }
    case 'admin':
      return { kind: 'zones', ids: null }
  }
}

/** Whether this principal may see where the order's driver is: staff always, the customer while it is fetched or brought. */
export function maySeeDriver(order: OrderRow, principal: Principal): boolean {
  return principal.role !== 'merchant' && hasDriver(order)
}
