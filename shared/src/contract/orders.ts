import { z } from 'zod'
import {
  ACTORS,
  DELIVERY_STATES,
  INSTRUCTIONS_MAX_CHARS,
  KITCHEN_STATES,
  LINE_QUANTITY,
  ORDER_EVENT_TYPES,
  ORDER_LINES,
  ORDER_STATUSES,
  TIP_MAX_MINOR,
  VEHICLES,
} from '../domain/index.ts'
import {
  anyId,
  currency,
  driverId,
  latLon,
  menuItemId,
  merchantId,
  money,
  orderId,
  pageOf,
  pageQuery,
  type RouteTable,
  text,
  timeMs,
  userId,
  version,
  zoneId,
} from './primitives.ts'

/** Where an order goes: the pin is what the driver rides to, the text is what people read. */
export const dropAddress = z.object({
  place: latLon,
  address: text(200),
  details: text(120).nullable().default(null).describe('Entrance, floor, bell'),
})

/** What a customer sends to place an order. */
export const placeOrderBody = z.object({
  merchantId,
  lines: z
    .array(
      z.object({
        itemId: menuItemId,
        quantity: z.int().min(LINE_QUANTITY.min).max(LINE_QUANTITY.max),
        note: text(INSTRUCTIONS_MAX_CHARS).nullable().default(null),
      }),
    )
    .min(ORDER_LINES.min)
    .max(ORDER_LINES.max),
  drop: dropAddress,
  instructions: text(INSTRUCTIONS_MAX_CHARS).nullable().default(null),
  tipMinor: z.int().min(0).max(TIP_MAX_MINOR).default(0),
  expectedTotalMinor: money.optional().describe('The total that was shown; a different price is refused instead of charged'),
})
export type PlaceOrderBody = z.input<typeof placeOrderBody>

/** An order's price as captured when it was placed. */
export const price = z.object({
  subtotalMinor: money,
  deliveryFeeMinor: money,
  serviceFeeMinor: money,
  tipMinor: money,
  totalMinor: money,
  currency,
})

/** A line with the name and price captured when the order was placed. */
export const orderLine = z.object({
  itemId: menuItemId,
  name: z.string(),
  unitPriceMinor: money,
  quantity: z.int(),
  note: z.string().nullable(),
})

/** When the order reached each state; null while it has not. */
export const orderTimes = z.object({
  placedAtMs: timeMs,
  acceptedAtMs: timeMs.nullable(),
  preparingAtMs: timeMs.nullable(),
  readyAtMs: timeMs.nullable(),
  assignedAtMs: timeMs.nullable(),
  atMerchantAtMs: timeMs.nullable(),
  pickedUpAtMs: timeMs.nullable(),
  departedAtMs: timeMs.nullable(),
  atCustomerAtMs: timeMs.nullable(),
  endedAtMs: timeMs.nullable(),
})

/** When the door is expected to be reached, as a window; `usual` until a driver's route is known. */
export const eta = z.object({
  pickupMs: timeMs.nullable(),
  dropMs: timeMs,
  earliestMs: timeMs,
  latestMs: timeMs,
  basis: z.enum(['usual', 'route']),
})
export type Eta = z.infer<typeof eta>

/** A driver as the parties of an order see them; the position only while it carries or fetches that order. */
export const orderDriver = z.object({
  id: driverId,
  name: z.string(),
  vehicle: z.enum(VEHICLES),
  rating: z.number().min(0).max(5),
  place: latLon.nullable(),
  courseDeg: z.number().nullable(),
  fixAtMs: timeMs.nullable(),
})
export type OrderDriver = z.infer<typeof orderDriver>

/** An order in a list. */
export const orderSummary = z.object({
  id: orderId,
  number: z.int(),
  version,
  status: z.enum(ORDER_STATUSES),
  kitchen: z.enum(KITCHEN_STATES),
  delivery: z.enum(DELIVERY_STATES),
  merchantId,
  merchantName: z.string(),
  itemCount: z.int(),
  totalMinor: money,
  currency,
  placedAtMs: timeMs,
  promisedAtMs: timeMs,
  endedAtMs: timeMs.nullable(),
})
export type OrderSummary = z.infer<typeof orderSummary>

