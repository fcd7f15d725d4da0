import type { MerchantId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A merchant of an import, as written. */
export interface MerchantRecord {
  id: string
  source: string
  name: string
  category: string
  lat: number
  lon: number
  address: string
  opening_hours: string | null
  rating: number | null
  rating_count: number
  prep_minutes: number
  is_demo: boolean
}

/** Makes merchants, or brings those from the same source up to date; what a shop set about itself stays. */
export async function upsertMerchants(
  sql: Sql,
  zoneId: ZoneId,
  records: readonly MerchantRecord[],
  createdAt: number,
): Promise<Map<string, MerchantId>> {
  const rows = await sql<{ id: MerchantId; source: string }[]>`
    insert into merchants (id, zone_id, source, name, category, lat, lon, address, opening_hours, rating, rating_count,
      prep_minutes, is_demo, created_at)
    select r.id, ${zoneId}, r.source, r.name, r.category, r.lat, r.lon, r.address, r.opening_hours, r.rating, r.rating_count,
      r.prep_minutes, r.is_demo, ${createdAt}
    from jsonb_to_recordset(${sql.json(records as never)}::jsonb) as r(id uuid, source text, name text, category text,
      lat float8, lon float8, address text, opening_hours text, rating real, rating_count int, prep_minutes int, is_demo boolean)
    on conflict (zone_id, source) do update set name = excluded.name, category = excluded.category, lat = excluded.lat,
      lon = excluded.lon, address = excluded.address, opening_hours = excluded.opening_hours
    returning id, source`
  return new Map(rows.map((row) => [row.source, row.id]))
}

/** A menu item of an import, as written. */
export interface ItemRecord {
  id: string
  merchant_id: MerchantId
  section: string
  position: number
  name: string
  description: string | null
  price_minor: number
}

/** Makes menu items, or brings those of the same section and name up to date. */
export async function upsertItems(sql: Sql, records: readonly ItemRecord[]): Promise<void> {
  await sql`
    insert into menu_items (id, merchant_id, section, position, name, description, price_minor)
    select r.id, r.merchant_id, r.section, r.position, r.name, r.description, r.price_minor
    from jsonb_to_recordset(${sql.json(records as never)}::jsonb) as r(id uuid, merchant_id uuid, section text, position int,
      name text, description text, price_minor int)
    on conflict (merchant_id, section, name) do update set position = excluded.position,
      description = excluded.description, price_minor = excluded.price_minor, removed_at = null`
}

/** Takes off the menus of these merchants everything that a new import no longer has. */
export async function removeMissingItems(sql: Sql, kept: readonly ItemRecord[], removedAt: number): Promise<void> {
  await sql`
    with kept as (
      select r.merchant_id, r.section, r.name
      from jsonb_to_recordset(${sql.json(kept as never)}::jsonb) as r(merchant_id uuid, section text, name text)
    )
    update menu_items i set removed_at = ${removedAt}
    where i.removed_at is null and i.merchant_id in (select merchant_id from kept)
      and not exists (select from kept k where k.merchant_id = i.merchant_id and k.section = i.section and k.name = i.name)`
}
