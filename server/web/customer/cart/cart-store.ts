import { storedState } from '../../kit/index.ts'
import { addItem, type Cart, type CartMerchant, type CartProblem, isProblem, parseCart } from './cart.ts'

/** The basket, the same in every tab and after a reload. */
export const useCart = storedState('doorstep.cart', parseCart)

/** Changes the basket by one of its rules. */
export function changeCart(change: (cart: Cart) => Cart): void {
  useCart.setState((cart) => change(cart), true)
}

/** Adds one of a dish; answers why not, where a rule is against it. */
export function addToCart(
  merchant: CartMerchant,
  item: { id: string; name: string; priceMinor: number },
): CartProblem | undefined {
  const next = addItem(useCart.getState(), merchant, item, crypto.randomUUID())
  if (isProblem(next)) return next
  useCart.setState(next, true)
  return undefined
}