/** One order with everything its parties may know. */
export const order = z.object({
  id: orderId,
  number: z.int(),
  version,
  zoneId,
  status: z.enum(ORDER_STATUSES),
  kitchen: z.enum(KITCHEN_STATES),
  delivery: z.enum(DELIVERY_STATES),
  merchant: z.object({ id: merchantId, name: z.string(), place: latLon, address: z.string() }),
  customer: z.object({ id: userId, name: z.string() }),
  drop: z.object({ place: latLon, address: z.string(), details: z.string().nullable() }),
  instructions: z.string().nullable(),
  lines: z.array(orderLine),
  price,
  times: orderTimes,
  kitchenReadyMs: timeMs.nullable().describe('When the kitchen says it will be ready, or was'),
  promisedAtMs: timeMs,
  eta: eta.nullable().describe('Null once the order has ended'),
  driver: orderDriver.nullable(),
  noDriverAvailable: z.boolean().describe('Nobody took it yet and staff have been told'),
  ended: z
    .object({ by: z.enum(ACTORS), reason: z.string().nullable() })
    .nullable()
    .describe('Cancelled, rejected or failed: by whom and why'),
  actions: z.array(z.string()).describe('What the reader may do next'),
})
export type Order = z.infer<typeof order>

/** An entry of an order's log. */
export const orderEvent = z.object({
  orderId,
  seq: z.int().describe('Counts from 1 in each order and equals the version it made'),
  type: z.enum(ORDER_EVENT_TYPES),
  atMs: timeMs,
  actor: z.enum(ACTORS),
  actorName: z.string().nullable(),
  data: z
    .record(z.string(), z.json())
    .describe('What the type needs: reason, prepMinutes, driverId and driverName, decisionId …'),
})
export type OrderEvent = z.infer<typeof orderEvent>

/** A change of an order's state by name, with the version the sender has seen. */
export const orderActionBody = z.object({
  action: z.string().min(1).max(40),
  version: version.optional().describe('Or send it as If-Match'),
  reason: text(200).optional(),
  prepMinutes: z.int().min(1).max(120).optional().describe('With accept and delay'),
})

const oneOrder = z.object({ id: orderId })
const PARTIES = ['customer', 'merchant', 'driver', 'dispatcher', 'admin'] as const

/** Routes of orders. */
export const orderRoutes = {
  'POST /orders': {
    summary: 'Place an order',
    tag: 'orders',
    auth: ['customer'],
    body: placeOrderBody,
    reply: order,
    status: 201,
    idempotent: true,
  },
  'POST /orders/price': {
    summary: 'What an order would cost and take, without placing it',
    tag: 'orders',
    auth: 'public',
    body: placeOrderBody.pick({ merchantId: true, lines: true, drop: true, tipMinor: true }),
    reply: z.object({ price, etaMinutes: z.int(), promisedMinutes: z.int() }),
  },
  'GET /orders': {
    summary: 'My orders, newest first',
    tag: 'orders',
    auth: PARTIES,
    query: pageQuery.extend({ open: z.stringbool().optional() as unknown as z.ZodType<boolean | undefined, string | undefined> }),
    reply: pageOf(orderSummary),
  },
  'GET /orders/:id': {
    summary: 'One order with items, merchant, driver, position and ETA',
    tag: 'orders',
    auth: PARTIES,
    params: oneOrder,
    reply: order,
    versioned: true,
  },
  'GET /orders/:id/events': {
    summary: 'Its log, oldest first',
    tag: 'orders',
    auth: PARTIES,
    params: oneOrder,
    reply: z.object({ items: z.array(orderEvent) }),
  },
  'PATCH /orders/:id/status': {
    summary: 'Move an order by one action',
    tag: 'orders',
    auth: PARTIES,
    params: oneOrder,
    body: orderActionBody,
    reply: order,
    versioned: true,
  },
  'POST /orders/:id/cancel': {
    summary: 'Cancel an order',
    tag: 'orders',
    auth: ['customer', 'merchant', 'dispatcher', 'admin'],
    params: oneOrder,
    body: z.object({ reason: text(200).optional(), version: version.optional() }),
    reply: order,
    versioned: true,
  },
  'POST /orders/:id/rate': {
    summary: 'Rate the merchant and the driver of a delivered order',
    tag: 'orders',
    auth: ['customer'],
    params: oneOrder,
    body: z.object({ merchant: z.int().min(1).max(5).optional(), driver: z.int().min(1).max(5).optional() }),
    reply: z.null(),
    status: 204,
  },
} as const satisfies RouteTable

/** The id of a decision of the planner. */
export const decisionId = anyId
