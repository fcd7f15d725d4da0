import type { OrderEvent, Role } from '@doorstep/shared/contract'
import type { OrderEventType } from '@doorstep/shared/domain'

/** Entries between the planner, dispatch staff and the drivers asked: no business of an order's other parties. */
const INTERNAL: ReadonlySet<OrderEventType> = new Set<OrderEventType>([
  'order.offered',
  'order.offer_declined',
  'order.offer_expired',
  'order.offer_withdrawn',
  'order.pinned',
  'order.held',
  'order.released',
  'order.prioritised',
  'order.proposed',
  'order.proposal_vetoed',
  'order.command_undone',
])

/** Where staff give their reason to each other and not to the customer. */
const REASON_AMONG_STAFF: ReadonlySet<OrderEventType> = new Set<OrderEventType>([
  'order.assigned',
  'order.reassigned',
  'order.unassigned',
  'order.promise_extended',
])

/** What of an entry's data its parties may read. */
const FOR_PARTIES = [
  'promisedAtMs',
  'minutes',
  'addedMinutes',
  'prepMinutes',
  'readyAtMs',
  'driverId',
  'driverName',
  'cause',
  'reason',
]

/** An entry of an order's log as somebody may read it: staff all of it, its parties what concerns them, else undefined. */
export function eventForReader(event: OrderEvent, role: Role): OrderEvent | undefined {
  if (role === 'dispatcher' || role === 'admin') return event
  if (INTERNAL.has(event.type)) return undefined
  const keys = REASON_AMONG_STAFF.has(event.type) ? FOR_PARTIES.filter((key) => key !== 'reason') : FOR_PARTIES
  const data = Object.fromEntries(keys.flatMap((key) => (key in event.data ? [[key, event.data[key]!]] : [])))
  const isOfStaff = event.actor === 'dispatcher' || event.actor === 'admin'
  return { ...event, actorName: isOfStaff ? null : event.actorName, data }
}
