import type { Order, OrderEvent } from '@doorstep/shared/contract'
import type { OrderId } from '@doorstep/shared/domain'
import { type Clock, type HandleRoute, inTransaction, type Principal, type Sql } from '../platform/index.ts'
import { type ActOnOrderDeps, actOnOrder } from './act-on-order.ts'
import { eventForReader } from './event-for-reader.ts'
import { eventsOfOrder, type NamedEventRow } from './events-sql.ts'
import { oncePerKey } from './idempotent.ts'
import { listOrders } from './list-orders.ts'
import { findPartysOrder, ownerOf } from './order-access.ts'
import { placeOrderProblem } from './order-problem.ts'
import { type PlaceOrderDeps, placeOrder, quoteOrder } from './place-order.ts'
import { rateOrder } from './rate-order.ts'

/** What the routes of orders need. `describe` answers an order as its reader may see it, with position and ETA. */
export interface OrderRouteDeps extends ActOnOrderDeps {
  clock: Clock
  placing: PlaceOrderDeps
  describe(sql: Sql, id: OrderId, principal: Principal): Promise<Order>
  /** Adds a rating to a driver's or merchant's mean. */
  rated: Parameters<typeof rateOrder>[1]
}

/** Mounts the routes of orders. */
export function mountOrderRoutes(handle: HandleRoute, deps: OrderRouteDeps): void {
  const { db, clock, placing, describe } = deps

  handle('POST /orders', async ({ body, principal, idempotencyKey, setHeader }) => {
    const nowMs = clock.nowMs()
    const { reply, replayed } = await oncePerKey(
      db,
      { userId: principal.userId, key: idempotencyKey, route: 'POST /orders', body, status: 201, nowMs },
      async () => {
        const quote = await quoteOrder(placing, body, nowMs)
        if (!quote.ok) throw placeOrderProblem(quote.error)
        return quote.value
      },
      async (sql, quote) => describe(sql, await placeOrder(sql, quote, body, principal.userId, nowMs), principal),
    )
    if (replayed) setHeader('Idempotent-Replayed', 'true')
    else deps.committed()
    return reply
  })

  handle('POST /orders/price', async ({ body }) => {
    const quote = await quoteOrder(placing, { ...body, instructions: null }, clock.nowMs())
    if (!quote.ok) throw placeOrderProblem(quote.error)
    const { price, zone, etaMinutes, promisedMinutes } = quote.value
    return { price: { ...price, currency: zone.currency }, etaMinutes, promisedMinutes }
  })

  handle('GET /orders', ({ query, principal }) =>
    listOrders(db, ownerOf(principal), { open: query.open ?? false, cursor: query.cursor, limit: query.limit }),
  )

  handle('GET /orders/:id', ({ params, principal }) => describe(db, params.id, principal))

  handle('GET /orders/:id/events', async ({ params, principal }) => {
    const order = await findPartysOrder(db, params.id, principal)
    const events = await eventsOfOrder(db, order.id)
    return { items: events.flatMap((row) => eventForReader(toOrderEvent(row), principal.role) ?? []) }
  })

  handle('PATCH /orders/:id/status', async ({ params, body, principal, ifMatch }) => {
    const { action, reason, prepMinutes } = body
    const wanted = { orderId: params.id, action, reason, minutes: prepMinutes, version: body.version ?? ifMatch ?? undefined }
    await actOnOrder(deps, principal, wanted, clock.nowMs())
    return describe(db, params.id, principal)
  })

  handle('POST /orders/:id/cancel', async ({ params, body, principal, ifMatch }) => {
    const wanted = { orderId: params.id, action: 'cancel', reason: body.reason, version: body.version ?? ifMatch ?? undefined }
    await actOnOrder(deps, principal, wanted, clock.nowMs())
    return describe(db, params.id, principal)
  })

  handle('POST /orders/:id/rate', async ({ params, body, principal }) => {
    const order = await findPartysOrder(db, params.id, principal)
    await inTransaction(db, (sql) => rateOrder(sql, deps.rated, order, body))
    return null
  })
}

/** A log entry as it goes over the wire. */
export function toOrderEvent(row: NamedEventRow): OrderEvent {
  const { orderId, seq, type, at, actor, actorName, data } = row
  return { orderId, seq, type, atMs: at, actor, actorName, data }
}
