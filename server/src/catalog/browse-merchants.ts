import type { browseQuery, MerchantSummary } from '@doorstep/shared/contract'
import type { MerchantId, ZoneId } from '@doorstep/shared/domain'
import type { z } from 'zod'
import { type Database, inTransaction, type Sql } from '../platform/index.ts'
import { matchingItems } from './menus-sql.ts'
import { forgiveTypingMistakes, merchantsNear, type NearbyRow } from './merchants-sql.ts'
import type { OpeningTimes } from './opening-hours.ts'
import { fromCursor, toCursor } from './page-cursor.ts'
import { toSummary } from './to-contract.ts'
import type { ZoneRow } from './zones-sql.ts'

type BrowseQuery = z.output<typeof browseQuery>

/** What browsing reads. */
export interface BrowseDeps {
  db: Database
  times: OpeningTimes
  zones: ReadonlyMap<ZoneId, ZoneRow>
  nowMs: number
}

/** Closed merchants are left out here and not in SQL; so many rows are looked at for one page. */
const LOOKED_AT = 500

async function readPage(
  sql: Sql,
  deps: BrowseDeps,
  query: BrowseQuery,
): Promise<{ rows: MerchantSummary[]; next: string | null }> {
  const rows: MerchantSummary[] = []
  let after = query.cursor === undefined ? undefined : fromCursor(query.cursor)
  const batch = query.openNow ? LOOKED_AT : query.limit + 1
  for (let looked = 0; looked < LOOKED_AT; ) {
    const found: NearbyRow[] = await merchantsNear(sql, {
      near: { lat: query.lat, lon: query.lon },
      radiusM: query.radiusM,
      category: query.category,
      search: query.q,
      after,
      limit: batch,
    })
    for (const row of found) {
      if (rows.length === query.limit) return { rows, next: toCursor(after!) }
      const summary = toSummary(deps.times, row, deps.zones.get(row.zoneId)!, row.distanceM, deps.nowMs)
      after = { distanceM: row.distanceM, id: row.id }
      if (!query.openNow || summary.isOpen) rows.push(summary)
    }
    looked += found.length
    if (found.length < batch) return { rows, next: null }
  }
  return { rows, next: after ? toCursor(after) : null }
}

async function withMatches(sql: Sql, rows: MerchantSummary[], search: string): Promise<MerchantSummary[]> {
  const names = new Map<MerchantId, string[]>()
  for (const { merchantId, name } of await matchingItems(
    sql,
    rows.map((row) => row.id),
    search,
  )) {
    names.set(merchantId, [...(names.get(merchantId) ?? []), name])
  }
  return rows.map((row) => ({ ...row, matchedItems: names.get(row.id) ?? [] }))
}

/** Merchants around a place, nearest first, a page at a time. */
export async function browseMerchants(
  deps: BrowseDeps,
  query: BrowseQuery,
): Promise<{ items: MerchantSummary[]; nextCursor: string | null }> {
  const { q } = query
  if (q === undefined) {
    const { rows, next } = await readPage(deps.db, deps, query)
    return { items: rows, nextCursor: next }
  }
  return inTransaction(deps.db, async (sql) => {
    await forgiveTypingMistakes(sql)
    const { rows, next } = await readPage(sql, deps, query)
    return { items: await withMatches(sql, rows, q), nextCursor: next }
  })
}
