import type { Menu } from '@doorstep/shared/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addItem,
  atMenuPrices,
  type Cart,
  cartOfOrder,
  checkAgainstMenu,
  EMPTY_CART,
  isProblem,
  parseCart,
  pieces,
  setNote,
  setQuantity,
  subtotalMinor,
} from './cart.ts'

const bolhao = { id: 'bolhao', name: 'Casa Bolhão', currency: 'EUR' }
const sushi = { id: 'sushi', name: 'Marquês Sushi', currency: 'EUR' }
const soup = { id: 'soup', name: 'Caldo verde', priceMinor: 340 }
const roll = { id: 'roll', name: 'Cachorrinho', priceMinor: 560 }

let ids = 0
function add(cart: Cart, merchant: typeof bolhao, item: typeof soup): Cart {
  const next = addItem(cart, merchant, item, `line ${++ids}`)
  if (isProblem(next)) throw new Error(next.kind)
  return next
}
const menuOf = (...items: (typeof soup & { isAvailable?: boolean })[]) =>
  ({
    merchantId: 'bolhao',
    currency: 'EUR',
    isDemo: false,
    sections: [
      { name: 'All', items: items.map((item) => ({ isAvailable: true, description: null, unavailableUntilMs: null, ...item })) },
    ],
  }) as unknown as Menu

describe('a basket', () => {
  test('the same dish goes onto one line until it has a note of its own', () => {
    const two = add(add(EMPTY_CART, bolhao, soup), bolhao, soup)
    expect(two.lines).toMatchObject([{ quantity: 2, note: null }])
    const noted = setNote(two, two.lines[0]!.id, ' no chouriço ')
    expect(add(noted, bolhao, soup).lines).toMatchObject([
      { quantity: 2, note: 'no chouriço' },
      { quantity: 1, note: null },
    ])
  })

  test('takes from one merchant at a time, and is free again once empty', () => {
    const cart = add(EMPTY_CART, bolhao, soup)
    expect(addItem(cart, sushi, roll, 'x')).toEqual({ kind: 'other_merchant' })
    const emptied = setQuantity(cart, cart.lines[0]!.id, 0)
    expect(emptied).toEqual(EMPTY_CART)
    expect(add(emptied, sushi, roll).merchant?.id).toBe('sushi')
  })

  test('holds at most 20 of a dish and 50 lines, whatever is pressed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 40 })), { maxLength: 200 }),
        (presses) => {
          let cart: Cart = EMPTY_CART
          for (const [dish, quantity] of presses) {
            const next = addItem(cart, bolhao, { id: `dish ${dish}`, name: 'x', priceMinor: 100 }, `line ${++ids}`)
            if (!isProblem(next)) cart = next
            const line = cart.lines[quantity % Math.max(1, cart.lines.length)]
            if (line && quantity > 30) cart = setQuantity(cart, line.id, quantity)
          }
          expect(cart.lines.length).toBeLessThanOrEqual(50)
          for (const line of cart.lines) expect(line.quantity).toBeGreaterThanOrEqual(1)
          for (const line of cart.lines) expect(line.quantity).toBeLessThanOrEqual(20)
          expect(subtotalMinor(cart)).toBe(pieces(cart) * 100)
          expect(cart.merchant === null).toBe(cart.lines.length === 0)
        },
      ),
    )
  })

  test('says what the menu has changed since, and takes new prices over', () => {
    const cart = add(add(EMPTY_CART, bolhao, soup), bolhao, roll)
    const [first, second] = cart.lines.map((line) => line.id)
    const states = checkAgainstMenu(cart, menuOf({ ...soup, priceMinor: 360 }, { ...roll, isAvailable: false }))
    expect(states.get(first!)).toEqual({ kind: 'new_price', priceMinor: 360 })
    expect(states.get(second!)).toEqual({ kind: 'sold_out' })
    expect(checkAgainstMenu(cart, menuOf(soup)).get(second!)).toEqual({ kind: 'gone' })
    expect(subtotalMinor(atMenuPrices(cart, states))).toBe(360 + 560)
  })

  test('ordering again takes what can be had at today’s price and counts what cannot', () => {
    const line = { quantity: 2, note: 'hot', unitPriceMinor: 300 }
    const lines = [
      { ...line, itemId: 'soup', name: 'Caldo verde' },
      { ...line, itemId: 'roll', name: 'Cachorrinho' },
    ]
    const order = { merchant: bolhao, lines } as unknown as Parameters<typeof cartOfOrder>[0]
    const { cart, missing } = cartOfOrder(order, menuOf(soup), () => 'new')
    expect(missing).toBe(2)
    expect(cart.lines).toEqual([
      { id: 'new', itemId: 'soup', name: 'Caldo verde', unitPriceMinor: 340, quantity: 2, note: 'hot' },
    ])
    expect(cartOfOrder(order, menuOf(), () => 'new').cart).toEqual(EMPTY_CART)
  })

  test('what was stored comes back as it was, and rubbish as nothing', () => {
    const cart = add(EMPTY_CART, bolhao, soup)
    expect(parseCart(JSON.parse(JSON.stringify(cart)))).toEqual(cart)
    fc.assert(fc.property(fc.jsonValue(), (value) => parseCart(value).lines.length === 0))
    expect(parseCart({ ...cart, lines: [{ ...cart.lines[0], quantity: 0 }] })).toEqual(EMPTY_CART)
  })
})
