import type { OrderRow } from '../../server/src/orders/index.ts'
import type { Policy } from '../../server/src/planner/index.ts'
import { createCityDispatch, type Dispatched } from './city-dispatch.ts'
import type { Evening } from './city-evening.ts'
import { startKitchens } from './city-kitchens.ts'
import type { City } from './city-place.ts'
import { type RiddenEvening, startRiders } from './city-riders.ts'
import { placedRow } from './city-server.ts'
import { makeTown, type Town } from './city-town.ts'

/** An evening as it went: every order as it ended, what every driver did, and what dispatch did. */
export interface PlayedEvening extends Dispatched {
  orders: readonly OrderRow[]
  /** Orders that had not ended when everybody had gone home. */
  left: readonly OrderRow[]
  drivers: readonly (RiddenEvening & { earnedMinor: number })[]
}

/** How dispatch is run, beside its policy. */
export interface PlayOptions {
  /** Seconds between two looks at the zone while nothing changes; the server looks every second. */
  tickS: number
  /** The clock that planning is measured by. */
  elapsedMs(): number
}

/** What changes within a second is looked at together. */
const SECOND_MS = 1_000
/** What is not there so long after the last order never comes. */
const CLOSED_AFTER_MS = 3 * 3_600_000

/**
 * Plays an evening by a policy: customers, kitchens and drivers as the simulation has them, orders, offers and stops moved by the
 * server's rules, and its planner when something has changed. Nothing depends on the machine but the time planning takes.
 */
export function playEvening(city: City, evening: Evening, policy: Policy, { tickS, elapsedMs }: PlayOptions): PlayedEvening {
  const town = makeTown(city, evening)
  const { server } = town
  const { state } = server
  const riders = startRiders(town)
  startKitchens(town)
  const dispatch = createCityDispatch(town, riders, policy, elapsedMs)
  placeOrders(town)
  let dueMs = 0
  const change = () => {
    dueMs = 0
  }
  server.onPlaced(change)
  server.onMoved(change)
  const closedMs = evening.endMs + CLOSED_AFTER_MS
  for (let atMs = evening.startMs; atMs <= closedMs; ) {
    town.runUntil(atMs)
    if (atMs >= dueMs) {
      dueMs = atMs + tickS * 1000
      dispatch.tick()
    }
    const nextMs = Math.min(town.nextMs(), dispatch.isIdle() ? Number.POSITIVE_INFINITY : dueMs)
    atMs += SECOND_MS * Math.max(1, Math.ceil((nextMs - atMs) / SECOND_MS))
  }
  return {
    ...dispatch.done,
    orders: evening.orders.map(({ id }) => state.find(id)!),
    left: [...state.orders.values()],
    drivers: riders.ridden().map((ridden) => ({ ...ridden, earnedMinor: state.drivers.get(ridden.driverId)!.shiftEarnedMinor })),
  }
}

function placeOrders({ evening, server, schedule, nowMs }: Town): void {
  for (const order of evening.orders) {
    schedule(order.placedMs, () => server.place(placedRow(order)))
    const { regretMs } = order
    if (regretMs !== null)
      schedule(regretMs, () => server.move(order.id, { action: 'cancel_by_customer', actor: 'customer' }, nowMs()))
  }
}
