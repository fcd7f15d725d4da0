import type { OrderEvent } from '@doorstep/shared/contract'
import { shortName, type ZoneTime } from '../board/format.ts'

type Data = OrderEvent['data']

const text = (data: Data, name: string): string | undefined => {
  const value = data[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
const number = (data: Data, name: string): number | undefined => {
  const value = data[name]
  return typeof value === 'number' ? value : undefined
}

/** An entry of the log as a dispatcher says it; only what the event itself carries. */
export function eventWords(event: OrderEvent, time: ZoneTime, nameOf: (driverId: string) => string | undefined): string {
  const { data } = event
  const driver = text(data, 'driverName') ?? nameOf(text(data, 'driverId') ?? '')
  const who = driver ? shortName(driver) : undefined
  const base = wordsOf(event, time, who)
  const reason = text(data, 'reason')
  return reason ? `${base}: ${reason}` : base
}

function wordsOf({ type, data }: OrderEvent, time: ZoneTime, who: string | undefined): string {
  const to = who ? ` to ${who}` : ''
  const prep = number(data, 'prepMinutes')
  const readyMs = number(data, 'readyAtMs')
  switch (type) {
    case 'order.placed': {
      const promisedMs = number(data, 'promisedAtMs')
      return promisedMs === undefined ? 'Placed' : `Placed, promised ${time.hm(promisedMs)}`
    }
    case 'order.accepted':
      return prep === undefined ? 'Accepted' : `Accepted, prep ${prep} min`
    case 'order.preparing':
      return 'Being prepared'
    case 'order.ready':
      return 'Ready'
    case 'order.delayed':
      return readyMs === undefined ? 'Kitchen is late' : `Kitchen is late, ready ${time.hm(readyMs)}`
    case 'order.rejected':
      return 'Rejected by the merchant'
    case 'order.offered':
      return `Offered${to}`
    case 'order.offer_declined':
      return who ? `${who} declined` : 'Offer declined'
    case 'order.offer_expired':
      return who ? `Offer to ${who} expired` : 'Offer expired'
    case 'order.offer_withdrawn':
      return who ? `Offer to ${who} withdrawn` : 'Offer withdrawn'
    case 'order.no_driver_available':
      return text(data, 'cause') === 'too_late' || text(data, 'cause') === 'nobody_can' ? 'Cannot be in time' : 'No driver found'
    case 'order.assigned':
      return `Assigned${to}`
    case 'order.reassigned':
      return `Reassigned${to}`
    case 'order.unassigned':
      return who ? `Taken from ${who}` : 'Taken from the driver'
    case 'order.pinned':
      return who ? `Only for ${who}` : 'Pinned to a driver'
    case 'order.held':
      return 'Held back'
    case 'order.released':
      return 'Given back to the planner'
    case 'order.prioritised':
      return `Priority ${number(data, 'priority') ?? ''}`.trimEnd()
    case 'order.promise_extended': {
      const promisedMs = number(data, 'promisedAtMs')
      return promisedMs === undefined ? 'Promised later' : `Promised for ${time.hm(promisedMs)}`
    }
    case 'order.proposed':
      return data['isWithdrawn'] === true ? 'Proposal withdrawn' : who ? `${who} proposed` : 'Driver proposed'
    case 'order.proposal_vetoed':
      return who ? `${who} ruled out` : 'Proposal refused'
    case 'order.command_undone':
      return 'Taken back'
    case 'order.driver_at_merchant':
      return `${who ?? 'Driver'} at the merchant`
    case 'order.picked_up':
      return who ? `Picked up by ${who}` : 'Picked up'
    case 'order.departed':
      return 'On the way to the customer'
    case 'order.driver_at_customer':
      return `${who ?? 'Driver'} at the door`
    case 'order.delivered':
      return 'Delivered'
    case 'order.failed':
      return 'Delivery failed'
    case 'order.cancelled':
      return 'Cancelled'
  }
}

/** Who wrote an entry: the person where the server names one, else their role. */
export const actorWords = (event: OrderEvent): string =>
  event.actor === 'system' ? 'planner' : event.actorName ? (event.actorName.split(' ')[0] ?? event.actor) : event.actor
