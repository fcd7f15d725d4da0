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
    .filter((entry) => entry.state === 'waiting' || (entry.state === 'sent' && (entry.sentAtMs ?? 0) > readAtMs))
    .sort((a, b) => a.seq - b.seq)
    .reduce(applyEntry, start)
}

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
      return { ...state, offers: state.offers.filter((offer) => offer.orderId !== orderId) }
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

function accepted(state: ShownState, entry: OutboxEntry): ShownState {
  const offer = state.offers.find((one) => one.orderId === entry.orderId)
  const offers = state.offers.filter((one) => one.orderId !== entry.orderId)
  const isKnown = state.stops.some((stop) => stop.orderId === entry.orderId)
  if (!offer || isKnown) return { ...state, offers }
  return { ...state, offers, stops: [...state.stops, ...stopsOfOffer(offer)] }
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
