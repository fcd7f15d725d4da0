import type { DriverState, Offer, TopicChange } from '@doorstep/shared/contract'

/** A driver's state after a change on its topic; the same object when the change says nothing about it. */
export function foldChange(state: DriverState, change: TopicChange): DriverState {
  switch (change.type) {
    case 'new_offer':
      return { ...state, offers: [...withoutOrder(state.offers, change.offer.orderId), change.offer] }
    case 'offer_expired':
      return { ...state, offers: withoutOrder(state.offers, change.orderId) }
    case 'order_cancelled':
      return {
        ...state,
        offers: withoutOrder(state.offers, change.orderId),
        route: { ...state.route, stops: state.route.stops.filter((stop) => stop.orderId !== change.orderId) },
      }
    case 'route_update':
      return { ...state, route: change.route }
    case 'shift_update':
      return { ...state, shift: change.shift }
    default:
      return state
  }
}

const withoutOrder = (offers: readonly Offer[], orderId: string) => offers.filter((offer) => offer.orderId !== orderId)

/** What a driver's own button has done to its first stop, before the server tells. */
export function foldAction(state: DriverState, action: string, nowMs: number, version: number): DriverState {
  const [first, ...rest] = state.route.stops
  if (!first) return state
  const isLeft = action === 'pick_up' || action === 'deliver'
  const arrivedAtMs = action.startsWith('arrive') ? nowMs : first.arrivedAtMs
  const stops = [...(isLeft ? [] : [{ ...first, arrivedAtMs }]), ...rest]
  return {
    ...state,
    route: { ...state.route, stops: stops.map((stop) => (stop.orderId === first.orderId ? { ...stop, version } : stop)) },
  }
}
