import { seededRng } from '@doorstep/shared/domain'
import type { MerchantCategory } from './category.ts'
import type { BookItem, BookSection } from './menu-text.ts'
import { KITCHEN_BOOKS } from './menus-kitchens.ts'
import { SHOP_BOOKS } from './menus-shops.ts'
import { TABLE_BOOKS } from './menus-tables.ts'
import { priceIn } from './price-level.ts'

/** Something on a demo menu; the price is in the currency's minor unit. */
export interface DemoMenuItem {
  name: string
  description?: string
  priceMinor: number
}
/** A menu that was made up for the demo: OpenStreetMap knows merchants, not what they charge. */
export interface DemoMenu {
  demo: true
  currency: string
  sections: { name: string; items: DemoMenuItem[] }[]
}

const BOOKS: Record<MerchantCategory, BookSection[]> = { ...KITCHEN_BOOKS, ...TABLE_BOOKS, ...SHOP_BOOKS }

/** Fewest and most items on a menu. */
export const MENU_ITEMS = { atLeast: 8, atMost: 25 } as const

/** Makes a plausible menu of 8 to 25 items for a merchant, the same for the same merchant every time. */
export function generateMenu(merchantId: string, category: MerchantCategory, currency: string): DemoMenu {
  const rng = seededRng(hashOf(merchantId))
  // Some streets are dearer than others: all prices of a merchant move together.
  const level = 0.88 + rng() * 0.3
  const sections = BOOKS[category].map((section) => ({
    name: section.name,
    items: some(section, rng).map(({ name, description, euros }) => ({
      name,
      ...(description === null ? {} : { description }),
      priceMinor: priceIn(currency, euros * level),
    })),
  }))
  return { demo: true, currency, sections: trimmed(sections) }
}

/** A merchant's choice out of a section, in the book's order. */
function some({ items, atLeast, atMost }: BookSection, rng: () => number): BookItem[] {
  const count = atLeast + Math.floor(rng() * (atMost - atLeast + 1))
  const drawn = items.map((item, i) => ({ item, i, draw: rng() })).sort((a, b) => a.draw - b.draw)
  return drawn
    .slice(0, count)
    .sort((a, b) => a.i - b.i)
    .map(({ item }) => item)
}

function trimmed(sections: DemoMenu['sections']): DemoMenu['sections'] {
  let left: number = MENU_ITEMS.atMost
  const kept = sections.map(({ name, items }) => {
    const shown = items.slice(0, left)
    left -= shown.length
    return { name, items: shown }
  })
  return kept.filter(({ items }) => items.length > 0)
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo): spreads ids that differ in one digit. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
