import type { Menu, Order, PlaceOrderBody } from '@doorstep/shared/contract'
import { LINE_QUANTITY, ORDER_LINES } from '@doorstep/shared/domain'

/** One line of a basket: a dish at the price it was shown for, how many, and a wish for the kitchen. */
export interface CartLine {
  /** Of this line alone: the same dish may stand in two lines with different notes. */
  id: string
  itemId: string
  name: string
  unitPriceMinor: number
  quantity: number
  note: string | null
}

/** What is being ordered, from one merchant at a time. */
export interface Cart {
  merchant: { id: string; name: string; currency: string } | null
  lines: CartLine[]
  tipMinor: number
}
export type CartMerchant = NonNullable<Cart['merchant']>

/** Why something was not put in; the basket is as it was. */
export type CartProblem = { kind: 'other_merchant' } | { kind: 'quantity' } | { kind: 'lines' }

/** A basket with nothing in it. */
export const EMPTY_CART: Cart = { merchant: null, lines: [], tipMinor: 0 }

/** Puts one more of a dish in: onto the line of that dish without a note, or on a new line. */
export function addItem(
  cart: Cart,
  merchant: CartMerchant,
  item: { id: string; name: string; priceMinor: number },
  lineId: string,
): Cart | CartProblem {
  if (cart.merchant && cart.lines.length > 0 && cart.merchant.id !== merchant.id) return { kind: 'other_merchant' }
  const { lines, tipMinor } = cart
  const known = lines.find((line) => line.itemId === item.id && line.note === null)
  if (quantityOf(cart, item.id) >= LINE_QUANTITY.max) return { kind: 'quantity' }
  if (known)
    return { merchant, tipMinor, lines: lines.map((line) => (line === known ? { ...line, quantity: line.quantity + 1 } : line)) }
  if (lines.length >= ORDER_LINES.max) return { kind: 'lines' }
  const line = { id: lineId, itemId: item.id, name: item.name, unitPriceMinor: item.priceMinor, quantity: 1, note: null }
  return { merchant, tipMinor, lines: [...lines, line] }
}

/** Whether adding was refused. */
export const isProblem = (result: Cart | CartProblem): result is CartProblem => 'kind' in result

/** Sets how many of a line there are; with none it is gone, and with the last line the merchant is free again. */
export function setQuantity(cart: Cart, lineId: string, quantity: number): Cart {
  const bounded = Math.min(LINE_QUANTITY.max, quantity)
  const lines = cart.lines
    .map((line) => (line.id === lineId ? { ...line, quantity: bounded } : line))
    .filter((line) => line.quantity >= LINE_QUANTITY.min)
  return lines.length === 0 ? { ...EMPTY_CART } : { ...cart, lines }
}

/** Writes a line's note; blank is none. */
export function setNote(cart: Cart, lineId: string, text: string): Cart {
  const note = text.trim() === '' ? null : text.trim()
  return { ...cart, lines: cart.lines.map((line) => (line.id === lineId ? { ...line, note } : line)) }
}

/** Pieces in the basket. */
export const pieces = (cart: Cart): number => cart.lines.reduce((sum, line) => sum + line.quantity, 0)
/** Pieces of one dish, whatever their notes. */
export const quantityOf = (cart: Cart, itemId: string): number =>
  cart.lines.reduce((sum, line) => sum + (line.itemId === itemId ? line.quantity : 0), 0)
/** The lines' sum at the prices shown; what it really costs is asked of the server. */
export const subtotalMinor = (cart: Cart): number =>
  cart.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0)

/** What has become of a line since it was put in. */
export type LineState = { kind: 'fine' } | { kind: 'new_price'; priceMinor: number } | { kind: 'sold_out' } | { kind: 'gone' }

/** Holds a basket against the menu as it is now. */
export function checkAgainstMenu(cart: Cart, menu: Menu): Map<string, LineState> {
  const items = new Map(menu.sections.flatMap((section) => section.items).map((item) => [item.id as string, item]))
  return new Map(
    cart.lines.map((line): [string, LineState] => {
      const item = items.get(line.itemId)
      if (!item) return [line.id, { kind: 'gone' }]
      if (!item.isAvailable) return [line.id, { kind: 'sold_out' }]
      return [
        line.id,
        item.priceMinor === line.unitPriceMinor ? { kind: 'fine' } : { kind: 'new_price', priceMinor: item.priceMinor },
      ]
    }),
  )
}

/** Takes the menu's present prices over, for every line that has one. */
export function atMenuPrices(cart: Cart, states: ReadonlyMap<string, LineState>): Cart {
  if (![...states.values()].some((state) => state.kind === 'new_price')) return cart
  const lines = cart.lines.map((line) => {
    const state = states.get(line.id)
    return state?.kind === 'new_price' ? { ...line, unitPriceMinor: state.priceMinor } : line
  })
  return { ...cart, lines }
}

/** The lines as the API takes them. */
export const toOrderLines = (cart: Cart): PlaceOrderBody['lines'] =>
  cart.lines.map(({ itemId, quantity, note }) => ({ itemId, quantity, note }))

/** An earlier order as a new basket: what is still on the menu at its present price; `missing` pieces are left out. */
export function cartOfOrder(
  order: Pick<Order, 'merchant' | 'lines'>,
  menu: Menu,
  newId: () => string,
): { cart: Cart; missing: number } {
  const items = new Map(menu.sections.flatMap((section) => section.items).map((item) => [item.id as string, item]))
  let missing = 0
  const lines = order.lines.flatMap(({ itemId, quantity, note }) => {
    const item = items.get(itemId)
    if (item?.isAvailable) return [{ id: newId(), itemId, name: item.name, unitPriceMinor: item.priceMinor, quantity, note }]
    missing += quantity
    return []
  })
  const { id, name } = order.merchant
  const cart = lines.length > 0 ? { merchant: { id, name, currency: menu.currency }, lines, tipMinor: 0 } : EMPTY_CART
  return { cart, missing }
}

/** A basket of what was stored: anything that is not one, or not whole, counts as none. */
export function parseCart(stored: unknown): Cart {
  const cart = stored as Partial<Cart> | null | undefined
  const { merchant, lines, tipMinor } = cart ?? {}
  if (!merchant || typeof merchant.id !== 'string' || !Array.isArray(lines) || !lines.every(isLine)) return EMPTY_CART
  return { merchant, lines, tipMinor: Number.isInteger(tipMinor) ? Number(tipMinor) : 0 }
}

function isLine(line: Partial<CartLine> | null): boolean {
  return (
    typeof line?.id === 'string' &&
    typeof line.itemId === 'string' &&
    typeof line.name === 'string' &&
    Number.isInteger(line.unitPriceMinor) &&
    Number.isInteger(line.quantity) &&
    Number(line.quantity) >= LINE_QUANTITY.min
  )
}
