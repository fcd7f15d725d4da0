import { z } from 'zod'
import { DELIVERY_STATES, KITCHEN_STATES, ORDER_STATUSES, VEHICLES } from '../domain/index.ts'
import { driverRoute, stop } from './driver.ts'
import { decisionId } from './orders.ts'
import { driverId, latLon, merchantId, money, orderId, type RouteTable, text, timeMs, version, zoneId } from './primitives.ts'

const orderPriority = z.int().min(0).max(3).describe('0 is usual; each step weighs the order’s minutes once more')

/** How far the planner may act by itself: only compare itself with staff, suggest, act unless staff object, or act. */
export const AUTONOMY = ['shadow', 'suggest', 'veto', 'auto'] as const

/** A row of the dispatcher's queue. Slack is promisedAtMs − predictedMs, counted by the reader. */
export const boardOrder = z.object({
  id: orderId,
  number: z.int(),
  version,
  status: z.enum(ORDER_STATUSES),
  kitchen: z.enum(KITCHEN_STATES),
  delivery: z.enum(DELIVERY_STATES),
  merchantId,
  merchantName: z.string(),
  merchantPlace: latLon,
  dropPlace: latLon,
  dropAddress: z.string(),
  customerName: z.string(),
  note: z.string().nullable(),
  itemCount: z.int(),
  totalMinor: money,
  placedAtMs: timeMs,
  kitchenReadyMs: timeMs.nullable(),
  isReady: z.boolean(),
  promisedAtMs: timeMs,
  predictedMs: timeMs.nullable().describe('When the door is expected to be reached; null once ended'),
  predictedPickupMs: timeMs.nullable(),
  driverId: driverId.nullable(),
  pinnedDriverId: driverId.nullable().describe('Set by staff: only this driver, until it is released'),
  isHeld: z.boolean().describe('Set by staff: nobody is asked, until it is released'),
  priority: orderPriority,
  proposal: z
    .object({ driverId, actsAtMs: timeMs.nullable().describe('Carried out then, unless staff object; null waits for staff') })
    .nullable()
    .describe('Whom the planner would choose, where it does not act by itself'),
  offer: z.object({ driverId, expiresAtMs: timeMs }).nullable(),
  attempts: z.int().describe('Offers made so far'),
  noDriverAvailable: z.boolean(),
  endedAtMs: timeMs.nullable(),
})
export type BoardOrder = z.infer<typeof boardOrder>

/** A driver of the zone as staff see them. Positions come as binary frames by `slot`. */
export const boardDriver = z.object({
  id: driverId,
  name: z.string(),
  vehicle: z.enum(VEHICLES),
  rating: z.number(),
  isOnline: z.boolean(),
  shiftStartedMs: timeMs.nullable(),
  shiftEndsMs: timeMs.nullable(),
  maxOrders: z.int(),
  activeOrders: z.int(),
  stops: z.array(stop.pick({ orderId: true, number: true, kind: true, place: true, etaMs: true, arrivedAtMs: true })),
  place: latLon.nullable(),
  fixAtMs: timeMs.nullable(),
})
export type BoardDriver = z.infer<typeof boardDriver>

/** What is going wrong: one alert per cause, which clears itself. */
export const alert = z.object({
  id: z.string().describe('class:cause, stable while it lasts'),
  class: z.enum(['unassigned', 'at_risk', 'late', 'stuck', 'gps_dark', 'merchant_slow']),
  sinceMs: timeMs,
  orderIds: z.array(orderId),
  driverId: driverId.nullable(),
  merchantId: merchantId.nullable(),
  text: z.string(),
})
export type Alert = z.infer<typeof alert>

/** The whole board of a zone at one moment. */
export const dispatchBoard = z.object({
  zoneId,
  zoneName: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  atMs: timeMs,
  policy: z.object({
    name: z.string(),
    version: z.int(),
    offerTimeoutS: z.number(),
    autonomy: z.enum(AUTONOMY),
  }),
  orders: z.array(boardOrder),
  drivers: z.array(boardDriver),
  alerts: z.array(alert),
})
export type DispatchBoard = z.infer<typeof dispatchBoard>

/** One driver weighed for one order: each term named with its unit, so that any policy can be shown. */
export const candidate = z.object({
  driverId,
  driverName: z.string(),
  rank: z.int(),
  score: z.number().describe('Higher is better; comparable within one ranking only'),
  toPickupS: z.number(),
  toPickupM: z.number(),
  waitS: z.number().describe('Waiting at the merchant'),
  detourS: z.number().describe('Added to the orders the driver already has, summed'),
  slackAfterS: z.number().nullable(),
  activeOrders: z.int(),
  maxOrders: z.int(),
  terms: z.array(
    z.object({
      code: z.string(),
      amount: z.number(),
      unit: z.string(),
      points: z.number().describe('What it adds to the score'),
    }),
  ),
})
export type Candidate = z.infer<typeof candidate>

