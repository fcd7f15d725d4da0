import { z } from 'zod'
import { ACTORS, DELIVERY_STATES, KITCHEN_STATES, ORDER_STATUSES } from '../domain/index.ts'
import { alert, boardDriver, boardOrder } from './dispatch-board.ts'
import { driverRoute, offer, positionFix } from './driver.ts'
import { ERROR_CODES, type ErrorCode } from './errors.ts'
import { merchantOrder } from './merchant.ts'
import { eta, order, orderEvent } from './orders.ts'
import { driverId, latLon, merchantId, orderId, role, text, timeMs, userId, version, zoneId } from './primitives.ts'

/** The WebSocket subprotocol; anything else is refused in the handshake. */
export const LIVE_PROTOCOL = 'doorstep.v1'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** `order:{id}`, `driver:{id}`, `merchant:{id}`, `zone:{id}:orders`, `zone:{id}:fleet`, `zone:{id}:alerts`. */
export const topic = z.string().regex(new RegExp(`^(?:(?:order|driver|merchant):${UUID}|zone:${UUID}:(?:orders|fleet|alerts))$`))

/** What a map shows: only drivers within it are sent; far out they come as counts. */
const view = {
  bounds: z
    .tuple([
      z.number().min(-180).max(180),
      z.number().min(-90).max(90),
      z.number().min(-180).max(180),
      z.number().min(-90).max(90),
    ])
    .describe('West, south, east, north'),
  zoom: z.number().min(0).max(24),
}
/** A place in a topic's history; grows, but is not dense. */
const sequence = z.int().min(0)
/** Chosen by the client with each `subscribe`, and in the answers to it. */
const ref = z.int().min(0).max(4_294_967_295)

/** Everything a client may send as text; driver positions may also come as binary frames. */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    token: z.string().min(1).max(500).optional().describe('The session’s token; browsers may leave it to their cookie'),
    client: text(40).describe('What is connecting: console, customer, driver-app, merchant-app, simulator …'),
    encoding: z.enum(['binary', 'json']).default('binary').describe('How positions of followed orders come'),
  }),
  z.object({
    type: z.literal('subscribe'),
    topic,
    ref,
    after: sequence.optional().describe('The last sequence seen; what came later is sent instead of a snapshot'),
    view: z.object(view).optional().describe('With a fleet topic'),
  }),
  z.object({ type: z.literal('unsubscribe'), topic }),
  z.object({ type: z.literal('view'), topic, ...view }),
  z.object({ type: z.literal('position'), ...positionFix.shape }),
  z.object({ type: z.literal('look'), zoneId, orderId: orderId.nullable().describe('Which order this console has open') }),
  z.object({ type: z.literal('ping'), id: z.int().min(0).max(4_294_967_295) }),
])
export type ClientMessage = z.input<typeof clientMessage>
export type ReceivedMessage = z.output<typeof clientMessage>

/** Of a change that is in the topic's history; a change without a sequence is only the latest of its kind. */
const change = {
  topic,
  sequence: sequence.optional(),
  previous: sequence.optional().describe('The topic’s change before; a client that has not come so far has a gap'),
  atMs: timeMs,
}

/** An order moved: on its own topic with the order, on a merchant’s with its row of the board. */
const statusUpdate = z.object({
  type: z.literal('status_update'),
  ...change,
  orderId,
  number: z.int(),
  version,
  status: z.enum(ORDER_STATUSES),
  kitchen: z.enum(KITCHEN_STATES),
  delivery: z.enum(DELIVERY_STATES),
  event: orderEvent.optional().describe('The log entry behind it; none when only the forecast moved'),
  order: order.optional(),
  merchantOrder: merchantOrder.optional(),
  eta: eta.nullable().optional(),
})

