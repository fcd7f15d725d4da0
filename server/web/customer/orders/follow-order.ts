import type { Order, OrderEvent } from '@doorstep/shared/contract'
import { useState } from 'react'
import { type Loaded, useLoad, useTopic, useView } from '../../kit/index.ts'

/** Where the driver of a followed order is, and when that was, by the server's clock. */
export interface DriverFix {
  lat: number
  lon: number
  courseDeg: number | null
  atMs: number
}

/** An order as it changes: loaded once, then told live. */
export interface FollowedOrder {
  order: Loaded<Order>
  events: readonly OrderEvent[]
  fix: DriverFix | null
  /** Where the driver was seen since this page is open, for the dotted line behind the marker. */
  ridden: readonly [number, number][]
}

/** The order topic's state: the newer one stays, whichever way it came. */
const newer = (a: Order, b: Order) => (a.version > b.version ? a : b)
const RIDDEN_MOST = 400

/** Follows an order for its customer while a page shows it. */
export function useFollowOrder(id: string): FollowedOrder {
  const { api, session } = useView()
  const me = session.use((state) => state.me)
  const order = useLoad(
    me ? `order ${id} ${me.id}` : null,
    (signal) => api.call('GET /orders/:id', { params: { id }, signal }),
    newer,
  )
  const log = useLoad(me ? `order events ${id} ${me.id}` : null, (signal) =>
    api.call('GET /orders/:id/events', { params: { id }, signal }),
  )
  const [fix, setFix] = useState<DriverFix | null>(null)
  const [ridden, setRidden] = useState<[number, number][]>([])
  const isOpen = order.data ? order.data.times.endedAtMs === null : true

  useTopic(useView().live, me && isOpen && !order.error ? `order:${id}` : null, {
    onSnapshot: (body) => order.replace(body as Order),
    onChange(change) {
      if (change.type !== 'status_update' && change.type !== 'order_cancelled') return
      const eta = change.type === 'status_update' && !change.event ? change.eta : undefined
      if (change.order) order.replace(change.order)
      else if (eta !== undefined) order.change((known) => ({ ...known, eta }))
      else order.reload()
      if (change.type === 'order_cancelled' || change.event) log.reload()
    },
    onLocation({ place, courseDeg, atMs }) {
      setRidden((before) => [...before, [place.lon, place.lat] as [number, number]].slice(-RIDDEN_MOST))
      setFix({ ...place, courseDeg, atMs })
    },
  })

  const driver = order.data?.driver
  const known =
    driver?.place && driver.fixAtMs !== null ? { ...driver.place, courseDeg: driver.courseDeg, atMs: driver.fixAtMs } : null
  const isCarried = ['picked_up', 'in_transit', 'at_customer'].includes(order.data?.delivery ?? '')
  const latest = fix && (!known || fix.atMs >= known.atMs) ? fix : known
  return { order, events: log.data?.items ?? [], fix: isCarried ? latest : null, ridden }
}
