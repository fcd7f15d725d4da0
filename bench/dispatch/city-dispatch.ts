import { type DriverId, type OrderId, seededRng } from '@doorstep/shared/domain'
import { buildSnapshot } from '../../server/src/dispatch/index.ts'
import { type Decision, type Plan, type Policy, plan, recordTravel, type Snapshot } from '../../server/src/planner/index.ts'
import { hourOf } from './city-evening.ts'
import { createCityOffers } from './city-offers.ts'
import type { Riders } from './city-riders.ts'
import type { Town } from './city-town.ts'

/** What dispatching an evening left behind, beside the orders themselves. */
export interface Dispatched {
  /** When an order was first offered. */
  firstOfferMs: Map<OrderId, number>
  /** When the plan first held a driver for an order, and whom. */
  firstPlan: Map<OrderId, { atMs: number; driverId: DriverId }>
  /** Offers that were declined or never answered, by order. */
  declined: Map<OrderId, number>
  offers: number
  /** Times that nobody was found and staff would have been told. */
  gaveUp: number
  planMs: number[]
  /** Rules found broken; there must be none. */
  broken: string[]
}

/** Dispatch of the town's zone. */
export interface CityDispatch {
  done: Dispatched
  /** One round, as the server does it. */
  tick(): void
  /** Whether a round could do nothing now. */
  isIdle(): boolean
}

/** Makes the dispatch of a town by a policy: the server's snapshot, the planner, and what follows from its decisions. */
export function createCityDispatch(town: Town, riders: Riders, policy: Policy, elapsedMs: () => number): CityDispatch {
  const { server, city, nowMs } = town
  const { state } = server
  const fleet = { locate: (id: DriverId) => ({ ...riders.place(id), fixAtMs: nowMs() }) }
  const done: Dispatched = {
    ...{ firstOfferMs: new Map(), firstPlan: new Map(), declined: new Map(), offers: 0, gaveUp: 0, planMs: [], broken: [] },
  }
  const offers = createCityOffers(town, riders, (id) => done.declined.set(id, (done.declined.get(id) ?? 0) + 1))
  let previous: Plan | null = null
  const found = (id: OrderId, driverId: DriverId) => {
    if (!done.firstPlan.has(id)) done.firstPlan.set(id, { atMs: nowMs(), driverId })
  }
  const told = (id: OrderId, driverId: DriverId) => {
    found(id, driverId)
    done.offers++
    if (!done.firstOfferMs.has(id)) done.firstOfferMs.set(id, nowMs())
  }

  const carryOut = (decision: Decision, orderId: OrderId) => {
    switch (decision.kind) {
      case 'offer':
      case 'offer_many': {
        const { attempt, expiresMs } = decision
        for (const { driverId, route } of decision.kind === 'offer' ? [decision] : decision.routes) {
          if (offers.make({ orderId, driverId, expiresMs, attempt, route })) told(orderId, driverId)
        }
        return
      }
      case 'assign': {
        const { driverId, route } = decision
        const given = { action: 'assign', actor: 'system', patch: { driverId }, data: { driverId } } as const
        if (!server.move(orderId, given, nowMs())) return
        told(orderId, driverId)
        offers.orderStops(driverId, route)
        return
      }
      case 'wait': {
        const { reason, plannedDriverId, attempt, untilMs } = decision
        if (plannedDriverId !== null) found(orderId, plannedDriverId)
        if (reason === 'nobody_available') server.patch(orderId, { attempts: attempt, nextAttemptAt: untilMs })
        return
      }
      case 'give_up':
      case 'refuse':
        done.gaveUp++
        server.move(orderId, { action: 'give_up', actor: 'system', patch: { attempts: 0 } }, nowMs())
        return
      case 'alert':
    }
  }

  return {
    done,
    isIdle() {
      for (const order of state.orders.values()) if (order.driverId === null && order.kitchen !== 'placed') return false
      return state.offers.size === 0
    },
    tick() {
      offers.expire()
      city.travel.useHour(hourOf(city, nowMs()))
      const { snapshot } = recordTravel(buildSnapshot({ state, fleet, travel: city.travel, previous }, nowMs()))
      checkSnapshot(snapshot, done.broken)
      const before = elapsedMs()
      const result = plan(snapshot, policy, nowMs(), seededRng(nowMs()))
      done.planMs.push(elapsedMs() - before)
      previous = result.plan
      for (const decision of result.decisions) for (const orderId of decision.orderIds) carryOut(decision, orderId)
    },
  }
}

/** What must hold at every moment: nobody carries more than fits, no order is in two hands. */
function checkSnapshot({ orders, drivers }: Snapshot, broken: string[]): void {
  const sizes = new Map(orders.map((order) => [order.id, order.size]))
  const holders = new Map<OrderId, DriverId>()
  for (const { id, stops, capacity, maxOrders } of drivers) {
    if (stops.length === 0) continue
    const toFetch = new Set(stops.filter((stop) => stop.kind === 'pickup').map((stop) => stop.orderId))
    const aboard = stops.filter((stop) => stop.kind === 'drop' && !toFetch.has(stop.orderId))
    const load = aboard.reduce((sum, stop) => sum + sizes.get(stop.orderId)!, 0)
    if (load > capacity) broken.push(`${id} carries ${load} of ${capacity}`)
    const held = new Set(stops.map((stop) => stop.orderId))
    if (held.size > maxOrders) broken.push(`${id} holds ${held.size} of ${maxOrders} orders`)
    for (const orderId of held) {
      if (holders.has(orderId)) broken.push(`${orderId} is with ${holders.get(orderId)} and ${id}`)
      holders.set(orderId, id)
    }
  }
}