/** What happens on topics. */
const changes = [
  statusUpdate,
  z.object({ type: z.literal('new_offer'), ...change, offer }),
  z.object({
    type: z.literal('offer_expired'),
    ...change,
    orderId,
    reason: z.enum(['expired', 'withdrawn', 'declined', 'taken']),
  }),
  z.object({
    type: z.literal('order_cancelled'),
    ...change,
    orderId,
    number: z.int(),
    version,
    by: z.enum(ACTORS),
    reason: z.string().nullable(),
    order: order.optional(),
    merchantOrder: merchantOrder.optional(),
  }),
  z.object({ type: z.literal('route_update'), ...change, route: driverRoute }),
  z.object({
    type: z.literal('shift_update'),
    ...change,
    shift: z.object({ startedAtMs: timeMs, endsAtMs: timeMs.nullable() }).nullable(),
  }),
  z.object({
    type: z.literal('board_update'),
    ...change,
    event: orderEvent.optional(),
    orders: z.array(boardOrder).describe('Rows that changed; one with endedAtMs leaves the queue'),
    drivers: z.array(boardDriver),
    goneDriverIds: z.array(driverId).describe('Drivers that have left the board'),
  }),
  z.object({ type: z.literal('alert_update'), ...change, raised: z.array(alert), cleared: z.array(z.string()) }),
] as const

/** Where a followed order's driver is; latest wins. As a binary frame unless the client asked for JSON. */
export const locationUpdate = z.object({
  type: z.literal('location_update'),
  topic,
  orderId,
  driverId,
  place: latLon,
  courseDeg: z.number().nullable(),
  speedMps: z.number().nullable(),
  atMs: timeMs,
})
export type LocationUpdate = z.infer<typeof locationUpdate>

const someone = z.object({ client: z.string(), userId, name: z.string(), orderId: orderId.nullable() })

/** What the server says beside changes. */
const answers = [
  z.object({
    type: z.literal('hello'),
    nowMs: timeMs.describe('The server’s clock'),
    clockSpeed: z.number().positive().describe('Its seconds in one second of the wall; 1 unless it is a demo run faster'),
    nodeId: z.string(),
    connectionId: z.string(),
    heartbeatMs: z.int().describe('Silence of three times this on either side ends the connection'),
    me: z.object({ userId, role, name: z.string(), driverId: driverId.nullable(), merchantId: merchantId.nullable() }),
  }),
  z.object({
    type: z.literal('snapshot'),
    topic,
    ref,
    sequence,
    isReset: z.literal(true).optional().describe('The history begins anew: take it even if its sequence is below yours'),
    body: z.json().describe('order, driverState, merchantBoard, dispatchBoard, { alerts } or { channel }, by the topic'),
  }),
  z.object({ type: z.literal('resumed'), topic, ref, sequence, previous: sequence }),
  z.object({
    type: z.literal('refused'),
    topic,
    ref,
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().nullable(),
  }),
  locationUpdate,
  z.object({
    type: z.literal('presence'),
    topic,
    present: z.array(someone).describe('Who is on a driver’s or merchant’s topic; on a zone’s orders, who looks at which'),
  }),
  z.object({ type: z.literal('position_refused'), seq: z.int(), rule: z.string() }),
  z.object({
    type: z.literal('pong'),
    id: ref,
    nowMs: timeMs,
    heads: z.array(z.tuple([topic, sequence])).describe('The last change sent on each topic: a client behind it missed some'),
  }),
  z.object({
    type: z.literal('problem'),
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().nullable(),
  }),
  z
    .object({
      type: z.literal('node_state'),
      bus: z.enum(['connected', 'lost']).describe('lost: this node does not reach the others, and goes on by itself'),
      sinceMs: timeMs,
    })
    .describe('To staff: after hello while it is lost, and whenever it changes; unsaid after hello it is connected'),
  z.object({ type: z.literal('going_away'), reconnectInMs: z.int().describe('This node is stopping: connect again after this') }),
] as const

/** Everything a server may send as text. */
export const serverMessage = z.discriminatedUnion('type', [...changes, ...answers])
export type ServerMessage = z.infer<typeof serverMessage>
/** What happens on topics, in order. */
export const topicChange = z.discriminatedUnion('type', [...changes])
export type TopicChange = z.infer<typeof topicChange>
