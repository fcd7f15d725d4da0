import type { DriverNow, OrderNow } from './database-sql.ts'
import type { Believed } from './watchers.ts'

/** A subscriber's belief that the database does not share. */
export interface Difference {
  who: string
  /** How its connection is. */
  live: string
  /** What it is about: an order's or a driver's id. */
  id: string
  what: string
}

/** Everything that subscribers believe and the database does not, and what they should know and do not. */
export function compareBelieved(
  all: readonly Believed[],
  orders: readonly OrderNow[],
  drivers: readonly DriverNow[],
): Difference[] {
  const orderById = new Map(orders.map((order) => [order.id, order]))
  const driverById = new Map(drivers.map((driver) => [driver.id, driver]))
  const found = (seen: Believed) => [...ordersOf(seen, orderById), ...missingIn(seen, orders), ...driversOf(seen, driverById)]
  return all.flatMap((seen) => found(seen).map((one) => ({ ...one, live: seen.live.state() })))
}

type Found = Omit<Difference, 'live'>

function ordersOf({ who, orders }: Believed, byId: ReadonlyMap<string, OrderNow>): Found[] {
  return [...orders].flatMap(([id, version]) => {
    const order = byId.get(id)
    if (order?.version === version) return []
    return [{ who, id, what: `has order ${order?.number ?? id} at version ${version}, it is at ${order?.version ?? 'none'}` }]
  })
}

function missingIn({ who, orders, covers }: Believed, all: readonly OrderNow[]): Found[] {
  if (covers === 'told') return []
  const due = all.filter(({ isOpen, merchantId }) => isOpen && (covers === 'all' || covers.merchantId === merchantId))
  return due
    .filter(({ id }) => !orders.has(id))
    .map(({ id, number, version }) => ({ who, id, what: `does not know order ${number}, at version ${version}` }))
}

function driversOf({ who, drivers }: Believed, byId: ReadonlyMap<string, DriverNow>): Found[] {
  return [...drivers].flatMap(([id, { isOnline, stops, offers }]) => {
    const driver = byId.get(id)
    if (!driver) return [{ who, id, what: `knows a driver ${id} that does not exist` }]
    const due = driver.stops.map(({ orderId, kind }) => `${orderId} ${kind}`)
    const wrong = [
      isOnline !== driver.isOnline && `has driver ${id} ${isOnline ? 'online' : 'offline'}, who is not`,
      stops.join() !== due.join() && `has driver ${id} with the stops [${stops.join(', ')}] instead of [${due.join(', ')}]`,
      offers &&
        [...offers].sort().join() !== (driver.offers ?? []).join() &&
        `has driver ${id} with the offers [${offers.join(', ')}] instead of [${(driver.offers ?? []).join(', ')}]`,
    ]
    return wrong.filter((what) => typeof what === 'string').map((what) => ({ who, id, what }))
  })
}
