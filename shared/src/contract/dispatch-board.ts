import { z } from 'zod'
import { DELIVERY_STATES, KITCHEN_STATES, ORDER_STATUSES, VEHICLES } from '../domain/index.ts'
import { stop } from './driver.ts'
import { driverId, latLon, merchantId, money, orderId, timeMs, version, zoneId } from './primitives.ts'

/** How much an order matters beside others, as staff say. */
export const orderPriority = z.int().min(0).max(3).describe('0 is usual; each step weighs the order’s minutes once more')

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
