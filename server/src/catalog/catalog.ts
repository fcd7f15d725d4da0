import type { browseQuery, Menu, Merchant, MerchantSummary, Zone } from '@doorstep/shared/contract'
import { isInside, type LatLon, type MenuItemId, type MerchantId, type PolygonRings, type ZoneId } from '@doorstep/shared/domain'
import type { z } from 'zod'
import { AppError, type Clock, type Database, type Sql } from '../platform/index.ts'
import { browseMerchants } from './browse-merchants.ts'
import { type CatalogImport, type CatalogImported, importCatalog } from './import-catalog.ts'
import { itemsById, type MenuItemRow, menuOf, setAvailability } from './menus-sql.ts'
import {
  addRating,
  countCategories,
  findMerchant,
  type MerchantRow,
  merchantsOfZone,
  type ShopChange,
  updateMerchant,
} from './merchants-sql.ts'
import { createOpeningTimes, isOpeningHours } from './opening-hours.ts'
import { createReadCache } from './read-cache.ts'
import { isItemAvailable, orderingState, toMenu, toMenuItem, toMerchant, toZone } from './to-contract.ts'
import { allZones, findPolicy, replacePolicy, type ZoneRow } from './zones-sql.ts'

/** A merchant as placing an order needs it. */
export interface OrderingMerchant {
  id: MerchantId
  zoneId: ZoneId
  name: string
  position: LatLon
  isOpen: boolean
  /** Usual minutes until ready, busy minutes included. */
  prepMinutes: number
}

/** A menu item as placing an order needs it. */
export interface OrderingItem {
  id: MenuItemId
  merchantId: MerchantId
  name: string
  priceMinor: number
  isAvailable: boolean
}

/** A zone as the server's rooms need it. */
export interface ServiceZone {
  id: ZoneId
  source: string
  name: string
  polygon: PolygonRings
  timeZone: string
  currency: string
  deliveryFeeMinor: number
  serviceFeeShare: number
  pay: { baseMinor: number; perKmMinor: number }
  usualDeliveryMinutes: number
  /** What differs from the default dispatch policy. */
  policy: Record<string, unknown>
  policyVersion: number
}

type Browsed = { items: MerchantSummary[]; nextCursor: string | null }

/** What other rooms can ask of the catalogue. */
export interface Catalog {
  browse(query: z.output<typeof browseQuery>): Promise<Browsed>
  categories(zoneId?: ZoneId): Promise<{ category: string; merchants: number }[]>
  merchant(id: MerchantId): Promise<Merchant>
  menu(id: MerchantId): Promise<Menu>
  changeShop(id: MerchantId, change: ShopChange): Promise<Merchant>
  setAvailability(
    merchantId: MerchantId,
    itemId: MenuItemId,
    availability: { isAvailable: boolean; untilMs: number | null },
  ): Promise<Menu['sections'][number]['items'][number]>
  publicZones(): Promise<Zone[]>
  zones(): Promise<ServiceZone[]>
  /** The zone a place lies in; of overlapping ones the first by name. */
  zoneAt(place: LatLon): Promise<ServiceZone | undefined>
  zoneForOrder(id: ZoneId): Promise<ServiceZone | undefined>
  /** Read from the database each time: what an order is decided by is never remembered. */
  merchantForOrder(id: MerchantId, nowMs: number): Promise<OrderingMerchant | undefined>
  /** The same for items; those not in the answer do not exist. */
  itemsForOrder(ids: readonly MenuItemId[], nowMs: number): Promise<OrderingItem[]>
  /** Every merchant of a zone, by name. */
  merchantsOfZone(zoneId: ZoneId, nowMs: number): Promise<(OrderingMerchant & { category: string; address: string })[]>
  /** Adds a customer's stars to a merchant's mean, in the caller's transaction. */
  rateMerchant(sql: Sql, id: MerchantId, stars: number): Promise<void>
  /** A zone's policy as staff set it, read from the database each time. */
  policyOf(id: ZoneId): Promise<{ policy: Record<string, unknown>; policyVersion: number } | undefined>
  /** Replaces a zone's policy if its version is still the one seen; answers the new version, or undefined. */
  replacePolicy(id: ZoneId, policy: Record<string, unknown>, seenVersion: number): Promise<number | undefined>
  import(data: CatalogImport): Promise<CatalogImported>
}

/** How long another node's change of a zone, a menu or the categories may stay unseen in what people browse. */
const BROWSE_TTL_MS = 5_000

function toServiceZone(row: ZoneRow): ServiceZone {
  const { payBaseMinor, payPerKmMinor, ...zone } = row
  return { ...zone, pay: { baseMinor: payBaseMinor, perKmMinor: payPerKmMinor } }
}

