import { z } from 'zod'
import {
  currency,
  cursor,
  latLon,
  limit,
  menuItemId,
  merchantId,
  money,
  pageOf,
  queryLat,
  queryLon,
  type RouteTable,
  text,
  timeMs,
  zoneId,
} from './primitives.ts'

/** Rings of [lon, lat] pairs as in GeoJSON: the outer ring, then holes. */
export const polygon = z.array(z.array(z.tuple([z.number(), z.number()])))

/** A service area: where orders can go, in whose time and currency, and for which fees. */
export const zone = z.object({
  id: zoneId,
  name: z.string(),
  polygon,
  timeZone: z.string().describe('IANA name, for instance Europe/Lisbon'),
  currency,
  deliveryFeeMinor: money,
  serviceFeeShare: z.number().min(0).max(1).describe('Share of the subtotal'),
  usualDeliveryMinutes: z.int(),
})
export type Zone = z.infer<typeof zone>

/** A merchant as the list shows it. */
export const merchantSummary = z.object({
  id: merchantId,
  zoneId,
  name: z.string(),
  category: z.string(),
  address: z.string(),
  position: latLon,
  distanceM: z.number().nullable().describe('Straight from the place asked about; null where none was given'),
  rating: z.number().min(0).max(5).nullable(),
  ratingCount: z.int(),
  isOpen: z.boolean().describe('Takes orders at this moment'),
  opensAtMs: timeMs.nullable().describe('When it next takes orders, if it is closed and that is known'),
  prepMinutes: z.int().describe('Usual minutes from order to ready, busy minutes included'),
  etaMinutes: z.int().describe('Usual minutes from order to door'),
  deliveryFeeMinor: money,
  currency,
  isDemo: z.boolean().describe('The menu was generated for the demo'),
  matchedItems: z.array(z.string()).optional().describe('With a search: dishes that matched it, at most three'),
})
export type MerchantSummary = z.infer<typeof merchantSummary>

/** A merchant by itself. */
export const merchant = merchantSummary.extend({
  openingHours: z.string().nullable().describe('OpenStreetMap opening_hours; null means 08:00 to 23:00 every day'),
  pausedUntilMs: timeMs.nullable(),
  busyExtraMinutes: z.int(),
  timeZone: z.string(),
})
export type Merchant = z.infer<typeof merchant>

export const menuItem = z.object({
  id: menuItemId,
  name: z.string(),
  description: z.string().nullable(),
  priceMinor: money,
  isAvailable: z.boolean(),
  unavailableUntilMs: timeMs.nullable().describe('When it comes back by itself, if that was said'),
})
export const menu = z.object({
  merchantId,
  currency,
  isDemo: z.boolean(),
  sections: z.array(z.object({ name: z.string(), items: z.array(menuItem) })),
})
export type Menu = z.infer<typeof menu>

export const browseQuery = z.object({
  lat: queryLat,
  lon: queryLon,
  radiusM: z.coerce.number<number>().min(100).max(50_000).default(10_000),
  category: text(60).optional(),
  q: text(80).optional().describe('Searches names, categories and dishes, typing mistakes allowed'),
  openNow: z.stringbool().optional() as unknown as z.ZodType<boolean | undefined, string | undefined>,
  cursor: cursor.optional(),
  limit,
})

const atMerchant = z.object({ id: merchantId })

/** Routes of merchants, zones and categories, and what a merchant says about its own shop. */
export const catalogRoutes = {
  'GET /zones': { summary: 'Service areas', tag: 'zones', auth: 'public', reply: z.object({ items: z.array(zone) }) },
  'GET /categories': {
    summary: 'Categories of merchants and how many there are',
    tag: 'merchants',
    auth: 'public',
    query: z.object({ zoneId: zoneId.optional() }),
    reply: z.object({ items: z.array(z.object({ category: z.string(), merchants: z.int() })) }),
  },
  'GET /merchants': {
    summary: 'Merchants near a place, nearest first',
    tag: 'merchants',
    auth: 'public',
    query: browseQuery,
    reply: pageOf(merchantSummary),
  },
  'GET /merchants/:id': { summary: 'One merchant', tag: 'merchants', auth: 'public', params: atMerchant, reply: merchant },
  'GET /merchants/:id/menu': { summary: 'Its menu', tag: 'merchants', auth: 'public', params: atMerchant, reply: menu },
  'GET /merchant/shop': { summary: 'My shop', tag: 'merchant', auth: ['merchant'], reply: merchant },
  'GET /merchant/menu': { summary: 'My menu', tag: 'merchant', auth: ['merchant'], reply: menu },
  'PATCH /merchant/shop': {
    summary: 'Pause, busy mode, hours and usual preparation time of my shop',
    tag: 'merchant',
    auth: ['merchant'],
    body: z
      .object({
        pausedUntilMs: timeMs.nullable(),
        busyExtraMinutes: z.int().min(0).max(120),
        prepMinutes: z.int().min(1).max(240),
        openingHours: text(300).nullable(),
      })
      .partial(),
    reply: merchant,
  },
  'PUT /merchant/items/:itemId/availability': {
    summary: 'Out of stock, for a while or until told otherwise, and back again',
    tag: 'merchant',
    auth: ['merchant'],
    params: z.object({ itemId: menuItemId }),
    body: z.object({ available: z.boolean(), untilMs: timeMs.nullable().optional() }),
    reply: menuItem,
  },
} as const satisfies RouteTable
