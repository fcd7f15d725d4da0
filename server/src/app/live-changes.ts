import type { OrderEvent, Role } from '@doorstep/shared/contract'
import { type DriverId, type OrderId, orderStatus } from '@doorstep/shared/domain'
import type { LoggedEvent } from '../bus/index.ts'
import type { ChangeBody, ParsedTopic, TopicMessage } from '../live/index.ts'
import { eventForReader, type OrderRow, type rememberLines } from '../orders/index.ts'
import type { Database, Principal } from '../platform/index.ts'
import {
  describeKnownMerchantOrder,
  describeKnownOrder,
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
  linesOf: ReturnType<typeof rememberLines>
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
  deps: ChangeDeps,
  zone: TrackedZone,
  event: LoggedEvent,
  isWatched: (topic: string) => boolean,
): Promise<TopicMessage[]> {
  const { orderId, driverId, previousDriverId } = event.subjects as {
    orderId?: OrderId
    driverId?: DriverId
    previousDriverId?: DriverId
  }
  const { tracker } = deps
  const driverIds = [driverId, previousDriverId].filter((id): id is DriverId => id !== undefined)
  await zone.state.refresh({ orderIds: orderId ? [orderId] : [], driverIds })
  const order = orderId ? zone.state.find(orderId) : undefined
  const messages: TopicMessage[] = []
  const boardTopic = `zone:${zone.zoneId}:orders`
  if (isWatched(boardTopic)) messages.push({ topic: boardTopic, body: boardUpdate(tracker, zone, event, driverIds) })
  if (order) messages.push(...orderMessages(deps, order, event, isWatched))
  messages.push(...driverMessages(tracker, zone, event, driverIds).filter(({ topic }) => isWatched(topic)))
  return messages
}

/** What is told when only a forecast moved: rows of the board, the ETA of an order, the route of a driver. */
export function forecastMessages(
  { tracker }: Pick<ChangeDeps, 'tracker'>,
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
  const headFor = (role: Role): Extract<ChangeBody, { type: 'status_update' | 'order_cancelled' }> => {
    const { id: orderId, number, version, endedBy, endedReason } = order
    if (isOver) return { type: 'order_cancelled', orderId, number, version, by: endedBy!, reason: endedReason }
    const readable = eventForReader(logEntry, role)
    return { ...statusOf(order), ...(readable ? { event: readable } : {}), eta: deps.tracker.eta(order) }
  }
  const orderTopic = `order:${order.id}`
  if (isWatched(orderTopic)) {
    messages.push({
      topic: orderTopic,
      body: async (reader) => ({ ...headFor(reader.role), order: await describeFor(deps, order, reader) }),
    })
  }
  const merchantTopic = `merchant:${order.merchantId}`
  if (isWatched(merchantTopic)) {
    const body = async (): Promise<ChangeBody> => ({
      ...headFor('merchant'),
      merchantOrder: describeKnownMerchantOrder(deps.tracker, order, await deps.linesOf(order.id)),
    })
    messages.push({ topic: merchantTopic, body })
  }
  return messages
}

/** The order as it was read for this event; its lines are in memory as well, mostly. */
async function describeFor({ db, tracker, linesOf }: ChangeDeps, order: OrderRow, reader: Principal) {
  return describeKnownOrder(tracker, order, await linesOf(order.id), reader) ?? describeOrder(db, tracker, order.id, reader)
}

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
