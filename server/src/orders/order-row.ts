import type {
  Actor,
  DeliveryState,
  DriverId,
  KitchenState,
  MenuItemId,
  MerchantId,
  OrderEventType,
  OrderId,
  UserId,
  ZoneId,
} from '@doorstep/shared/domain'

/** A driver who may not have an order any more: said no, did not answer, or was ruled out by staff. */
export interface OrderExclusion {
  driverId: DriverId
  why: 'declined' | 'expired' | 'excluded'
}

/** An order as its table holds it, with its merchant's and customer's names. Times in milliseconds since 1970. */
export interface OrderRow {
  id: OrderId
  number: number
  version: number
  zoneId: ZoneId
  merchantId: MerchantId
  merchantName: string
  merchantAddress: string
  merchantLat: number
  merchantLon: number
  customerId: UserId
  customerName: string
  driverId: DriverId | null
  kitchen: KitchenState
  delivery: DeliveryState
  currency: string
  subtotalMinor: number
  deliveryFeeMinor: number
  serviceFeeMinor: number
  tipMinor: number
  totalMinor: number
  payMinor: number
  itemCount: number
  dropLat: number
  dropLon: number
  dropAddress: string
  dropDetails: string | null
  instructions: string | null
  legM: number
  legS: number
  placedAt: number
  promisedAt: number
  kitchenReadyAt: number
  acceptedAt: number | null
  preparingAt: number | null
  readyAt: number | null
  assignedAt: number | null
  atMerchantAt: number | null
  pickedUpAt: number | null
  departedAt: number | null
  atCustomerAt: number | null
  endedAt: number | null
  endedBy: Actor | null
  endedReason: string | null
  /** Set by staff: only this driver, until it is released. */
  pinnedDriverId: DriverId | null
  /** Set by staff: nobody is asked, until it is released. */
  isHeld: boolean
  /** Set by staff: 0 is usual, 3 the most. */
  priority: number
  exclusions: OrderExclusion[]
  /** Whom the planner would choose where it may not act by itself, by which decision, and when it acts unless somebody objects. */
  proposedDriverId: DriverId | null
  proposalDecisionId: string | null
  proposalActsAt: number | null
  attempts: number
  nextAttemptAt: number | null
  noDriverAt: number | null
}

/** A line of an order with the name and price captured when it was placed. */
export interface OrderLineRow {
  orderId: OrderId
  itemId: MenuItemId
  name: string
  unitPriceMinor: number
  quantity: number
  note: string | null
}

/** JSON that an event carries beside its type. */
export type EventData = Record<string, string | number | boolean | null | string[]>

/** An entry of the log. `position` orders all of them; `seq` counts in each order and equals the version it made. */
export interface OrderEventRow {
  position: number
  orderId: OrderId
  seq: number
  zoneId: ZoneId
  type: OrderEventType
  at: number
  actor: Actor
  actorId: string | null
  data: EventData
}
