import type { DriverState, Offer, Stop } from '@doorstep/shared/contract'
import type { OutboxEntry } from '../outbox/outbox-entry.ts'

/** A stop as it is shown: what the driver did to it counts at once, and says so until the server has it. */
export interface ShownStop extends Stop {
  isSyncing: boolean
}

/** The driver's state with everything applied that was done on this phone. */
export interface ShownState {
  driver: DriverState['driver']
  shift: DriverState['shift']
  place: DriverState['place']
  offers: Offer[]
  stops: ShownStop[]
  route: DriverState['route']
}

/**
 * Applies what was done on this phone to what the server last said: what waits, and what arrived after the server said it.
 * Applying something that the server knows already changes nothing.
 */
export function applyOutbox(state: DriverState, readAtMs: number, entries: readonly OutboxEntry[]): ShownState {
  const start: ShownState = {
    driver: state.driver,
    shift: state.shift,
    place: state.place,
    offers: state.offers,
    stops: state.route.stops.map((stop) => ({ ...stop, isSyncing: false })),
    route: state.route,
  }
  return [...entries]
    .filter((entry) => entry.state === 'waiting' || (entry.state === 'sent' && (entry.sentAtMs ?? 0) + graceMs(entry) > readAtMs))
    .sort((a, b) => a.seq - b.seq)
    .reduce(applyEntry, start)
}

/** What the server says right after an answer to an offer may still be from before it. */
const ANSWER_GRACE_MS = 4_000
const graceMs = ({ action }: OutboxEntry) => (action === 'accept' || action === 'decline' ? ANSWER_GRACE_MS : 0)

function applyEntry(state: ShownState, entry: OutboxEntry): ShownState {
  const { orderId, action } = entry
  const isSyncing = entry.state === 'waiting'
  const without = (kind: Stop['kind']) => ({
    ...state,
    stops: state.stops
      .filter((stop) => stop.orderId !== orderId || stop.kind !== kind)
      .map((stop) => (stop.orderId === orderId ? { ...stop, isSyncing } : stop)),
  })
  const arrived = (kind: Stop['kind']) => ({
    ...state,
    stops: state.stops.map((stop) =>
      stop.orderId === orderId && stop.kind === kind
        ? { ...stop, arrivedAtMs: stop.arrivedAtMs ?? entry.doneAtMs, isSyncing }
        : stop,
    ),
  })
  switch (action) {
    case 'accept':
      return accepted(state, entry)
    case 'decline':
      return { ...state, offers: withoutOffer(state, entry) }
    case 'arrive_at_merchant':
      return arrived('pickup')
    case 'pick_up':
      return without('pickup')
    case 'arrive_at_customer':
      return arrived('drop')
    case 'deliver':
    case 'fail':
      return without('drop')
    default:
      return state
  }
}

/** An offer that was made after the answer is another one, on the same order. */
const withoutOffer = ({ offers }: ShownState, entry: OutboxEntry) =>
  offers.filter((offer) => offer.orderId !== entry.orderId || offer.offeredAtMs > entry.doneAtMs)

function accepted(state: ShownState, entry: OutboxEntry): ShownState {
  const offers = withoutOffer(state, entry)
  const isKnown = state.stops.some((stop) => stop.orderId === entry.orderId)
  if (!entry.offer || isKnown) return { ...state, offers }
  return { ...state, offers, stops: [...state.stops, ...stopsOfOffer(entry.offer)] }
}

/** The two stops of an offer that was just taken, until the server has planned them. */
function stopsOfOffer(offer: Offer): ShownStop[] {
  const both = {
    orderId: offer.orderId,
    number: offer.number,
    details: null,
    note: null,
    isReady: false,
    arrivedAtMs: null,
    etaMs: null,
    version: 1,
    itemCount: offer.itemCount,
    isSyncing: true,
  }
  const { merchant, drop } = offer
  return [
    {
      ...both,
      kind: 'pickup',
      place: merchant.place,
      name: merchant.name,
      address: merchant.address,
      readyAtMs: offer.readyAtMs,
    },
    { ...both, kind: 'drop', place: drop.place, name: drop.address, address: drop.address, readyAtMs: null },
  ]
}
