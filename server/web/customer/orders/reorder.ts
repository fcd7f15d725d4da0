import type { HttpClient } from '@doorstep/shared/client'
import { describeProblem, toast } from '../../kit/index.ts'
import { cartOfOrder, pieces } from '../cart/cart.ts'
import { useCart } from '../cart/cart-store.ts'
import { words } from '../words.ts'

/** Puts an earlier order into the basket, as far as it can be had; answers the merchant to go to, or null. */
export async function reorder(api: HttpClient, orderId: string): Promise<string | null> {
  const order = await api.call('GET /orders/:id', { params: { id: orderId } })
  const menu = order.ok ? await api.call('GET /merchants/:id/menu', { params: { id: order.value.merchant.id } }) : order
  if (!order.ok || !menu.ok) {
    toast(describeProblem(order.ok ? (menu as Extract<typeof menu, { ok: false }>).error : order.error))
    return null
  }
  const { cart, missing } = cartOfOrder(order.value, menu.value, () => crypto.randomUUID())
  if (!cart.merchant) {
    toast(words.orders.againNothing)
    return null
  }
  useCart.setState(cart, true)
  toast([words.orders.againAdded(pieces(cart)), missing > 0 ? words.orders.againMissing(missing) : ''].join(' ').trim())
  return cart.merchant.id
}
