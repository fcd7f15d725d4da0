import { WebSocket } from 'ws'
import { createLiveClient, type LiveClient, type LiveSocketLike } from '../../shared/src/client/index.ts'
import type {
  BoardDriver,
  DispatchBoard,
  DriverState,
  MerchantBoard,
  Order,
  TopicChange,
} from '../../shared/src/contract/index.ts'
import type { Person } from './call-api.ts'

/** What a subscriber believes, kept by the rules of the live connection. */
export interface Believed {
  who: string
  /** Version of each order it has heard of. */
  orders: Map<string, number>
  /** Of drivers it sees: online and stops, as `orderId kind`. */
  drivers: Map<string, { isOnline: boolean; stops: string[]; offers?: string[] }>
  /** Whose open orders it must know: of a merchant, of everybody, or none but those it was told. */
  covers: { merchantId: string } | 'all' | 'told'
  live: LiveClient
}

/** Connects somebody as the console, the web views and the apps do. */
export function connect(url: string, person: Person, client: string): LiveClient {
  return createLiveClient({
    url: `${url.replace(/^http/, 'ws')}/api/v1/live`,
    client,
    token: () => person.token,
    openSocket: (address, protocol) =>
      new WebSocket(address, protocol, { perMessageDeflate: false }) as unknown as LiveSocketLike,
  })
}

const believe = (who: string, live: LiveClient, covers: Believed['covers']): Believed => ({
  ...{ who, live, covers },
  orders: new Map(),
  drivers: new Map(),
})

/** A later version wins, whatever comes first. */
function hear({ orders }: Believed, id: string, version: number): void {
  orders.set(id, Math.max(orders.get(id) ?? 0, version))
}

/** A console: the whole board of a zone. */
export function watchBoard(url: string, person: Person, zoneId: string): Believed {
  const live = connect(url, person, 'console')
  const seen = believe(`console of ${person.email}`, live, 'all')
  const take = (orders: DispatchBoard['orders'], drivers: readonly BoardDriver[]) => {
    for (const order of orders) hear(seen, order.id, order.version)
    for (const { id, isOnline, stops } of drivers) seen.drivers.set(id, { isOnline, stops: stops.map(stopName) })
  }
  live.subscribe(`zone:${zoneId}:orders`, {
    onSnapshot(body) {
      const board = body as DispatchBoard
      seen.orders.clear()
      seen.drivers.clear()
      take(board.orders, board.drivers)
    },
    onChange(change) {
      if (change.type !== 'board_update') return
      take(change.orders, change.drivers)
      for (const id of change.goneDriverIds) seen.drivers.delete(id)
    },
  })
  return seen
}

/** A kitchen's board, as staff of the zone may see it. */
export function watchMerchant(url: string, person: Person, merchantId: string): Believed {
  const live = connect(url, person, 'console')
  const seen = believe(`board of merchant ${merchantId}`, live, { merchantId })
  live.subscribe(`merchant:${merchantId}`, {
    onSnapshot(body) {
      seen.orders.clear()
      for (const order of (body as MerchantBoard).orders) hear(seen, order.id, order.version)
    },
    onChange(change) {
      if ('version' in change) hear(seen, change.orderId, change.version)
    },
  })
  return seen
}

/** A driver's shift, offers and route, as staff of the zone may see them. */
export function watchDriver(url: string, person: Person, driverId: string): Believed {
  const live = connect(url, person, 'console')
  const seen = believe(`driver ${driverId}`, live, 'told')
  const state = { isOnline: false, stops: [] as string[], offers: [] as string[] }
  seen.drivers.set(driverId, state)
  const without = (orderId: string) => state.offers.filter((id) => id !== orderId)
  live.subscribe(`driver:${driverId}`, {
    onSnapshot(body) {
      const { shift, offers, route } = body as DriverState
      Object.assign(state, { isOnline: shift !== null, stops: route.stops.map(stopName), offers: offers.map((o) => o.orderId) })
    },
    onChange(change) {
      if (change.type === 'route_update') {
        state.stops = change.route.stops.map(stopName)
        // An offer that was taken is a stop now.
        for (const { orderId } of change.route.stops) state.offers = without(orderId)
      } else if (change.type === 'shift_update') state.isOnline = change.shift !== null
      else if (change.type === 'new_offer') state.offers = [...without(change.offer.orderId), change.offer.orderId]
      else if (change.type === 'offer_expired' || change.type === 'order_cancelled') state.offers = without(change.orderId)
    },
  })
  return seen
}

/** A customer who follows what they have ordered; `follow` adds an order. */
export function watchCustomer(url: string, person: Person): Believed & { follow(orderId: string): void } {
  const live = connect(url, person, 'customer')
  const seen = believe(person.email, live, 'told')
  const follow = (orderId: string) => {
    live.subscribe(`order:${orderId}`, {
      onSnapshot: (body) => hear(seen, orderId, (body as Order).version),
      onChange: (change: TopicChange) => {
        if ('version' in change) hear(seen, orderId, change.version)
      },
    })
  }
  return { ...seen, follow }
}

const stopName = ({ orderId, kind }: { orderId: string; kind: string }) => `${orderId} ${kind}`
