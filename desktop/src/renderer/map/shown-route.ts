import type { LatLon } from '@doorstep/shared/domain'
import type { ShownRoute } from '@doorstep/shared/map'
import { numberParts, type ZoneTime } from '../board/format.ts'
import type { ConsoleState } from '../live/console-store.ts'

/**
 * What the map draws for the selection: the way ahead, the part ridden since it was selected, stops, and the pair; dashed
 * from the driver who is proposed, or over whom the order is held, to the merchant.
 */
export function shownRoute(
  state: Pick<ConsoleState, 'selection' | 'orders' | 'route' | 'drag'>,
  ridden: [number, number][],
  time: ZoneTime,
  placeOf: (driverId: string) => [number, number] | undefined,
): ShownRoute | undefined {
  const { selection, orders, route, drag } = state
  if (!selection) return undefined
  const order = selection.kind === 'order' ? orders.get(selection.id) : undefined
  if (!order && !route?.route) return undefined
  const stops: ShownRoute['stops'] = (route?.route?.stops ?? []).map((stop) => ({
    ...stop.place,
    kind: stop.kind,
    look: stop.orderId === order?.id ? 'selected' : 'planned',
    tag: numberParts(stop.number)[1],
  }))
  const shown: ShownRoute = { stops, ridden }
  if (route?.route && route.route.geometry.length > 1) shown.ahead = route.route.geometry
  if (!order) return shown
  const ends: [LatLon, LatLon] = [order.merchantPlace, order.dropPlace]
  const tag = numberParts(order.number)[1]
  const has = (kind: 'pickup' | 'drop') => stops.some((stop) => stop.kind === kind && stop.look === 'selected')
  const pickedUp = ['picked_up', 'in_transit', 'at_customer', 'delivered'].includes(order.delivery)
  if (!has('pickup')) stops.push({ ...ends[0], kind: 'pickup', look: pickedUp ? 'done' : 'selected', tag })
  if (!has('drop')) stops.push({ ...ends[1], kind: 'drop', look: order.delivery === 'delivered' ? 'done' : 'selected', tag })
  for (const stop of stops) {
    if (stop.look !== 'selected') continue
    if (stop.kind === 'pickup') stop.caption = pickupCaption(order, time)
    else if (order.predictedMs !== null) stop.caption = `${time.hm(order.predictedMs)}, promised ${time.hm(order.promisedAtMs)}`
  }
  const from = placeOf(drag?.overDriverId ?? order.proposal?.driverId ?? '')
  if (from) shown.preview = [from, [ends[0].lon, ends[0].lat]]
  return { ...shown, pair: ends }
}

function pickupCaption(order: { merchantName: string; predictedPickupMs: number | null }, time: ZoneTime): string {
  return order.predictedPickupMs === null ? order.merchantName : `${order.merchantName} ${time.hm(order.predictedPickupMs)}`
}
