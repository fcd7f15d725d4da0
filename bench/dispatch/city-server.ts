import type { Actor, DriverId, OrderAction, OrderId } from '@doorstep/shared/domain'
import { type DriverRow, type OfferRow, stopsAfter, type ZoneState } from '../../server/src/drivers/index.ts'
import { movedOrder, type OrderRow } from '../../server/src/orders/index.ts'
import type { EveningOrder } from './city-evening.ts'

/** What an action needs beside its name: who acts, what it sets, what it says. */
export interface Action {
  action: OrderAction
  actor: Actor
  patch?: Parameters<typeof movedOrder>[1]['patch']
  data?: Parameters<typeof movedOrder>[1]['data']
}

/** A change that was made. */
export interface Moved {
  before: OrderRow
  after: OrderRow
  action: OrderAction
  nowMs: number
}

/** A zone's orders, drivers and offers, moved by the server's own rules, without its database. */
export interface CityServer {
  state: ZoneState
  ended: ReadonlyMap<OrderId, OrderRow>
  place(order: OrderRow): void
  /** Moves an order; false when a rule forbids it, and then nothing has changed. */
  move(id: OrderId, action: Action, nowMs: number): boolean
  /** Sets what makes no new version: when it shall be looked at again. */
  patch(id: OrderId, change: Pick<OrderRow, 'attempts' | 'nextAttemptAt'>): void
  setDriver(id: DriverId, change: Partial<DriverRow>): void
  putOffer(offer: OfferRow): void
  /** Ends an open offer and counts the answer; false when it is open no more. */
  endOffer(offer: OfferRow, outcome: 'accepted' | 'declined' | 'expired'): boolean
  onPlaced(listener: (order: OrderRow) => void): void
  onMoved(listener: (moved: Moved) => void): void
}

/** Makes an empty one with these drivers, none of them on shift. */
export function createCityServer(zoneId: ZoneState['zoneId'], rows: readonly DriverRow[]): CityServer {
  const orders = new Map<OrderId, OrderRow>()
  const ended = new Map<OrderId, OrderRow>()
  const drivers = new Map<DriverId, DriverRow>(rows.map((row) => [row.id, { ...row }]))
  const offers = new Map<OrderId, OfferRow[]>()
  const placed: ((order: OrderRow) => void)[] = []
  const listeners: ((moved: Moved) => void)[] = []

  const setDriver = (id: DriverId, change: Partial<DriverRow>) => void drivers.set(id, { ...drivers.get(id)!, ...change })
  const dropOffer = (offer: OfferRow) => {
    const open = offers.get(offer.orderId) ?? []
    const left = open.filter((one) => one.id !== offer.id)
    if (left.length > 0) offers.set(offer.orderId, left)
    else offers.delete(offer.orderId)
    return left.length < open.length
  }
  const followInDrivers = (change: Parameters<typeof stopsAfter>[1]) => {
    const { before, after, effects, event } = change
    if (effects.includes('withdraw_offers')) offers.delete(after.id)
    for (const id of new Set([before.driverId, after.driverId])) {
      const row = id && drivers.get(id)
      if (row) setDriver(row.id, { stops: stopsAfter(row.stops, change, row.id) })
    }
    if (effects.includes('pay_driver') && after.driverId) {
      const earned = after.payMinor + (event === 'order.delivered' ? after.tipMinor : 0)
      setDriver(after.driverId, { shiftEarnedMinor: drivers.get(after.driverId)!.shiftEarnedMinor + earned })
    }
  }

  return {
    state: {
      ...{ zoneId, orders, drivers, offers },
      find: (id) => orders.get(id) ?? ended.get(id),
      load: async () => {},
      refresh: async () => {},
      onChange: () => () => {},
    },
    ended,
    place(order) {
      orders.set(order.id, order)
      for (const listener of placed) listener(order)
    },
    move(id, { action, actor, patch, data }, nowMs) {
      const before = orders.get(id)
      const moved =
        before &&
        movedOrder(before, { orderId: id, action, actor, actorId: null, nowMs, ...(patch && { patch }), ...(data && { data }) })
      if (!before || !moved?.ok) return false
      const { after } = moved.value
      orders.set(id, after)
      followInDrivers({ before, ...moved.value })
      if (after.endedAt !== null) {
        orders.delete(id)
        ended.set(id, after)
      }
      for (const listener of listeners) listener({ before, after, action, nowMs })
      return true
    },
    patch: (id, change) => void orders.set(id, { ...orders.get(id)!, ...change }),
    setDriver,
    putOffer: (offer) => void offers.set(offer.orderId, [...(offers.get(offer.orderId) ?? []), offer]),
    endOffer(offer, outcome) {
      if (!dropOffer(offer)) return false
      const { offersAnswered, offersAccepted } = drivers.get(offer.driverId)!
      setDriver(offer.driverId, {
        offersAnswered: offersAnswered + 1,
        offersAccepted: offersAccepted + (outcome === 'accepted' ? 1 : 0),
      })
      return true
    },
    onPlaced: (listener) => void placed.push(listener),
    onMoved: (listener) => void listeners.push(listener),
  }
}

/** An order as it stands in the database the moment it is placed. */
export function placedRow({ id, number, placedMs, quote, drop, tipMinor }: EveningOrder): OrderRow {
  const { merchant, zone, price, lines, leg, payMinor, promisedMinutes } = quote
  const nothingYet = {
    ...{ driverId: null, acceptedAt: null, preparingAt: null, readyAt: null, assignedAt: null, atMerchantAt: null },
    ...{ pickedUpAt: null, departedAt: null, atCustomerAt: null, endedAt: null, endedBy: null, endedReason: null },
    ...{ pinnedDriverId: null, isHeld: false, priority: 0, exclusions: [], proposedDriverId: null },
    ...{ proposalDecisionId: null, proposalActsAt: null, attempts: 0, nextAttemptAt: null, noDriverAt: null },
  }
  return {
    ...nothingYet,
    ...{ id, number, version: 1, zoneId: zone.id, merchantId: merchant.id, merchantName: merchant.name, merchantAddress: '' },
    ...{ merchantLat: merchant.position.lat, merchantLon: merchant.position.lon, dropLat: drop.lat, dropLon: drop.lon },
    ...{ customerId: id as string as OrderRow['customerId'], customerName: '', kitchen: 'placed', delivery: 'waiting' },
    ...{ ...price, currency: zone.currency, tipMinor, payMinor, itemCount: lines.reduce((sum, line) => sum + line.quantity, 0) },
    ...{
      dropAddress: '',
      dropDetails: null,
      instructions: null,
      legM: Math.round(leg.distanceM),
      legS: Math.round(leg.durationS),
    },
    ...{ placedAt: placedMs, promisedAt: placedMs + promisedMinutes * 60_000 },
    kitchenReadyAt: placedMs + merchant.prepMinutes * 60_000,
  }
}
