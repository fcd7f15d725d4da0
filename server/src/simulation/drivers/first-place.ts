import type { Stop } from '@doorstep/shared/contract'
import type { LatLon, Rng } from '@doorstep/shared/domain'
import { between, pick } from '../chance.ts'
import { placeAround } from '../riding/around.ts'
import type { Session } from '../session.ts'

/**
 * A likely place for a driver who was never seen: at the stop they have reached, somewhere between the merchant and the
 * door while they carry, a few streets away from the merchant they ride to, or near a merchant when they have nothing.
 */
export async function likelyPlace(
  call: Session['call'],
  rng: Rng,
  merchants: readonly LatLon[],
  stop: Stop | undefined,
): Promise<LatLon | null> {
  if (stop && stop.arrivedAtMs !== null) return stop.place
  const guess = stop ? await onTheWay(call, rng, stop) : placeAround(rng, pick(rng, merchants)!, 20, 250)
  const nearest = await call('GET /addresses/nearest', { query: guess })
  return nearest.ok ? (nearest.value.address?.place ?? guess) : null
}

async function onTheWay(call: Session['call'], rng: Rng, stop: Stop): Promise<LatLon> {
  if (stop.kind === 'pickup') return placeAround(rng, stop.place, 250, 900)
  const order = await call('GET /orders/:id', { params: { id: stop.orderId } })
  if (!order.ok) return placeAround(rng, stop.place, 200, 800)
  const { place: from } = order.value.merchant
  const share = between(rng, 0.15, 0.8)
  return { lat: from.lat + (stop.place.lat - from.lat) * share, lon: from.lon + (stop.place.lon - from.lon) * share }
}
