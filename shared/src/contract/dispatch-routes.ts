import { z } from 'zod'
import { dispatchBoard, orderPriority } from './dispatch-board.ts'
import { bulkResult, commandResult, dispatchPolicy } from './dispatch-control.ts'
import { agreement, candidate, decision, leftOut, whatIf } from './dispatch-reasons.ts'
import { driverRoute } from './driver.ts'
import { driverId, orderId, type RouteTable, text, timeMs, version, zoneId } from './primitives.ts'

const oneOrder = z.object({ id: orderId })
const STAFF = ['dispatcher', 'admin'] as const
const seen = { version: version.optional().describe('Or send it as If-Match'), reason: text(200).optional() }

/** A route that commands one order: versioned, answered with what it did. */
const command = <Body extends z.ZodType>(summary: string, body: Body) =>
  ({ summary, tag: 'dispatch', auth: STAFF, params: oneOrder, body, reply: commandResult, versioned: true }) as const

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
  'POST /dispatch/orders/:id/assign': command('Give an order to a driver, or to another one', z.object({ driverId, ...seen })),
  'POST /dispatch/orders/:id/reassign': command('Move an order from its driver to another', z.object({ driverId, ...seen })),
  'POST /dispatch/orders/:id/unassign': command('Take an order off its driver; the planner looks again', z.object(seen)),
  'POST /dispatch/orders/:id/pin': command('Let only this driver have an order', z.object({ driverId, ...seen })),
  'POST /dispatch/orders/:id/hold': command('Keep an order back; nobody is asked', z.object(seen)),
  'POST /dispatch/orders/:id/release': command('Give an order back to the planner: no pin, no hold', z.object(seen)),
  'POST /dispatch/orders/:id/priority': command(
    'Say how much an order matters beside others',
    z.object({ priority: orderPriority, ...seen }),
  ),
  'POST /dispatch/orders/:id/extend': command('Promise a later time', z.object({ minutes: z.int().min(1).max(180), ...seen })),
  'POST /dispatch/orders/:id/proposal/accept': command('Let the planner do what it proposes', z.object(seen)),
  'POST /dispatch/orders/:id/proposal/veto': command('Refuse what the planner proposes; that driver is left out', z.object(seen)),
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