/** Who was left out of a ranking, and by which rule. */
export const leftOut = z.object({ driverId, driverName: z.string(), rule: z.string(), detail: z.string().nullable() })

/** What the planner chose for an order, and why. */
export const decision = z.object({
  id: decisionId,
  orderId,
  atMs: timeMs,
  policy: z.string(),
  kind: z.string().describe('offer, assign, wait, give_up …'),
  driverId: driverId.nullable(),
  driverName: z.string().nullable(),
  snapshotHash: z.string(),
  candidates: z.array(candidate),
  leftOut: z.array(leftOut),
  runnerUp: z.string().nullable().describe('Who was second and by how much, in words'),
  wouldChange: z
    .array(
      z.object({ driverId, driverName: z.string(), code: z.string(), amount: z.number(), needed: z.number(), unit: z.string() }),
    )
    .describe('The smallest changes of one term that would have made another choice'),
})
export type Decision = z.infer<typeof decision>

/** What staff may set of an order, before and after a command. */
export const orderControl = z.object({
  driverId: driverId.nullable(),
  pinnedDriverId: driverId.nullable(),
  isHeld: z.boolean(),
  priority: orderPriority,
  promisedAtMs: timeMs,
})
export type OrderControl = z.infer<typeof orderControl>

/** What a dispatcher's command did; `undoUntil` says how long it can be taken back. */
export const commandResult = z.object({
  commandId: z.uuid(),
  order: boardOrder,
  before: orderControl.extend({ predictedMs: timeMs.nullable() }),
  canUndo: z.boolean(),
})
export type CommandResult = z.infer<typeof commandResult>

const weight = z.number().min(0).max(100_000)

/** How a zone is dispatched. What staff set is kept with a version; the rest are the policy's defaults. */
export const dispatchPolicy = z.object({
  zoneId,
  version: z.int(),
  name: z
    .enum(['scored-offers', 'joint'])
    .describe('The best score, one order a driver; or whole routes for all drivers at once'),
  autonomy: z.enum(AUTONOMY),
  vetoWindowS: z.int().min(5).max(120).describe('With autonomy veto: how long staff may object before it is carried out'),
  mode: z.enum(['offer', 'assign']).describe('Ask the driver, or send the driver outright'),
  offerTimeoutS: z.number().min(5).max(300),
  radiusKm: z.number().min(0.5).max(50),
  maxAttempts: z.int().min(1).max(20),
  retryS: z.number().min(1).max(120),
  maxOrdersPerDriver: z.int().min(1).max(20).nullable().describe('On top of each driver’s own limit; null for that alone'),
  bundling: z.object({
    mode: z.enum(['none', 'same_merchant', 'nearby_merchants', 'any']),
    maxOrders: z.int().min(1).max(20),
    withinS: z.int().min(0).max(1800).describe('The ride allowed to a further merchant with food on board'),
  }),
  weights: z
    .object({
      doorPerMin: weight,
      latePerMin: weight,
      foodWaitPerMin: weight,
      busyPerMin: weight,
      ridePerMin: weight,
      pay: weight,
      fairness: weight,
      decline: weight,
    })
    .describe('What a minute, an order and a risk cost in minor units of money; see docs/dispatch.md'),
  refuseAfterS: z
    .int()
    .min(0)
    .max(7200)
    .nullable()
    .describe('An order later than this at the door is refused at once; null: never'),
})
export type DispatchPolicy = z.infer<typeof dispatchPolicy>

/** What giving an order to a driver would cost, before it is done. */
export const whatIf = z.object({
  atMs: timeMs,
  impact: z
    .object({
      toPickupS: z.number(),
      waitS: z.number(),
      pickupMs: timeMs,
      dropMs: timeMs,
      slackAfterS: z.number(),
      ordersAfter: z.int(),
      detours: z
        .array(z.object({ orderId, number: z.int(), addedS: z.number(), slackAfterS: z.number() }))
        .describe('Orders the driver has already that come later'),
    })
    .nullable()
    .describe('Null when no route can hold it'),
  terms: candidate.shape.terms,
  costMinor: z
    .number()
    .nullable()
    .describe('By the planner’s own cost; null where a rule speaks against it or the policy has scores'),
  excludedBy: leftOut.nullable().describe('The rule that speaks against it; staff may overrule it'),
})
export type WhatIf = z.infer<typeof whatIf>

/** What became of each order of a command for several. */
export const bulkResult = z.object({
  items: z.array(
    z.object({
      orderId,
      number: z.int(),
      commandId: z.uuid().nullable().describe('Null when it was refused'),
      problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
    }),
  ),
})
export type BulkResult = z.infer<typeof bulkResult>

