// The floor of the house: what an order, a driver, an offer and a price are, and the rules between them.
// Pure: no I/O, no clock, no chance of its own, nothing imported from outside this folder.
export { type Bounds, bearingDeg, distanceM, isInside, type LatLon, type PolygonRings } from './geo.ts'
export type { DriverId, MenuItemId, MerchantId, OrderId, UserId, ZoneId } from './ids.ts'
export { INSTRUCTIONS_MAX_CHARS, LINE_QUANTITY, ORDER_LINES, PREP_MINUTES, TIP_MAX_MINOR } from './limits.ts'
export { formatMoney, type Money, shareOf } from './money.ts'
export {
  ACTORS,
  type Actor,
  DELIVERY_STATES,
  type DeliveryState,
  hasDriver,
  isCarried,
  isEnded,
  KITCHEN_STATES,
  type KitchenState,
  ORDER_EVENT_TYPES,
  type OrderAction,
  type OrderEventType,
  type OrderState,
  orderAction,
  type SideEffect,
  TRANSITIONS,
  type TransitionError,
  transition,
} from './order.ts'
export { ORDER_STATUSES, type OrderStatus, orderStatus } from './order-status.ts'
export {
  DEFAULT_DELIVERY_FEE_MINOR,
  DEFAULT_PAY_RULE,
  DEFAULT_SERVICE_FEE_SHARE,
  deliveryPayMinor,
  type PayRule,
  type Price,
  priceOrder,
  type ZoneFees,
} from './pricing.ts'
export { fail, ok, type Result } from './result.ts'
export { type Rng, seededRng } from './rng.ts'
export { localHour, startOfDay } from './time.ts'
export { VEHICLES, type Vehicle } from './vehicle.ts'
