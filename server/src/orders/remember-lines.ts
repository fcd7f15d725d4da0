import type { OrderId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'
import type { OrderLineRow } from './order-row.ts'
import { linesOfOrders } from './orders-sql.ts'

/** Orders whose lines are remembered: those that change again and again while somebody watches. */
const REMEMBERED = 5_000

/** Reads an order's lines once: they do not change after it was placed. */
export function rememberLines(sql: Sql): (id: OrderId) => Promise<readonly OrderLineRow[]> {
  const known = new Map<OrderId, Promise<readonly OrderLineRow[]>>()
  return (id) => {
    let lines = known.get(id)
    if (lines) return lines
    const [oldest] = known.keys()
    if (known.size >= REMEMBERED && oldest) known.delete(oldest)
    lines = linesOfOrders(sql, [id])
    known.set(id, lines)
    lines.catch(() => known.delete(id))
    return lines
  }
}