/** Opens the room. */
export function createCatalog({ db, clock }: { db: Database; clock: Clock }): Catalog {
  const times = createOpeningTimes()
  const zoneRows = createReadCache<ZoneRow[]>(BROWSE_TTL_MS)
  const menus = createReadCache<MenuItemRow[]>(BROWSE_TTL_MS)
  const categories = createReadCache<{ category: string; merchants: number }[]>(BROWSE_TTL_MS)

  const readZones = () => zoneRows.get('', () => allZones(db))
  const zoneOf = async (id: ZoneId) => {
    const known = (await readZones()).find((zone) => zone.id === id)
    if (known) return known
    zoneRows.forget()
    return (await readZones()).find((zone) => zone.id === id)
  }
  const merchantRow = async (id: MerchantId): Promise<[MerchantRow, ZoneRow]> => {
    const row = await findMerchant(db, id)
    if (!row) throw new AppError('not_found', 'There is no such merchant.')
    return [row, (await zoneOf(row.zoneId))!]
  }
  const toOrdering = (row: MerchantRow, zone: ZoneRow, nowMs: number): OrderingMerchant => ({
    id: row.id,
    zoneId: row.zoneId,
    name: row.name,
    position: { lat: row.lat, lon: row.lon },
    isOpen: orderingState(times, row, zone.timeZone, nowMs).isOpen,
    prepMinutes: row.prepMinutes + row.busyExtraMinutes,
  })

  return {
    async browse(query) {
      const zones = new Map((await readZones()).map((zone) => [zone.id, zone]))
      return browseMerchants({ db, times, zones, nowMs: clock.nowMs() }, query)
    },
    categories: (zoneId) => categories.get(zoneId ?? '', () => countCategories(db, zoneId)),
    async merchant(id) {
      const [row, zone] = await merchantRow(id)
      return toMerchant(times, row, zone, clock.nowMs())
    },
    async menu(id) {
      const [row, zone] = await merchantRow(id)
      return toMenu(row, await menus.get(id, () => menuOf(db, id)), zone.currency, clock.nowMs())
    },
    async changeShop(id, change) {
      if (change.openingHours && !isOpeningHours(change.openingHours)) {
        const errors = [{ field: 'body.openingHours', rule: 'opening_hours', message: 'not in the OpenStreetMap format' }]
        throw new AppError('invalid_input', 'body.openingHours: not in the OpenStreetMap format', { extras: { errors } })
      }
      const row = await updateMerchant(db, id, change)
      if (!row) throw new AppError('not_found')
      return toMerchant(times, row, (await zoneOf(row.zoneId))!, clock.nowMs())
    },
    async setAvailability(merchantId, itemId, { isAvailable, untilMs }) {
      const unavailableUntil = isAvailable ? null : untilMs
      const row = await setAvailability(db, merchantId, itemId, { isAvailable, unavailableUntil })
      if (!row) throw new AppError('not_found', 'There is no such item on your menu.')
      menus.forget(merchantId)
      return toMenuItem(row, clock.nowMs())
    },
    publicZones: async () => (await readZones()).map(toZone),
    zones: async () => (await readZones()).map(toServiceZone),
    async zoneAt(place) {
      const row = (await readZones()).find((zone) => isInside(place, zone.polygon))
      return row && toServiceZone(row)
    },
    async zoneForOrder(id) {
      const row = await zoneOf(id)
      return row && toServiceZone(row)
    },
    async merchantForOrder(id, nowMs) {
      const row = await findMerchant(db, id)
      return row && toOrdering(row, (await zoneOf(row.zoneId))!, nowMs)
    },
    async itemsForOrder(ids, nowMs) {
      const rows = await itemsById(db, ids)
      return rows.map(({ id, merchantId, name, priceMinor, ...row }) => ({
        id,
        merchantId,
        name,
        priceMinor,
        isAvailable: isItemAvailable(row, nowMs),
      }))
    },
    async merchantsOfZone(zoneId, nowMs) {
      const zone = await zoneOf(zoneId)
      if (!zone) return []
      const rows = await merchantsOfZone(db, zoneId)
      return rows.map((row) => ({ ...toOrdering(row, zone, nowMs), category: row.category, address: row.address }))
    },
    rateMerchant: addRating,
    policyOf: (id) => findPolicy(db, id),
    async replacePolicy(id, policy, seenVersion) {
      const version = await replacePolicy(db, id, policy, seenVersion)
      zoneRows.forget()
      return version
    },
    async import(data) {
      const imported = await importCatalog(db, clock, data)
      for (const cache of [zoneRows, menus, categories]) cache.forget()
      return imported
    },
  }
}
