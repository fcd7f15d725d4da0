import type { OrderEvent } from '@doorstep/shared/contract'
import { type DriverId, type MerchantId, type OrderId, orderStatus } from '@doorstep/shared/domain'
import type { LoggedEvent } from '../bus/index.ts'
import type { ChangeBody, ParsedTopic, TopicMessage } from '../live/index.ts'
import type { OrderRow } from '../orders/index.ts'
import type { Database } from '../platform/index.ts'
import {
  describeMerchantOrder,
  describeOrder,
  offersOf,
  type TrackedZone,
  type Tracker,
  toBoardChange,
  toDriverRoute,
} from '../tracking/index.ts'

/** What turning events into live messages reads. */
export interface ChangeDeps {
  db: Database
  tracker: Tracker
}

/** Whether an event can change what a topic shows: the ids in it say. */
export function mayConcern({ kind, id }: ParsedTopic, { subjects, data }: LoggedEvent): boolean {
  switch (kind) {
    case 'order':
      return subjects.orderId === id
    case 'merchant':
      return subjects.merchantId === undefined || subjects.merchantId === id
    case 'driver':
      return subjects.driverId === id || subjects.previousDriverId === id || withdrawnFrom(data).includes(id)
    default:
      return true
  }
}

/** Drivers whose offer an event took away. */
function withdrawnFrom(data: LoggedEvent['data']): string[] {
  return Array.isArray(data['withdrawnFrom']) ? (data['withdrawnFrom'] as string[]) : []
}

/** Who is told of an event: everybody whose topic shows something of it. */
export async function changesOf(
  { db, tracker }: ChangeDeps,
  zone: TrackedZone,
  event: LoggedEvent,
  isWatched: (topic: string) => boolean,
): Promise<TopicMessage[]> {
  const { orderId, driverId, previousDriverId } = event.subjects as {
    orderId?: OrderId
    driverId?: DriverId
    previousDriverId?: DriverId
  }
  const driverIds = [driverId, previousDriverId].filter((id): id is DriverId => id !== undefined)
  await zone.state.refresh({ orderIds: orderId ? [orderId] : [], driverIds })
  const order = orderId ? zone.state.find(orderId) : undefined
  const messages: TopicMessage[] = []
  const boardTopic = `zone:${zone.zoneId}:orders`
  if (isWatched(boardTopic)) messages.push({ topic: boardTopic, body: boardUpdate(tracker, zone, event, driverIds) })
  if (order) messages.push(...orderMessages({ db, tracker }, order, event, isWatched))
  messages.push(...driverMessages(tracker, zone, event, driverIds).filter(({ topic }) => isWatched(topic)))
  return messages
}

/** What is told when only a forecast moved: rows of the board, the ETA of an order, the route of a driver. */
export function forecastMessages(
  { tracker }: ChangeDeps,
  zone: TrackedZone,
  moved: { orderIds: readonly OrderId[]; driverIds: readonly DriverId[] },
  isWatched: (topic: string) => boolean,
): TopicMessage[] {
  const messages: TopicMessage[] = []
  const boardTopic = `zone:${zone.zoneId}:orders`
  if (isWatched(boardTopic))
    messages.push({ topic: boardTopic, body: { type: 'board_update', ...toBoardChange(tracker, zone, moved) } })
  for (const id of moved.orderIds) {
    const order = zone.state.orders.get(id)
    const topic = `order:${id}`
    if (order && isWatched(topic)) messages.push({ topic, body: { ...statusOf(order), eta: tracker.eta(order) } })
  }
  for (const id of moved.driverIds) {
    const topic = `driver:${id}`
    if (isWatched(topic)) messages.push({ topic, body: routeUpdate(tracker, zone, id) })
  }
  return messages
}

function boardUpdate(tracker: Tracker, zone: TrackedZone, event: LoggedEvent, driverIds: DriverId[]): ChangeBody {
  const orderId = event.subjects.orderId as OrderId | undefined
  const rows = toBoardChange(tracker, zone, { orderIds: orderId ? [orderId] : [], driverIds })
  return { type: 'board_update', ...(orderId ? { event: toOrderEvent(event, orderId) } : {}), ...rows }
}

