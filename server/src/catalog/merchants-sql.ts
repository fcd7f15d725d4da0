import type { LatLon, MerchantId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A merchant as the table holds it. */
export interface MerchantRow {
  id: MerchantId
  zoneId: ZoneId
  name: string
  category: string
  lat: number
  lon: number
  address: string
  openingHours: string | null
  rating: number | null
  ratingCount: number
  prepMinutes: number
  busyExtraMinutes: number
  pausedUntil: number | null
  isDemo: boolean
}

const columns = (sql: Sql) => sql`
  m.id, m.zone_id, m.name, m.category, m.lat, m.lon, m.address, m.opening_hours, m.rating, m.rating_count,
  m.prep_minutes, m.busy_extra_minutes, m.paused_until, m.is_demo`

/** One merchant. */
export async function findMerchant(sql: Sql, id: MerchantId): Promise<MerchantRow | undefined> {
  const [row] = await sql<MerchantRow[]>`select ${columns(sql)} from merchants m where m.id = ${id}`
  return row
}

/** Every merchant of a zone, by name. */
export function merchantsOfZone(sql: Sql, zoneId: ZoneId): Promise<MerchantRow[]> {
  return sql<MerchantRow[]>`select ${columns(sql)} from merchants m where m.zone_id = ${zoneId} order by m.name, m.id`
}

/** What a merchant may change about its shop. */
export type ShopChange = Partial<Pick<MerchantRow, 'pausedUntil' | 'busyExtraMinutes' | 'prepMinutes' | 'openingHours'>>

/** Changes a shop and answers it as it is then. */
export async function updateMerchant(sql: Sql, id: MerchantId, change: ShopChange): Promise<MerchantRow | undefined> {
  if (Object.keys(change).length > 0) await sql`update merchants set ${sql(change)} where id = ${id}`
  return findMerchant(sql, id)
}

/** Adds a rating of 1 to 5 to a merchant's mean. */
export async function addRating(sql: Sql, id: MerchantId, stars: number): Promise<void> {
  await sql`
    update merchants set rating = (coalesce(rating, 0) * rating_count + ${stars}::int) / (rating_count + 1),
      rating_count = rating_count + 1
    where id = ${id}`
}

/** How many merchants each category has, the largest first. */
export function countCategories(sql: Sql, zoneId: ZoneId | undefined): Promise<{ category: string; merchants: number }[]> {
  return sql<{ category: string; merchants: number }[]>`
    select category, count(*) as merchants from merchants
    where ${zoneId ?? null}::uuid is null or zone_id = ${zoneId ?? null}
    group by category order by merchants desc, category`
}

/** Which merchants, how far at most, and after which one. */
export interface Nearby {
  near: LatLon
  radiusM: number
  category: string | undefined
  search: string | undefined
  after: { distanceM: number; id: string } | undefined
  limit: number
}

export type NearbyRow = MerchantRow & { distanceM: number }

const M_PER_DEGREE = 111_195

/** Words that are alike enough: a letter wrong or missing in a longer word passes. */
const SIMILARITY = 0.5
/** In shorter words every other word is alike; they have to be there as they are. */
const FORGIVEN_FROM_LETTERS = 4

/** The similarity at which names count as found, for the transaction it is called in. */
export async function forgiveTypingMistakes(sql: Sql): Promise<void> {
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(SIMILARITY)}, true)`
}

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&')

function matching(sql: Sql, search: string) {
  const start = `${escapeLike(search)}%`
  const inside = `%${escapeLike(search)}%`
  const isForgiven = (search.match(/\p{L}/gu) ?? []).length >= FORGIVEN_FROM_LETTERS
  const alike = (column: 'm.name' | 'i.name') => (isForgiven ? sql`or ${sql(column)} %> ${search}` : sql``)
  return sql`(
    m.name ilike ${inside} or m.category ilike ${start} ${alike('m.name')} or m.id in (
      select i.merchant_id from menu_items i
      where i.removed_at is null and (i.name ilike ${inside} ${alike('i.name')})))`
}

/** Merchants around a place, nearest first, ids deciding between equals; the box finds them by index, the circle cuts. */
export function merchantsNear(sql: Sql, query: Nearby): Promise<NearbyRow[]> {
  const { near, radiusM, category, search, after } = query
  const dLat = radiusM / M_PER_DEGREE
  const dLon = Math.min(180, dLat / Math.max(0.01, Math.cos((near.lat * Math.PI) / 180)))
  return sql<NearbyRow[]>`
    select * from (
      select ${columns(sql)}, 2 * 6371008.8 * asin(least(1, sqrt(
        power(sin(radians(m.lat - ${near.lat}::float8) / 2), 2)
        + cos(radians(${near.lat}::float8)) * cos(radians(m.lat)) * power(sin(radians(m.lon - ${near.lon}::float8) / 2), 2)
      ))) as distance_m
      from merchants m
      where point(m.lon, m.lat) <@ box(
          point(${near.lon - dLon}::float8, ${near.lat - dLat}::float8), point(${near.lon + dLon}::float8, ${near.lat + dLat}::float8))
        ${category === undefined ? sql`` : sql`and m.category = ${category}`}
        ${search === undefined ? sql`` : sql`and ${matching(sql, search)}`}
    ) found
    where distance_m <= ${radiusM}
      ${after ? sql`and (distance_m, id) > (${after.distanceM}::float8, ${after.id}::uuid)` : sql``}
    order by distance_m, id
    limit ${query.limit}`
}
