import type { OrderSummary } from '@doorstep/shared/contract'
import type { OrderId } from '@doorstep/shared/domain'
import { AppError, type Sql } from '../platform/index.ts'
import { toOrderSummary } from './order-views.ts'
import { type OrderOwner, pageOfOrders } from './orders-sql.ts'

/** A page of somebody's orders, newest first. A cursor that was not ours is an invalid input. */
export async function listOrders(
  sql: Sql,
  owner: OrderOwner,
  page: { open: boolean; cursor: string | undefined; limit: number },
): Promise<{ items: OrderSummary[]; nextCursor: string | null }> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor)
  const rows = await pageOfOrders(sql, owner, { open: page.open, after, limit: page.limit + 1 })
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  const hasMore = rows.length > page.limit
  return {
    items: items.map(toOrderSummary),
    nextCursor: hasMore && last ? Buffer.from(`${last.placedAt}.${last.id}`).toString('base64url') : null,
  }
}

function decodeCursor(cursor: string): { placedAt: number; id: OrderId } {
  const [, placedAt, id] = /^(\d{1,16})\.([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!placedAt || !id) {
    throw new AppError('invalid_input', undefined, {
      extras: { errors: [{ field: 'query.cursor', rule: 'from_a_page', message: 'Not a cursor of this list.' }] },
    })
  }
  return { placedAt: Number(placedAt), id: id as OrderId }
}
