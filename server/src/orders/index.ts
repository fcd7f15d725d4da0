// Orders from placing to the door: price, the two tracks, who may move them, idempotency, and the log that every other
// room follows. A change of an order, its log entry and what other rooms add to it are one transaction.

export { type ActOnOrderDeps, actionsFor, actOnOrder } from './act-on-order.ts'
export {
  type AdvanceError,
  type AdvanceOrder,
  advanceOrder,
  movedOrder,
  type OrderChange,
  type OrderParticipant,
  staleness,
} from './advance-order.ts'
export { eventForReader } from './event-for-reader.ts'
export { eventsOfOrder, type FollowedEvent, lastEventMs, type NamedEventRow } from './events-sql.ts'
export { forgetIdempotencyKeys } from './idempotency-sql.ts'
export { type IdempotentReply, type IdempotentRequest, oncePerKey } from './idempotent.ts'
export { listOrders } from './list-orders.ts'
export { findPartysOrder, isParty, maySeeDriver } from './order-access.ts'
export { advanceProblem, placeOrderProblem } from './order-problem.ts'
export type { EventData, OrderEventRow, OrderExclusion, OrderLineRow, OrderRow } from './order-row.ts'
export { toOrderSummary } from './order-views.ts'
export {
  boardOrdersOfMerchant,
  findOrder,
  linesOfOrders,
  lockOrder,
  type OrderOwner,
  type OrderPatch,
  openOrdersOfDriver,
  openOrdersOfZone,
  ordersById,
  setNextAttempt,
} from './orders-sql.ts'
export {
  type EstimateLeg,
  type OrderCatalog,
  type OrderItem,
  type OrderMerchant,
  type OrderRequest,
  type OrderZone,
  type PlaceOrderDeps,
  type PlaceOrderError,
  PROMISE_ALLOWANCE_MIN,
  placeOrder,
  type Quote,
  quoteOrder,
} from './place-order.ts'
export { type EventRelay, relayEvents } from './relay-events.ts'
export { rememberLines } from './remember-lines.ts'
export { mountOrderRoutes, type OrderRouteDeps } from './routes.ts'
