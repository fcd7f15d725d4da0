import type { MenuItemId, MerchantId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A menu item as the table holds it. */
export interface MenuItemRow {
  id: MenuItemId
  merchantId: MerchantId
  section: string
  name: string
  description: string | null
  priceMinor: number
  isAvailable: boolean
  unavailableUntil: number | null
}

const columns = (sql: Sql) => sql`id, merchant_id, section, name, description, price_minor, is_available, unavailable_until`

/** A merchant's menu in its order. */
export function menuOf(sql: Sql, merchantId: MerchantId): Promise<MenuItemRow[]> {
  return sql<MenuItemRow[]>`
    select ${columns(sql)} from menu_items where merchant_id = ${merchantId} and removed_at is null order by position, id`
}

/** Items by id, in no particular order; those taken off the menu are not among them. */
export function itemsById(sql: Sql, ids: readonly MenuItemId[]): Promise<MenuItemRow[]> {
  return sql<MenuItemRow[]>`
    select ${columns(sql)} from menu_items where id = any(${ids as MenuItemId[]}::uuid[]) and removed_at is null`
}

/** Says whether an item of this merchant can be had; undefined when it is not theirs. */
export async function setAvailability(
  sql: Sql,
  merchantId: MerchantId,
  id: MenuItemId,
  availability: { isAvailable: boolean; unavailableUntil: number | null },
): Promise<MenuItemRow | undefined> {
  const [row] = await sql<MenuItemRow[]>`
    update menu_items set is_available = ${availability.isAvailable}, unavailable_until = ${availability.unavailableUntil}
    where id = ${id} and merchant_id = ${merchantId} and removed_at is null
    returning ${columns(sql)}`
  return row
}

/** Of these merchants, the dishes that match a search, the most alike first, at most three each. */
export function matchingItems(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  search: string,
): Promise<{ merchantId: MerchantId; name: string }[]> {
  return sql<{ merchantId: MerchantId; name: string }[]>`
    select merchant_id, name from (
      select merchant_id, name, row_number() over (partition by merchant_id order by word_similarity(${search}, name) desc, position) as place
      from menu_items
      where merchant_id = any(${merchantIds as MerchantId[]}::uuid[]) and removed_at is null
        and (name %> ${search} or name ilike ${`%${search.replaceAll(/[\\%_]/g, '\\$&')}%`})
    ) ranked where place <= 3 order by merchant_id, place`
}
