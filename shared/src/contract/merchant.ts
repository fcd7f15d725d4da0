import { z } from 'zod'
import { DELIVERY_STATES, KITCHEN_STATES, PREP_MINUTES, VEHICLES } from '../domain/index.ts'
import { orderLine } from './orders.ts'
import { currency, merchantId, money, orderId, type RouteTable, text, timeMs, version } from './primitives.ts'

/** An order as the kitchen sees it. */
export const merchantOrder = z.object({
  id: orderId,
  number: z.int(),
  version,
  kitchen: z.enum(KITCHEN_STATES),
  delivery: z.enum(DELIVERY_STATES),
  column: z.enum(['new', 'preparing', 'ready', 'handed_over', 'ended']).describe('Where the board shows it'),
  lines: z.array(orderLine),
  instructions: z.string().nullable(),
  subtotalMinor: money,
  currency,
  placedAtMs: timeMs,
  acceptedAtMs: timeMs.nullable(),
  kitchenReadyMs: timeMs.nullable().describe('Promised by the kitchen, or when it was ready'),
  readyAtMs: timeMs.nullable(),
  pickedUpAtMs: timeMs.nullable(),
  driver: z.object({ name: z.string(), vehicle: z.enum(VEHICLES), isHere: z.boolean(), etaMs: timeMs.nullable() }).nullable(),
  endedReason: z.string().nullable(),
})
export type MerchantOrder = z.infer<typeof merchantOrder>

/** The merchant's board: everything open, and what was handed over today. */
export const merchantBoard = z.object({
  merchant: z.object({ id: merchantId, name: z.string(), prepMinutes: z.int(), timeZone: z.string() }),
  orders: z.array(merchantOrder),
  today: z.object({ orders: z.int(), onTimeShare: z.number().nullable() }),
})
export type MerchantBoard = z.infer<typeof merchantBoard>

const oneOrder = z.object({ id: orderId })
const seen = { version: version.optional() }

/** Routes of the kitchen's board. */
export const merchantRoutes = {
  'GET /merchant/board': { summary: 'My board', tag: 'merchant', auth: ['merchant'], reply: merchantBoard },
  'POST /merchant/orders/:id/accept': {
    summary: 'Accept an order and say when it will be ready',
    tag: 'merchant',
    auth: ['merchant'],
    params: oneOrder,
    body: z.object({ prepMinutes: z.int().min(PREP_MINUTES.min).max(PREP_MINUTES.max), ...seen }),
    reply: merchantOrder,
    versioned: true,
  },
  'POST /merchant/orders/:id/start': {
    summary: 'Start preparing',
    tag: 'merchant',
    auth: ['merchant'],
    params: oneOrder,
    body: z.object(seen),
    reply: merchantOrder,
    versioned: true,
  },
  'POST /merchant/orders/:id/ready': {
    summary: 'It is ready',
    tag: 'merchant',
    auth: ['merchant'],
    params: oneOrder,
    body: z.object(seen),
    reply: merchantOrder,
    versioned: true,
  },
  'POST /merchant/orders/:id/delay': {
    summary: 'It takes longer',
    tag: 'merchant',
    auth: ['merchant'],
    params: oneOrder,
    body: z.object({ minutes: z.int().min(1).max(60), reason: text(200).optional(), ...seen }),
    reply: merchantOrder,
    versioned: true,
  },
  'POST /merchant/orders/:id/reject': {
    summary: 'Cannot make it',
    tag: 'merchant',
    auth: ['merchant'],
    params: oneOrder,
    body: z.object({ reason: text(200), ...seen }),
    reply: merchantOrder,
    versioned: true,
  },
  'POST /merchant/orders/:id/hand-over': {
    summary: 'The driver has it',
    tag: 'merchant',
    auth: ['merchant'],
    params: oneOrder,
    body: z.object(seen),
    reply: merchantOrder,
    versioned: true,
  },
} as const satisfies RouteTable
