import { createHash } from 'node:crypto'
import type { LatLon, PolygonRings, ZoneId } from '@doorstep/shared/domain'
import { type Clock, type Database, inTransaction, newId, type Sql } from '../platform/index.ts'
import { type ItemRecord, type MerchantRecord, removeMissingItems, upsertItems, upsertMerchants } from './import-sql.ts'
import { isTimeZone } from './zone-time.ts'
import { setImportHash, setZoneTerms, upsertZone, type ZoneRow } from './zones-sql.ts'

/** A merchant to import, with its menu. */
export interface ImportMerchant {
  /** What it was made from, the same at every import, for instance `node/123`. */
  source: string
  name: string
  category: string
  position: LatLon
  address: string
  openingHours: string | null
  rating?: number
  ratingCount?: number
  prepMinutes?: number
  /** The menu was generated. */
  isDemo: boolean
  sections: readonly { name: string; items: readonly { name: string; description?: string; priceMinor: number }[] }[]
}

/** A zone and everything in it. */
export interface CatalogImport {
  zone: {
    /** The same at every import, for instance the name of the city pack. */
    source: string
    name: string
    polygon: PolygonRings
    timeZone: string
    currency: string
    /** Set when the zone is made or imported anew; left out, the defaults or what staff set. */
    terms?: Partial<
      Pick<ZoneRow, 'deliveryFeeMinor' | 'serviceFeeShare' | 'payBaseMinor' | 'payPerKmMinor' | 'usualDeliveryMinutes'>
    >
  }
  merchants: readonly ImportMerchant[]
}

/** What an import did; `isNew` is false when the same had been imported before and nothing was written. */
export interface CatalogImported {
  zoneId: ZoneId
  isNew: boolean
}

/** Minutes from an order to its being ready where nobody says. */
export const USUAL_PREP_MINUTES = 15

const CHUNK = 200

function toRecord(merchant: ImportMerchant, nowMs: number): MerchantRecord {
  return {
    id: newId(nowMs),
    source: merchant.source,
    name: merchant.name,
    category: merchant.category,
    lat: merchant.position.lat,
    lon: merchant.position.lon,
    address: merchant.address,
    opening_hours: merchant.openingHours,
    rating: merchant.rating ?? null,
    rating_count: merchant.ratingCount ?? 0,
    prep_minutes: merchant.prepMinutes ?? USUAL_PREP_MINUTES,
    is_demo: merchant.isDemo,
  }
}

/** Of two dishes with one name in one section only the first counts. */
function toItems(merchant: ImportMerchant, merchantId: ItemRecord['merchant_id'], nowMs: number): ItemRecord[] {
  const items = new Map<string, ItemRecord>()
  for (const section of merchant.sections) {
    for (const item of section.items) {
      const key = `${section.name}\n${item.name}`
      if (items.has(key)) continue
      items.set(key, {
        id: newId(nowMs),
        merchant_id: merchantId,
        section: section.name,
        position: items.size,
        name: item.name,
        description: item.description ?? null,
        price_minor: item.priceMinor,
      })
    }
  }
  return [...items.values()]
}

async function importMerchants(
  sql: Sql,
  zoneId: ZoneId,
  merchants: readonly ImportMerchant[],
  nowMs: number,
  isFirst: boolean,
): Promise<void> {
  const bySource = new Map(merchants.map((merchant) => [merchant.source, merchant]))
  const unique = [...bySource.values()]
  for (let start = 0; start < unique.length; start += CHUNK) {
    const chunk = unique.slice(start, start + CHUNK)
    const ids = await upsertMerchants(
      sql,
      zoneId,
      chunk.map((merchant) => toRecord(merchant, nowMs)),
      nowMs,
    )
    const items = chunk.flatMap((merchant) => toItems(merchant, ids.get(merchant.source)!, nowMs))
    await upsertItems(sql, items)
    if (!isFirst) await removeMissingItems(sql, items, nowMs)
  }
}

/**
 * Brings a zone with its merchants and menus into the catalogue, in one transaction. Ids stay the same from one import
 * to the next, and the same content again costs one query. Throws where the time zone is none.
 */
export async function importCatalog(db: Database, clock: Clock, data: CatalogImport): Promise<CatalogImported> {
  const { terms, ...zone } = data.zone
  if (!isTimeZone(zone.timeZone)) throw new RangeError(`"${zone.timeZone}" is not a time zone`)
  const importHash = createHash('sha256').update(JSON.stringify(data)).digest('base64url')
  const nowMs = clock.nowMs()
  return inTransaction(db, async (sql) => {
    const made = await upsertZone(sql, { ...zone, id: newId<ZoneId>(nowMs) })
    if (made.importHash === importHash) return { zoneId: made.id, isNew: false }
    await setZoneTerms(sql, made.id, terms ?? {})
    await importMerchants(sql, made.id, data.merchants, nowMs, made.importHash === null)
    await setImportHash(sql, made.id, importHash)
    return { zoneId: made.id, isNew: true }
  })
}
