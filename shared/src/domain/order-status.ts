import type { DeliveryState, KitchenState, OrderState } from './order.ts'

/** The nine statuses that people and API clients see, in the order in which an order reaches them. */
export const ORDER_STATUSES = [
  'pending',
  'confirmed',
  'preparing',
  'ready_for_pickup',
  'driver_assigned',
  'picked_up',
  'in_transit',
  'delivered',
  'cancelled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

const KITCHEN_STATUS: Record<KitchenState, OrderStatus> = {
  placed: 'pending',
  accepted: 'confirmed',
  preparing: 'preparing',
  ready: 'ready_for_pickup',
  rejected: 'cancelled',
  cancelled: 'cancelled',
}
const DELIVERY_STATUS: Record<DeliveryState, OrderStatus> = {
  waiting: 'pending',
  offered: 'pending',
  assigned: 'driver_assigned',
  at_merchant: 'driver_assigned',
  picked_up: 'picked_up',
  in_transit: 'in_transit',
  at_customer: 'in_transit',
  delivered: 'delivered',
  failed: 'cancelled',
  cancelled: 'cancelled',
}

/**
 * Projects the two tracks to one public status: whichever of them is further along. It never goes back,
 * except when a driver is taken off an order.
 */
export function orderStatus(state: OrderState): OrderStatus {
  const kitchen = KITCHEN_STATUS[state.kitchen]
  const delivery = DELIVERY_STATUS[state.delivery]
  if (delivery === 'delivered') return 'delivered'
  return ORDER_STATUSES.indexOf(kitchen) > ORDER_STATUSES.indexOf(delivery) ? kitchen : delivery
}