/** How often staff chose as the planner would have: what shadow mode is for. */
export const agreement = z.object({
  zoneId,
  sinceMs: timeMs,
  choices: z.int().describe('Drivers chosen by staff while the planner had a choice of its own'),
  same: z.int(),
  dearerByMinor: money.describe('What the others cost more by the planner’s own cost, summed'),
  differing: z.array(
    z.object({
      orderId,
      number: z.int(),
      atMs: timeMs,
      actorName: z.string(),
      driverName: z.string(),
      plannedDriverName: z.string(),
      dearerByMinor: z.number().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type Agreement = z.infer<typeof agreement>

const oneOrder = z.object({ id: orderId })
const STAFF = ['dispatcher', 'admin'] as const
const seen = { version: version.optional().describe('Or send it as If-Match'), reason: text(200).optional() }

/** Routes of dispatch staff. */
export const dispatchRoutes = {
  'GET /dispatch/board': {
    summary: 'Open orders, drivers and alerts of a zone',
    tag: 'dispatch',
    auth: STAFF,
    query: z.object({ zoneId: zoneId.optional() }),
    reply: dispatchBoard,
  },
  'GET /dispatch/policy': {
    summary: 'How a zone is dispatched now',
    tag: 'dispatch',
    auth: STAFF,
    query: z.object({ zoneId: zoneId.optional() }),
    reply: dispatchPolicy,
    versioned: true,
  },
  'PATCH /dispatch/policy': {
    summary: 'Change how a zone is dispatched, while it runs',
    tag: 'dispatch',
    auth: STAFF,
    query: z.object({ zoneId: zoneId.optional() }),
    body: dispatchPolicy
      .omit({ zoneId: true, version: true })
      .partial()
      .extend({ version: z.int().optional().describe('Or send it as If-Match') }),
    reply: dispatchPolicy,
    versioned: true,
  },
  'GET /dispatch/agreement': {
    summary: 'How often staff chose as the planner would have',
    tag: 'dispatch',
    auth: STAFF,
    query: z.object({
      zoneId: zoneId.optional(),
      sinceMs: z.coerce.number<number>().int().optional().describe('A day ago when left out'),
    }),
    reply: agreement,
  },
  'GET /dispatch/drivers/:id/route': {
    summary: 'A driver’s stops and the way between them',
    tag: 'dispatch',
    auth: STAFF,
    params: z.object({ id: driverId }),
    reply: driverRoute,
  },
  'GET /dispatch/orders/:id/candidates': {
    summary: 'Drivers ranked for an order now, with every term, and who is left out',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    reply: z.object({ atMs: timeMs, candidates: z.array(candidate), leftOut: z.array(leftOut) }),
  },
  'GET /dispatch/orders/:id/what-if': {
    summary: 'What giving an order to a driver would cost, without doing it',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    query: z.object({ driverId }),
    reply: whatIf,
  },
  'GET /dispatch/orders/:id/decisions': {
    summary: 'What the planner decided for an order, newest first',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    reply: z.object({ items: z.array(decision) }),
  },
  'POST /dispatch/orders/:id/assign': {
    summary: 'Give an order to a driver, or to another one',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object({ driverId, ...seen }),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/reassign': {
    summary: 'Move an order from its driver to another',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object({ driverId, ...seen }),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/unassign': {
    summary: 'Take an order off its driver; the planner looks again',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object(seen),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/pin': {
    summary: 'Let only this driver have an order',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object({ driverId, ...seen }),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/hold': {
    summary: 'Keep an order back; nobody is asked',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object(seen),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/release': {
    summary: 'Give an order back to the planner: no pin, no hold',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object(seen),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/priority': {
    summary: 'Say how much an order matters beside others',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object({ priority: orderPriority, ...seen }),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/extend': {
    summary: 'Promise a later time',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object({ minutes: z.int().min(1).max(180), ...seen }),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/proposal/accept': {
    summary: 'Let the planner do what it proposes',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object(seen),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/orders/:id/proposal/veto': {
    summary: 'Refuse what the planner proposes; that driver is left out',
    tag: 'dispatch',
    auth: STAFF,
    params: oneOrder,
    body: z.object(seen),
    reply: commandResult,
    versioned: true,
  },
  'POST /dispatch/drivers/:id/move-route': {
    summary: 'Give all orders of a driver that are not carried yet to another driver',
    tag: 'dispatch',
    auth: STAFF,
    params: z.object({ id: driverId }),
    body: z.object({
      toDriverId: driverId,
      orders: z
        .array(z.object({ id: orderId, version: version.optional() }))
        .min(1)
        .max(20)
        .optional()
        .describe('Only these; all of them when left out'),
      reason: text(200).optional(),
    }),
    reply: bulkResult,
  },
  'POST /dispatch/commands/:id/undo': {
    summary: 'Take a command back while that is still possible',
    tag: 'dispatch',
    auth: STAFF,
    params: z.object({ id: z.uuid() }),
    reply: commandResult,
  },
} as const satisfies RouteTable
