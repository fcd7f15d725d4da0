import type { Menu, Zone } from '@doorstep/shared/contract'
import type { LatLon, MerchantId, OrderId, Rng } from '@doorstep/shared/domain'
import { pick } from '../chance.ts'
import type { PeopleClock } from '../people-clock.ts'
import type { Session } from '../session.ts'
import { changesMindAfterMs, chooseMerchant, chooseOrder, ORDERS_WITHIN } from './choose-order.ts'
import { findAddress, type NearestAddress } from './find-address.ts'
import { isWanted, orderGapMs } from './order-gap.ts'

/** What customers are made from. */
export interface CustomersDeps {
  sessions: readonly Session[]
  zone: Zone
  /** Where merchants are. */
  merchants: readonly LatLon[]
  clock: PeopleClock
  rng: Rng
  /** Orders an hour at the peak. */
  perHour: number
  count(what: string): void
}

/** A menu that was read is good for this long, in ms of the server's clock. */
const MENU_GOOD_FOR_MS = 20 * 60_000

/** Lets customers order, one after the other, for as long as the clock runs. */
export function startCustomers(deps: CustomersDeps): void {
  const { clock, rng, perHour, zone, count } = deps
  if (perHour <= 0 || deps.sessions.length === 0) return
  const menus = new Map<MerchantId, { menu: Menu; untilMs: number }>()

  const readMenu = async (call: Session['call'], id: MerchantId) => {
    const known = menus.get(id)
    if (known && known.untilMs > clock.nowMs()) return known.menu
    const menu = await call('GET /merchants/:id/menu', { params: { id } })
    if (!menu.ok) return undefined
    menus.set(id, { menu: menu.value, untilMs: clock.nowMs() + MENU_GOOD_FOR_MS })
    return menu.value
  }
  const orderOnce = async () => {
    const { call } = pick(rng, deps.sessions)!
    const drop = await findAddress((place) => nearestAddress(call, place), zone, deps.merchants, rng)
    if (!drop) return count('no address')
    const { lat, lon } = drop.place
    const near = await call('GET /merchants', { query: { lat, lon, ...ORDERS_WITHIN, openNow: 'true' } })
    const merchant = near.ok && chooseMerchant(rng, near.value.items)
    const menu = merchant && (await readMenu(call, merchant.id))
    const body = menu && chooseOrder(rng, menu, drop)
    if (!body) return count('nothing to order')
    const placed = await call('POST /orders', { body })
    if (!placed.ok && merchant) menus.delete(merchant.id)
    count(placed.ok ? 'order' : 'order refused')
    const regretMs = changesMindAfterMs(rng)
    if (placed.ok && regretMs !== null) clock.after(regretMs, () => void cancel(call, placed.value.id))
  }
  const cancel = async (call: Session['call'], id: OrderId) => count((await cancelOrder(call, id)) ? 'cancel' : 'cancel refused')
  const next = () => {
    clock.after(orderGapMs(rng, perHour), next)
    if (isWanted(rng, clock.nowMs(), zone.timeZone)) void orderOnce()
  }
  clock.after(orderGapMs(rng, perHour), next)
}

async function cancelOrder(call: Session['call'], id: OrderId): Promise<boolean> {
  const cancelled = await call('POST /orders/:id/cancel', { params: { id }, body: { reason: 'Changed my mind' } })
  return cancelled.ok
}

async function nearestAddress(call: Session['call'], place: LatLon): Promise<NearestAddress | undefined> {
  const nearest = await call('GET /addresses/nearest', { query: place })
  return nearest.ok ? nearest.value : undefined
}
