import type { Menu, MerchantSummary, PlaceOrderBody } from '@doorstep/shared/contract'
import type { LatLon, MenuItemId, Rng } from '@doorstep/shared/domain'
import { pick } from '../chance.ts'

const NOTES = ['No onions, please', 'Extra napkins', 'Well done', 'Sauce on the side', 'Not too spicy']
const INSTRUCTIONS = ['Leave at the door', 'The bell is broken, please call', 'Second floor, on the left', 'Meet me downstairs']
const DETAILS = ['1st floor left', '2nd floor right', '3rd floor', 'Ground floor', 'Back entrance']

/** Some order nearer ones first, some go by the name: the first of the list are taken most. */
const LEANS_TO_NEAR = 1.7

/** Nobody orders from farther away than this, or looks further down the list. */
export const ORDERS_WITHIN = { radiusM: 2_600, limit: 60 }

/** Chooses where to order from a list sorted by nearness. */
export const chooseMerchant = <Merchant extends Pick<MerchantSummary, 'isOpen'>>(
  rng: Rng,
  merchants: readonly Merchant[],
): Merchant | undefined =>
  pick(
    rng,
    merchants.filter((one) => one.isOpen),
    LEANS_TO_NEAR,
  )

/** What counts of a menu for what is ordered. */
export interface MenuAtHand extends Pick<Menu, 'merchantId'> {
  sections: readonly { items: readonly Pick<Menu['sections'][number]['items'][number], 'id' | 'isAvailable'>[] }[]
}

/** Fills in an order of one to three lines from a menu; nothing when nothing can be had. */
export function chooseOrder(rng: Rng, menu: MenuAtHand, drop: { place: LatLon; address: string }): PlaceOrderBody | undefined {
  const items = menu.sections.flatMap((section) => section.items).filter((item) => item.isAvailable)
  const chosen = new Set<MenuItemId>()
  const wanted = 1 + Math.floor(rng() * 3)
  for (let i = 0; i < wanted; i++) {
    const item = pick(rng, items)
    if (item) chosen.add(item.id)
  }
  if (chosen.size === 0) return undefined
  return {
    merchantId: menu.merchantId,
    lines: [...chosen].map((itemId) => ({
      itemId,
      quantity: rng() < 0.75 ? 1 : 2,
      note: rng() < 0.08 ? pick(rng, NOTES)! : null,
    })),
    drop: { ...drop, details: rng() < 0.4 ? pick(rng, DETAILS)! : null },
    instructions: rng() < 0.12 ? pick(rng, INSTRUCTIONS)! : null,
    tipMinor: rng() < 0.5 ? 0 : 100 + 50 * Math.floor(rng() * 5),
  }
}

/** Whether and when a customer thinks better of it, in ms after ordering; most never do. */
export const changesMindAfterMs = (rng: Rng): number | null => {
  const after = 15_000 + rng() * 60_000
  return rng() < 0.015 ? after : null
}
