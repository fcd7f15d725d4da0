import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { merchantKey } from '../../server/src/dispatch/index.ts'
import { inPlannedOrder, type OfferRow, type StopRef } from '../../server/src/drivers/index.ts'
import { answerOffer, rngOf } from '../../server/src/simulation/index.ts'
import type { Riders } from './city-riders.ts'
import type { Town } from './city-town.ts'

/** An order to be shown to a driver, with the route it was planned into. */
export interface WantedOffer {
  orderId: OrderId
  driverId: DriverId
  expiresMs: number
  attempt: number
  route: readonly StopRef[]
}

/** Offers and how they are answered. */
export interface CityOffers {
  /** False when the order has moved on and cannot be offered any more. */
  make(offer: WantedOffer): boolean
  /** Ends those whose time is over. */
  expire(): void
  /** Gives a driver the planned order of stops, as far as it still fits. */
  orderStops(driverId: DriverId, route: readonly StopRef[]): void
}

/**
 * Shows orders to drivers, who answer as the simulated ones do: each has one mind about each order, whoever offers it and when.
 * `declined` is told of every no and every silence.
 */
export function createCityOffers(town: Town, riders: Riders, declined: (id: OrderId) => void): CityOffers {
  const { server, city, evening, schedule, nowMs } = town
  const { state } = server
  const pickiness = new Map(evening.drivers.map((driver) => [driver.row.id, driver.pickiness]))

  const isOpen = (offer: OfferRow) => offer.expiresAt > nowMs() && state.offers.get(offer.orderId)?.includes(offer) === true
  const orderStops = (driverId: DriverId, route: readonly StopRef[]) => {
    const stops = inPlannedOrder(state.drivers.get(driverId)!.stops, route)
    if (!stops) return
    server.setDriver(driverId, { stops })
    riders.look(driverId)
  }
  const accept = (offer: OfferRow, route: readonly StopRef[]) => {
    const { driverId, orderId } = offer
    const { stops, maxOrders } = state.drivers.get(driverId)!
    if (!isOpen(offer) || new Set(stops.map((stop) => stop.orderId)).size >= maxOrders) return
    server.endOffer(offer, 'accepted')
    const isTaken = server.move(
      orderId,
      { action: 'accept_offer', actor: 'driver', patch: { driverId }, data: { driverId } },
      nowMs(),
    )
    if (isTaken) orderStops(driverId, route)
  }
  const refuse = (offer: OfferRow, outcome: 'declined' | 'expired') => {
    if (!server.endOffer(offer, outcome)) return
    declined(offer.orderId)
    const said =
      outcome === 'declined'
        ? ({ action: 'decline_offer', actor: 'driver' } as const)
        : ({ action: 'expire_offer', actor: 'system' } as const)
    server.move(offer.orderId, { ...said, data: { driverId: offer.driverId } }, nowMs())
  }
  return {
    orderStops,
    expire() {
      for (const offer of [...state.offers.values()].flat()) if (offer.expiresAt <= nowMs()) refuse(offer, 'expired')
    },
    make({ orderId, driverId, expiresMs, attempt, route }) {
      const patch = { attempts: attempt, nextAttemptAt: null }
      if (!server.move(orderId, { action: 'offer', actor: 'system', patch, data: { driverId } }, nowMs())) return false
      const { payMinor, tipMinor, legM, merchantId } = state.orders.get(orderId)!
      const { vehicle } = state.drivers.get(driverId)!
      const toPickupS = city.travel.secondsTo(merchantKey(merchantId), vehicle, riders.place(driverId))
      const toPickupM = city.travel.metres(vehicle, toPickupS)
      const offer: OfferRow = {
        ...{ id: `${orderId} ${driverId} ${attempt}`, orderId, driverId, zoneId: state.zoneId, decisionId: null },
        ...{ offeredAt: nowMs(), expiresAt: expiresMs, toPickupM, toPickupS, outcome: 'open' },
      }
      server.putOffer(offer)
      const rng = rngOf(evening.seed, `${driverId} offered ${orderId}`)
      const { answer, afterMs } = answerOffer(rng, { payMinor, tipMinor, toPickupM, legM }, pickiness.get(driverId)!)
      if (answer === 'accept') schedule(nowMs() + afterMs, () => accept(offer, route))
      if (answer === 'decline') schedule(nowMs() + afterMs, () => isOpen(offer) && refuse(offer, 'declined'))
      return true
    },
  }
}
