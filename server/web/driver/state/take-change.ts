import type { DriverState, TopicChange } from '@doorstep/shared/contract'

/** The driver's state after something happened on their topic. */
export function takeChange(state: DriverState, change: TopicChange): DriverState {
  const without = (orderId: string) => state.offers.filter((offer) => offer.orderId !== orderId)
  switch (change.type) {
    case 'new_offer':
      return { ...state, offers: [...without(change.offer.orderId), change.offer] }
    case 'offer_expired':
      return { ...state, offers: without(change.orderId) }
    case 'route_update':
      return { ...state, route: change.route }
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
