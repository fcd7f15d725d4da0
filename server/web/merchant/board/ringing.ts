import type { MerchantOrder } from '@doorstep/shared/contract'

/** Which new orders were seen by somebody, and when each began to ring on this tablet. */
export interface Ringing {
  /** Ids of orders that were acknowledged. */
  acknowledged: ReadonlySet<string>
}

/** New orders that nobody has acknowledged: they ring and flash until somebody does. */
export function ringingOrders(orders: readonly MerchantOrder[], { acknowledged }: Ringing): MerchantOrder[] {
  return orders.filter((order) => order.column === 'new' && !acknowledged.has(order.id))
}

/** Forgets acknowledged orders that are not new any more, so that the set does not grow for a whole shift. */
export function forgetOld(acknowledged: ReadonlySet<string>, orders: readonly MerchantOrder[]): ReadonlySet<string> {
  const open = new Set<string>(orders.filter((order) => order.column === 'new').map((order) => order.id))
  const kept = [...acknowledged].filter((id) => open.has(id))
  return kept.length === acknowledged.size ? acknowledged : new Set(kept)
}
