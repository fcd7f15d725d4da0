import type { DriverState, Offer } from '@doorstep/shared/contract'
import type { DriverId } from '@doorstep/shared/domain'
import { acceptanceRate, findDriver, type OfferRow } from '../drivers/index.ts'
import type { OrderRow } from '../orders/index.ts'
import { AppError, type Sql } from '../platform/index.ts'
import { toDriverRoute } from './stop-view.ts'
import type { TrackedZone } from './tracked-zone.ts'
import type { Tracker } from './tracker.ts'

/** Everything a driver's screen starts from. Reads the driver anew; orders and offers come from the zone's state. */
export async function describeDriver(sql: Sql, tracker: Tracker, id: DriverId): Promise<DriverState> {
  const driver = await findDriver(sql, id)
  const zone = driver && tracker.zones.get(driver.zoneId)
  if (!driver || !zone) throw new AppError('not_found', 'There is no driver profile for this account.')
  const offered = [...zone.state.offers.values()].flat().filter((offer) => offer.driverId === id)
  const orderIds = [...driver.stops, ...offered].map(({ orderId }) => orderId)
  await zone.state.refresh({ orderIds, driverIds: [id] })
  return {
    driver: {
      id,
      name: driver.name,
      vehicle: driver.vehicle,
      rating: Math.round(driver.rating * 10) / 10,
      acceptanceRate: acceptanceRate(driver),
      maxOrders: driver.maxOrders,
    },
    shift: driver.shiftStartedAt === null ? null : { startedAtMs: driver.shiftStartedAt, endsAtMs: driver.shiftEndsAt },
    place: placeOf(tracker, id),
    offers: offersOf(zone, id, tracker.clock.nowMs()),
    route: toDriverRoute(tracker, zone, id),
  }
}

function placeOf(tracker: Tracker, id: DriverId): DriverState['place'] {
  const position = tracker.fleet.locate(id)
  return position ? { lat: position.lat, lon: position.lon } : null
}

/** The offers a driver may answer now. */
export function offersOf(zone: TrackedZone, id: DriverId, nowMs: number): Offer[] {
  return [...zone.state.offers.values()]
    .flat()
    .filter((offer) => offer.driverId === id && offer.expiresAt > nowMs)
    .flatMap((offer) => {
      const order = zone.state.orders.get(offer.orderId)
      return order ? [toOffer(offer, order)] : []
    })
}

function toOffer(offer: OfferRow, order: OrderRow): Offer {
  return {
    id: offer.id,
    orderId: order.id,
    number: order.number,
    offeredAtMs: offer.offeredAt,
    expiresAtMs: offer.expiresAt,
    payMinor: order.payMinor,
    tipMinor: order.tipMinor,
    currency: order.currency,
    merchant: {
      name: order.merchantName,
      place: { lat: order.merchantLat, lon: order.merchantLon },
      address: order.merchantAddress,
    },
    drop: { place: { lat: order.dropLat, lon: order.dropLon }, address: order.dropAddress },
    readyAtMs: order.readyAt ?? order.kitchenReadyAt,
    toPickupM: offer.toPickupM,
    toPickupS: offer.toPickupS,
    legM: order.legM,
    legS: order.legS,
    itemCount: order.itemCount,
  }
}
