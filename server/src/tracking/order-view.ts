import type { Order, OrderDriver } from '@doorstep/shared/contract'
import { type DriverId, isCarried, type OrderId, orderStatus, transition } from '@doorstep/shared/domain'
import { type DriverRow, findDriver } from '../drivers/index.ts'
import { actionsFor, findPartysOrder, isParty, linesOfOrders, type OrderLineRow, type OrderRow } from '../orders/index.ts'
import { AppError, type Principal, type Sql } from '../platform/index.ts'
import type { Tracker } from './tracker.ts'

/** An order as one of its parties may see it, with position and ETA; for anybody else it is not there. */
export async function describeOrder(sql: Sql, tracker: Tracker, id: OrderId, principal: Principal): Promise<Order> {
  const order = await findPartysOrder(sql, id, principal)
  const lines = await linesOfOrders(sql, [id])
  const driver = order.driverId ? await findDriver(sql, order.driverId) : undefined
  return toOrder(tracker, order, lines, driver, principal)
}

/** The same of an order that was read a moment ago; undefined where its driver is not known in memory. */
export function describeKnownOrder(
  tracker: Tracker,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  principal: Principal,
): Order | undefined {
  if (!isParty(order, principal)) throw new AppError('not_found', 'There is no such order.')
  const driver = order.driverId ? tracker.zones.get(order.zoneId)?.state.drivers.get(order.driverId) : undefined
  return order.driverId && !driver ? undefined : toOrder(tracker, order, lines, driver, principal)
}

/** An order's parts put together for a reader. */
export function toOrder(
  tracker: Tracker,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  driver: DriverRow | undefined,
  principal: Principal,
): Order {
  const { id, number, version, zoneId, kitchen, delivery, currency, instructions } = order
  const { subtotalMinor, deliveryFeeMinor, serviceFeeMinor, tipMinor, totalMinor } = order
  return {
    id,
    number,
    version,
    zoneId,
    status: orderStatus(order),
    kitchen,
    delivery,
    merchant: {
      id: order.merchantId,
      name: order.merchantName,
      place: { lat: order.merchantLat, lon: order.merchantLon },
      address: order.merchantAddress,
    },
    customer: { id: order.customerId, name: order.customerName },
    drop: { place: { lat: order.dropLat, lon: order.dropLon }, address: order.dropAddress, details: order.dropDetails },
    instructions,
    lines: lines.map(({ itemId, name, unitPriceMinor, quantity, note }) => ({ itemId, name, unitPriceMinor, quantity, note })),
    price: { subtotalMinor, deliveryFeeMinor, serviceFeeMinor, tipMinor, totalMinor, currency },
    times: timesOf(order),
    kitchenReadyMs: order.readyAt ?? order.kitchenReadyAt,
    promisedAtMs: order.promisedAt,
    eta: tracker.eta(order),
    driver: driver ? toOrderDriver(tracker, order, driver, principal) : null,
    noDriverAvailable: order.noDriverAt !== null && order.driverId === null,
    ended: order.endedBy ? { by: order.endedBy, reason: order.endedReason } : null,
    actions: actionsFor(order, principal, (action) => transition(order, action, principal.role).ok),
  }
}

function timesOf(order: OrderRow): Order['times'] {
  return {
    placedAtMs: order.placedAt,
    acceptedAtMs: order.acceptedAt,
    preparingAtMs: order.preparingAt,
    readyAtMs: order.readyAt,
    assignedAtMs: order.assignedAt,
    atMerchantAtMs: order.atMerchantAt,
    pickedUpAtMs: order.pickedUpAt,
    departedAtMs: order.departedAt,
    atCustomerAtMs: order.atCustomerAt,
    endedAtMs: order.endedAt,
  }
}

function toOrderDriver(tracker: Tracker, order: OrderRow, driver: DriverRow, principal: Principal): OrderDriver {
  const position = maySeePosition(order, principal, driver.id) ? tracker.fleet.locate(driver.id) : undefined
  return {
    id: driver.id,
    name: driver.name,
    vehicle: driver.vehicle,
    rating: Math.round(driver.rating * 10) / 10,
    place: position ? { lat: position.lat, lon: position.lon } : null,
    courseDeg: position?.courseDeg ?? null,
    fixAtMs: position?.fixAtMs ?? null,
  }
}

/** Staff see where a driver is, the driver does, and the customer while the driver carries their order; a merchant does not. */
function maySeePosition(order: OrderRow, principal: Principal, driverId: DriverId): boolean {
  switch (principal.role) {
    case 'dispatcher':
    case 'admin':
      return true
    case 'driver':
      return principal.driverId === driverId
    case 'customer':
      return isCarried(order)
    case 'merchant':
      return false
  }
}
