import {
  deliveryPayMinor,
  fail,
  isInside,
  type LatLon,
  type MenuItemId,
  type MerchantId,
  type OrderId,
  ok,
  type PayRule,
  type PolygonRings,
  type Price,
  priceOrder,
  type Result,
  type UserId,
  type ZoneId,
} from '@doorstep/shared/domain'
import { newId, type Sql } from '../platform/index.ts'
import { insertOrder, type NewOrder } from './place-order-sql.ts'

/** A merchant as an order needs it. */
export interface OrderMerchant {
  id: MerchantId
  zoneId: ZoneId
  name: string
  position: LatLon
  isOpen: boolean
  /** Usual minutes until ready, busy minutes included. */
  prepMinutes: number
}

/** A menu item as an order needs it. */
export interface OrderItem {
  id: MenuItemId
  merchantId: MerchantId
  name: string
  priceMinor: number
  isAvailable: boolean
}

/** A zone as an order needs it. */
export interface OrderZone {
  id: ZoneId
  polygon: PolygonRings
  currency: string
  deliveryFeeMinor: number
  serviceFeeShare: number
  usualDeliveryMinutes: number
  pay: PayRule
}

/** What placing an order reads of the catalogue. */
export interface OrderCatalog {
  merchantForOrder(id: MerchantId, nowMs: number): Promise<OrderMerchant | undefined>
  itemsForOrder(ids: readonly MenuItemId[], nowMs: number): Promise<OrderItem[]>
  zoneForOrder(id: ZoneId): Promise<OrderZone | undefined>
}

/** The way from a merchant to a door along the streets; answers from memory, without waiting for anybody. */
export type EstimateLeg = (merchant: { id: MerchantId; place: LatLon }, drop: LatLon) => { distanceM: number; durationS: number }

/** What a customer asks for; already within the contract's bounds. */
export interface OrderRequest {
  merchantId: MerchantId
  lines: readonly { itemId: MenuItemId; quantity: number; note: string | null }[]
  drop: { place: LatLon; address: string; details: string | null }
  instructions: string | null
  tipMinor: number
  expectedTotalMinor?: number | undefined
}

/** Why an order cannot be placed; nothing has changed. `line` counts from 0. */
export type PlaceOrderError =
  | { kind: 'no_merchant' }
  | { kind: 'merchant_closed'; name: string }
  | { kind: 'outside_zone' }
  | { kind: 'no_item'; line: number }
  | { kind: 'item_of_another_merchant'; line: number }
  | { kind: 'item_unavailable'; line: number; name: string }
  | { kind: 'price_changed'; totalMinor: number }

/** An order priced and promised, not written yet. */
export interface Quote {
  merchant: OrderMerchant
  zone: OrderZone
  price: Price
  payMinor: number
  lines: NewOrder['lines']
  leg: { distanceM: number; durationS: number }
  /** Preparation plus the zone's usual delivery time. */
  etaMinutes: number
  /** The ETA plus the allowance that a promise carries. */
  promisedMinutes: number
}

/** Minutes a promise allows beyond the ETA, unless a zone says otherwise. */
export const PROMISE_ALLOWANCE_MIN = 10

/** What quoting and placing need. */
export interface PlaceOrderDeps {
  catalog: OrderCatalog
  estimateLeg: EstimateLeg
  /** Minutes a promise allows beyond the ETA. */
  promiseAllowanceMinutes: number
}

/** Prices and promises an order at this moment, or says which rule it breaks. */
export async function quoteOrder(
  deps: PlaceOrderDeps,
  request: OrderRequest,
  nowMs: number,
): Promise<Result<Quote, PlaceOrderError>> {
  const merchant = await deps.catalog.merchantForOrder(request.merchantId, nowMs)
  const zone = merchant && (await deps.catalog.zoneForOrder(merchant.zoneId))
  if (!merchant || !zone) return fail({ kind: 'no_merchant' })
  if (!merchant.isOpen) return fail({ kind: 'merchant_closed', name: merchant.name })
  if (!isInside(request.drop.place, zone.polygon)) return fail({ kind: 'outside_zone' })
  const lines = await captureLines(deps.catalog, request, nowMs)
  if (!lines.ok) return lines
  const price = priceOrder(lines.value, zone, request.tipMinor)
  if (request.expectedTotalMinor !== undefined && request.expectedTotalMinor !== price.totalMinor) {
    return fail({ kind: 'price_changed', totalMinor: price.totalMinor })
  }
  const leg = deps.estimateLeg({ id: merchant.id, place: merchant.position }, request.drop.place)
  const etaMinutes = merchant.prepMinutes + zone.usualDeliveryMinutes
  return ok({
    merchant,
    zone,
    price,
    lines: lines.value,
    leg,
    payMinor: deliveryPayMinor(zone.pay, leg.distanceM),
    etaMinutes,
    promisedMinutes: etaMinutes + deps.promiseAllowanceMinutes,
  })
}

async function captureLines(
  catalog: OrderCatalog,
  request: OrderRequest,
  nowMs: number,
): Promise<Result<NewOrder['lines'], PlaceOrderError>> {
  const items = new Map(
    (await catalog.itemsForOrder([...new Set(request.lines.map((l) => l.itemId))], nowMs)).map((item) => [item.id, item]),
  )
  const captured: NewOrder['lines'][number][] = []
  for (const [index, line] of request.lines.entries()) {
    const item = items.get(line.itemId)
    if (!item) return fail({ kind: 'no_item', line: index })
    if (item.merchantId !== request.merchantId) return fail({ kind: 'item_of_another_merchant', line: index })
    if (!item.isAvailable) return fail({ kind: 'item_unavailable', line: index, name: item.name })
    captured.push({ ...line, name: item.name, unitPriceMinor: item.priceMinor })
  }
  return ok(captured)
}

/** Writes a quoted order for a customer; answers its id. */
export async function placeOrder(
  sql: Sql,
  quote: Quote,
  request: OrderRequest,
  customerId: UserId,
  nowMs: number,
): Promise<OrderId> {
  const { merchant, zone, price, payMinor, lines, leg } = quote
  const { place, address, details } = request.drop
  const id = newId<OrderId>(nowMs)
  await insertOrder(sql, {
    id,
    zoneId: zone.id,
    merchantId: merchant.id,
    customerId,
    currency: zone.currency,
    price,
    payMinor,
    lines,
    drop: { lat: place.lat, lon: place.lon, address, details },
    instructions: request.instructions,
    legM: Math.round(leg.distanceM),
    legS: Math.round(leg.durationS),
    placedAt: nowMs,
    promisedAt: nowMs + quote.promisedMinutes * 60_000,
    kitchenReadyAt: nowMs + merchant.prepMinutes * 60_000,
    event: { totalMinor: price.totalMinor, promisedAtMs: nowMs + quote.promisedMinutes * 60_000 },
  })
  return id
}