function orderMessages(
  deps: ChangeDeps,
  order: OrderRow,
  event: LoggedEvent,
  isWatched: (topic: string) => boolean,
): TopicMessage[] {
  const messages: TopicMessage[] = []
  const logEntry = toOrderEvent(event, order.id)
  const isOver = order.endedBy !== null && ['order.cancelled', 'order.rejected', 'order.failed'].includes(event.type)
  const head: ChangeBody = isOver
    ? {
        type: 'order_cancelled',
        orderId: order.id,
        number: order.number,
        version: order.version,
        by: order.endedBy!,
        reason: order.endedReason,
      }
    : { ...statusOf(order), event: logEntry, eta: deps.tracker.eta(order) }
  const orderTopic = `order:${order.id}`
  if (isWatched(orderTopic)) {
    messages.push({
      topic: orderTopic,
      body: async (reader) => ({ ...head, order: await describeOrder(deps.db, deps.tracker, order.id, reader) }),
    })
  }
  const merchantTopic = `merchant:${order.merchantId}`
  if (isWatched(merchantTopic)) {
    const body = async (): Promise<ChangeBody> => ({
      ...head,
      merchantOrder: await describeMerchantOrder(deps.db, deps.tracker, order.id, kitchenOf(order)),
    })
    messages.push({ topic: merchantTopic, body })
  }
  return messages
}

/** Reads an order as its merchant's staff do, whoever of them or of dispatch looks. */
const kitchenOf = (order: OrderRow) => ({
  userId: order.customerId,
  role: 'merchant' as const,
  name: '',
  merchantId: order.merchantId as MerchantId,
})

function driverMessages(tracker: Tracker, zone: TrackedZone, event: LoggedEvent, driverIds: DriverId[]): TopicMessage[] {
  const { orderId } = event.subjects as { orderId?: OrderId }
  const messages: TopicMessage[] = []
  const tell = (id: string, body: ChangeBody) => messages.push({ topic: `driver:${id}`, body })
  if (event.type.startsWith('driver.shift_')) {
    for (const id of driverIds) tell(id, { type: 'shift_update', shift: shiftOf(zone, id) })
    return messages
  }
  if (!orderId) return messages
  const withdrawn = withdrawnFrom(event.data)
  for (const id of withdrawn)
    tell(id, { type: 'offer_expired', orderId, reason: event.type === 'order.assigned' ? 'taken' : 'withdrawn' })
  for (const id of driverIds) {
    if (event.type === 'order.offered') {
      const offer = offersOf(zone, id, 0).find((one) => one.orderId === orderId)
      if (offer) tell(id, { type: 'new_offer', offer })
    } else if (event.type === 'order.offer_expired' || event.type === 'order.offer_declined') {
      tell(id, { type: 'offer_expired', orderId, reason: event.type === 'order.offer_expired' ? 'expired' : 'declined' })
    } else if (!withdrawn.includes(id)) {
      tell(id, routeUpdate(tracker, zone, id))
    }
  }
  return messages
}

function routeUpdate(tracker: Tracker, zone: TrackedZone, id: DriverId): ChangeBody {
  return { type: 'route_update', route: toDriverRoute(tracker, zone, id) }
}

function shiftOf(zone: TrackedZone, id: DriverId) {
  const driver = zone.state.drivers.get(id)
  return driver?.shiftStartedAt ? { startedAtMs: driver.shiftStartedAt, endsAtMs: driver.shiftEndsAt } : null
}

function statusOf(order: OrderRow) {
  const { id: orderId, number, version, kitchen, delivery } = order
  return { type: 'status_update' as const, orderId, number, version, status: orderStatus(order), kitchen, delivery }
}

/** The log entry behind an event of the bus; `seq`, actor and the rest travel in its data. */
function toOrderEvent(event: LoggedEvent, orderId: OrderId): OrderEvent {
  const {
    seq,
    actor,
    actorId: _,
    actorName,
    ...data
  } = event.data as OrderEvent['data'] & Pick<OrderEvent, 'seq' | 'actor' | 'actorName'>
  return { orderId, seq, type: event.type as OrderEvent['type'], atMs: event.atMs, actor, actorName: actorName ?? null, data }
}
