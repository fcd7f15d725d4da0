import { readFile } from 'node:fs/promises'
import {
  DEFAULT_DELIVERY_FEE_MINOR,
  DEFAULT_PAY_RULE,
  DEFAULT_SERVICE_FEE_SHARE,
  type LatLon,
  type MenuItemId,
  type MerchantId,
  type ZoneId,
} from '@doorstep/shared/domain'
import { createOpeningTimes, USUAL_PREP_MINUTES } from '../../server/src/catalog/index.ts'
import { decodeStreetGraph, ensureCity, ensureDefaultCity, nearestAddress } from '../../server/src/city/index.ts'
import type { OrderMerchant, OrderZone } from '../../server/src/orders/index.ts'
import { type TravelFields, travelFields } from '../../server/src/routing/index.ts'

/** A merchant with what can be ordered there. */
export interface CityMerchant extends Omit<OrderMerchant, 'isOpen'> {
  openingHours: string | null
  items: readonly { id: MenuItemId; priceMinor: number }[]
}

/** A city as an evening is played in it: what the catalogue, the addresses and the travel fields say, in memory. */
export interface City {
  name: string
  zone: OrderZone
  timeZone: string
  merchants: readonly CityMerchant[]
  travel: TravelFields
  nearestAddress(place: LatLon): LatLon | undefined
  isOpen(merchant: CityMerchant, nowMs: number): boolean
}

const ZONE = 'zone' as ZoneId
/** A zone's own default, kept by the database (`migrations/0002_catalog.sql`). */
const USUAL_DELIVERY_MINUTES = 20

/**
 * Opens a city by name, `default` for the generated one, which is made first where it is not there yet. Travel times are the
 * street graph's own, not those a server may have fitted meanwhile, so that figures are the same on every machine.
 */
export async function openCity(dataFolder: string, name: string): Promise<City> {
  const pack = name === 'default' ? await ensureDefaultCity(dataFolder) : await ensureCity(dataFolder, name)
  const { zone: polygon, currency, timeZone, name: packName } = pack.manifest
  const travel = travelFields(decodeStreetGraph(await readFile(pack.graphFile)))
  const addresses = await pack.addresses()
  const hours = createOpeningTimes()
  const merchants = (await pack.merchants()).map((merchant, row): CityMerchant => {
    const items = merchant.menu.sections.flatMap((section) => section.items)
    return {
      id: `m${row}` as MerchantId,
      zoneId: ZONE,
      name: merchant.name,
      position: merchant.position,
      prepMinutes: USUAL_PREP_MINUTES,
      openingHours: merchant.openingHours,
      items: items.map(({ priceMinor }, item) => ({ id: `m${row}.${item}` as MenuItemId, priceMinor })),
    }
  })
  return {
    name: packName,
    timeZone,
    merchants,
    travel,
    zone: {
      id: ZONE,
      polygon,
      currency,
      deliveryFeeMinor: DEFAULT_DELIVERY_FEE_MINOR,
      serviceFeeShare: DEFAULT_SERVICE_FEE_SHARE,
      usualDeliveryMinutes: USUAL_DELIVERY_MINUTES,
      pay: DEFAULT_PAY_RULE,
    },
    nearestAddress: (place) => nearestAddress(addresses, place),
    isOpen: (merchant, nowMs) => hours.stateAt(merchant.openingHours, timeZone, nowMs).isOpen,
  }
}
