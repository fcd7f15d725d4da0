import { z } from 'zod'
import { AUTONOMY, boardOrder, orderPriority } from './dispatch-board.ts'
import { driverId, orderId, timeMs, zoneId } from './primitives.ts'

/** What staff may set of an order, before and after a command. */
export const orderControl = z.object({
  driverId: driverId.nullable(),
  pinnedDriverId: driverId.nullable(),
  isHeld: z.boolean(),
  priority: orderPriority,
  promisedAtMs: timeMs,
})
export type OrderControl = z.infer<typeof orderControl>

/** What a dispatcher's command did, and the order as it was. */
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
