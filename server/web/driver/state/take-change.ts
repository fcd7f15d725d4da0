import type { DriverState, TopicChange } from '@doorstep/shared/contract'

/** The driver's state after something happened on their topic. */
export function takeChange(state: DriverState, change: TopicChange): DriverState {
  const without = (orderId: string) => state.offers.filter((offer) => offer.orderId !== orderId)
  switch (change.type) {
    case 'new_offer':
      return { ...state, offers: [...without(change.offer.orderId), change.offer] }
    case 'offer_expired':
      return { ...state, offers: without(change.orderId) }
    case 'route_update': {
      // An offer that was taken is a stop now, also when the answer to taking it was lost.
      const taken = new Set(change.route.stops.map((stop) => stop.orderId))
      return { ...state, route: change.route, offers: state.offers.filter((offer) => !taken.has(offer.orderId)) }
    }
    case 'shift_update':
      return { ...state, shift: change.shift }
    case 'order_cancelled': {
      const stops = state.route.stops.filter((stop) => stop.orderId !== change.orderId)
      return { ...state, offers: without(change.orderId), route: { ...state.route, stops } }
    }
    default:
      return state
  }
}
