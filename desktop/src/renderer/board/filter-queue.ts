import type { BoardOrder } from '@doorstep/shared/contract'

/** What the queue shows; empty strings mean everything. */
export interface QueueFilter {
  text: string
  state: StateFilter | ''
  merchantId: string
  /** Only orders promised within so many minutes. */
  withinMin: number | null
}
export type StateFilter = 'kitchen' | 'unassigned' | 'offered' | 'pickup' | 'drop'

export const NO_FILTER: QueueFilter = { text: '', state: '', merchantId: '', withinMin: null }

/** The words of the state filter, in the order of an order's life. */
export const STATE_FILTERS: Record<StateFilter, string> = {
  kitchen: 'New',
  unassigned: 'Unassigned',
  offered: 'Offered',
  pickup: 'To pick up',
  drop: 'On the way',
}

/** The delivery's stage in the words of the filter; undefined once it has ended. */
export function stageOf(order: Pick<BoardOrder, 'delivery' | 'kitchen'>): StateFilter | undefined {
  switch (order.delivery) {
    case 'waiting':
      return order.kitchen === 'placed' ? 'kitchen' : 'unassigned'
    case 'offered':
      return 'offered'
    case 'assigned':
    case 'at_merchant':
      return 'pickup'
    case 'picked_up':
    case 'in_transit':
    case 'at_customer':
      return 'drop'
    default:
      return undefined
  }
}

/** Orders that pass the filter; free text looks at number, merchant, customer, address, note and driver. */
export function filterQueue(
  orders: Iterable<BoardOrder>,
  filter: QueueFilter,
  nowMs: number,
  driverName: (id: string) => string,
): BoardOrder[] {
  const words = folded(filter.text).split(/\s+/).filter(Boolean)
  const horizonMs = filter.withinMin === null ? Number.POSITIVE_INFINITY : nowMs + filter.withinMin * 60_000
  const out: BoardOrder[] = []
  for (const order of orders) {
    if (order.endedAtMs !== null) continue
    if (filter.state && stageOf(order) !== filter.state) continue
    if (filter.merchantId && order.merchantId !== filter.merchantId) continue
    if (order.promisedAtMs > horizonMs) continue
    if (words.length > 0 && !matches(order, words, driverName)) continue
    out.push(order)
  }
  return out
}

function matches(order: BoardOrder, words: readonly string[], driverName: (id: string) => string): boolean {
  const driver = order.driverId ? driverName(order.driverId) : ''
  const text = folded(
    `#${order.number} ${order.merchantName} ${order.customerName} ${order.dropAddress} ${order.note ?? ''} ${driver}`,
  )
  return words.every((word) => text.includes(word))
}

/** Without case and accents, so that "bolhao" finds "Bolhão". */
export const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
