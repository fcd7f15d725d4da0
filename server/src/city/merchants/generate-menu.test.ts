import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MERCHANT_CATEGORIES } from './category.ts'
import { generateMenu, MENU_ITEMS } from './generate-menu.ts'

test('a merchant has the same menu every time', () => {
  expect(generateMenu('node/42', 'pizza', 'EUR')).toEqual(generateMenu('node/42', 'pizza', 'EUR'))
  expect(generateMenu('node/42', 'pizza', 'EUR')).not.toEqual(generateMenu('node/43', 'pizza', 'EUR'))
})

test('every menu is marked as demo, has 8 to 25 items with whole positive prices and no name twice in a section', () => {
  const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'CHF', 'KWD', 'XOF')
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...MERCHANT_CATEGORIES), currency, (id, category, money) => {
      const menu = generateMenu(`way/${id}`, category, money)
      const items = menu.sections.flatMap((section) => section.items)
      expect(menu.demo).toBe(true)
      expect(items.length).toBeGreaterThanOrEqual(MENU_ITEMS.atLeast)
      expect(items.length).toBeLessThanOrEqual(MENU_ITEMS.atMost)
      for (const { priceMinor } of items) expect(Number.isSafeInteger(priceMinor) && priceMinor > 0).toBe(true)
      for (const { items: own } of menu.sections) expect(new Set(own.map(({ name }) => name)).size).toBe(own.length)
    }),
  )
})
