import type { Menu, Merchant, MerchantSummary, Zone } from '@doorstep/shared/contract'
import type { MenuItemRow } from './menus-sql.ts'
import type { MerchantRow } from './merchants-sql.ts'
import type { OpeningTimes } from './opening-hours.ts'
import type { ZoneRow } from './zones-sql.ts'

/** A zone as the public sees it. */
export function toZone(row: ZoneRow): Zone {
  const { id, name, polygon, timeZone, currency, deliveryFeeMinor, serviceFeeShare, usualDeliveryMinutes } = row
  return { id, name, polygon, timeZone, currency, deliveryFeeMinor, serviceFeeShare, usualDeliveryMinutes }
}

/** Whether a merchant takes orders now, and if not, when it next does, where that is in sight. */
export function orderingState(
  times: OpeningTimes,
  row: Pick<MerchantRow, 'openingHours' | 'pausedUntil'>,
  timeZone: string,
  nowMs: number,
): { isOpen: boolean; opensAtMs: number | null } {
  const paused = row.pausedUntil !== null && row.pausedUntil > nowMs
  const fromMs = paused ? row.pausedUntil! : nowMs
  const state = times.stateAt(row.openingHours, timeZone, fromMs)
  if (state.isOpen) return paused ? { isOpen: false, opensAtMs: fromMs } : { isOpen: true, opensAtMs: null }
  return { isOpen: false, opensAtMs: state.changesAtMs ?? null }
}

/** A merchant as lists show it. */
export function toSummary(
  times: OpeningTimes,
  row: MerchantRow,
  zone: ZoneRow,
  distanceM: number | null,
  nowMs: number,
): MerchantSummary {
  const prepMinutes = row.prepMinutes + row.busyExtraMinutes
  return {
    id: row.id,
    zoneId: row.zoneId,
    name: row.name,
    category: row.category,
    address: row.address,
    position: { lat: row.lat, lon: row.lon },
    distanceM: distanceM === null ? null : Math.round(distanceM),
    rating: row.rating === null ? null : Math.round(row.rating * 10) / 10,
    ratingCount: row.ratingCount,
    ...orderingState(times, row, zone.timeZone, nowMs),
    prepMinutes,
    etaMinutes: prepMinutes + zone.usualDeliveryMinutes,
    deliveryFeeMinor: zone.deliveryFeeMinor,
    currency: zone.currency,
    isDemo: row.isDemo,
  }
}

/** A merchant by itself. */
export function toMerchant(times: OpeningTimes, row: MerchantRow, zone: ZoneRow, nowMs: number): Merchant {
  return {
    ...toSummary(times, row, zone, null, nowMs),
    openingHours: row.openingHours,
    pausedUntilMs: row.pausedUntil !== null && row.pausedUntil > nowMs ? row.pausedUntil : null,
    busyExtraMinutes: row.busyExtraMinutes,
    timeZone: zone.timeZone,
  }
}

/** Whether an item can be had at a moment: out of stock ends by itself when it was said for how long. */
export function isItemAvailable(item: Pick<MenuItemRow, 'isAvailable' | 'unavailableUntil'>, nowMs: number): boolean {
  return item.isAvailable || (item.unavailableUntil !== null && item.unavailableUntil <= nowMs)
}

/** An item as menus show it. */
export function toMenuItem(row: MenuItemRow, nowMs: number): Menu['sections'][number]['items'][number] {
  const isAvailable = isItemAvailable(row, nowMs)
  const { id, name, description, priceMinor } = row
  return { id, name, description, priceMinor, isAvailable, unavailableUntilMs: isAvailable ? null : row.unavailableUntil }
}

/** A menu in sections, in the order of its items. */
export function toMenu(merchant: MerchantRow, items: readonly MenuItemRow[], currency: string, nowMs: number): Menu {
  const sections = new Map<string, Menu['sections'][number]>()
  for (const item of items) {
    const section = sections.get(item.section) ?? { name: item.section, items: [] }
    section.items.push(toMenuItem(item, nowMs))
    sections.set(item.section, section)
  }
  return { merchantId: merchant.id, currency, isDemo: merchant.isDemo, sections: [...sections.values()] }
}
