import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import { type OrderRow, openOrdersOfZone, ordersById } from '../orders/index.ts'
import type { Sql } from '../platform/index.ts'
import { type DriverRow, driversById, driversOfZone } from './drivers-sql.ts'
import { type OfferRow, openOffersOfOrders, openOffersOfZone } from './offers-sql.ts'

/** What changed in a zone's state, after it was read anew. */
export interface ZoneChange {
  orderIds: readonly OrderId[]
  driverIds: readonly DriverId[]
}

/**
 * The open orders, drivers and open offers of a zone, held in memory and read anew for what an event names: whoever
 * plans, predicts or watches reads this and never scans a table. An order that ended leaves `orders` after the change
 * that tells of it; the last few hundred can still be found.
 */
export interface ZoneState {
  readonly zoneId: ZoneId
  readonly orders: ReadonlyMap<OrderId, OrderRow>
  readonly drivers: ReadonlyMap<DriverId, DriverRow>
  /** Open offers by order. */
  readonly offers: ReadonlyMap<OrderId, readonly OfferRow[]>
  /** An open order, or one that ended a moment ago. */
  find(id: OrderId): OrderRow | undefined
  /** Reads everything. */
  load(): Promise<void>
  /** Reads these anew and tells the listeners; calls made meanwhile are answered together. */
  refresh(change: ZoneChange): Promise<void>
  /** Calls back after every refresh; the answer ends it. */
  onChange(listener: (change: ZoneChange) => void): () => void
}

/** What could not be read is tried again after this, in ms of the wall. */
const READ_AGAIN_MS = 500
/** Orders that ended and can still be found. */
const KEPT_ENDED = 500

/** Makes the state of one zone; empty until `load`. */
export function createZoneState(sql: Sql, zoneId: ZoneId): ZoneState {
  const orders = new Map<OrderId, OrderRow>()
  const ended = new Map<OrderId, OrderRow>()
  const drivers = new Map<DriverId, DriverRow>()
  const offers = new Map<OrderId, OfferRow[]>()
  const listeners = new Set<(change: ZoneChange) => void>()
  let pending: { orderIds: Set<OrderId>; driverIds: Set<DriverId> } | null = null
  let reading: Promise<void> = Promise.resolve()
  let isQueued = false

  const readAgain = async () => {
    // What the same burst of events names is read together, whoever asks for it.
    await new Promise(setImmediate)
    isQueued = false
    if (!pending) return
    const wanted = pending
    pending = null
    await readRows(wanted).catch((error: unknown) => {
      pending = {
        orderIds: new Set([...wanted.orderIds, ...(pending?.orderIds ?? [])]),
        driverIds: new Set([...wanted.driverIds, ...(pending?.driverIds ?? [])]),
      }
      // Nothing more may happen to these for long, so they are read without being asked for again.
      setTimeout(() => void queue().catch(() => undefined), READ_AGAIN_MS).unref()
      throw error
    })
  }

  /** Reads what is pending when what is being read has been; one that failed is part of the next. */
  const queue = () => {
    if (isQueued || !pending) return reading
    isQueued = true
    reading = reading.then(readAgain, readAgain)
    return reading
  }

  const readRows = async (wanted: { orderIds: Set<OrderId>; driverIds: Set<DriverId> }) => {
    const orderIds = [...wanted.orderIds]
    const driverIds = [...wanted.driverIds]
    const [orderRows, offerRows, driverRows] = await Promise.all([
      orderIds.length ? ordersById(sql, orderIds) : [],
      orderIds.length ? openOffersOfOrders(sql, orderIds) : [],
      driverIds.length ? driversById(sql, driverIds) : [],
    ])
    for (const id of orderIds) offers.delete(id)
    for (const offer of offerRows) offers.set(offer.orderId, [...(offers.get(offer.orderId) ?? []), offer])
    for (const row of orderRows) orders.set(row.id, row)
    for (const row of driverRows) drivers.set(row.id, row)
    for (const listener of listeners) listener({ orderIds, driverIds })
    for (const row of orderRows) if (row.endedAt !== null) retire(row)
  }

  const retire = (row: OrderRow) => {
    orders.delete(row.id)
    ended.set(row.id, row)
    const [oldest] = ended.keys()
    if (ended.size > KEPT_ENDED && oldest) ended.delete(oldest)
  }

  return {
    zoneId,
    orders,
    drivers,
    offers,
    find: (id) => orders.get(id) ?? ended.get(id),
    async load() {
      const [orderRows, driverRows, offerRows] = await Promise.all([
        openOrdersOfZone(sql, zoneId),
        driversOfZone(sql, zoneId),
        openOffersOfZone(sql, zoneId),
      ])
      orders.clear()
      drivers.clear()
      offers.clear()
      for (const row of orderRows) orders.set(row.id, row)
      for (const row of driverRows) drivers.set(row.id, row)
      for (const offer of offerRows) offers.set(offer.orderId, [...(offers.get(offer.orderId) ?? []), offer])
    },
    refresh({ orderIds, driverIds }) {
      pending ??= { orderIds: new Set(), driverIds: new Set() }
      for (const id of orderIds) pending.orderIds.add(id)
      for (const id of driverIds) pending.driverIds.add(id)
      return queue()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
