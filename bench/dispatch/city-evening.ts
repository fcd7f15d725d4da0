import type { PlaceOrderBody } from '@doorstep/shared/contract'
import {
  type DriverId,
  distanceM,
  isInside,
  type LatLon,
  localHour,
  type MenuItemId,
  type OrderId,
  type Rng,
  startOfDay,
  type UserId,
} from '@doorstep/shared/domain'
import { estimateLeg } from '../../server/src/app/estimate-leg.ts'
import type { DriverRow } from '../../server/src/drivers/index.ts'
import {
  type OrderCatalog,
  type OrderRequest,
  PROMISE_ALLOWANCE_MIN,
  type Quote,
  quoteOrder,
} from '../../server/src/orders/index.ts'
import {
  answerOffer,
  between,
  changesMindAfterMs,
  chooseMerchant,
  chooseOrder,
  findAddress,
  isWanted,
  makeDriver,
  ORDERS_WITHIN,
  orderGapMs,
  pick,
  pickinessOf,
  placeAround,
  rngOf,
} from '../../server/src/simulation/index.ts'
import type { City } from './city-place.ts'

/** An order as it will be placed, and when its customer thinks better of it, if ever. */
export interface EveningOrder {
  id: OrderId
  number: number
  placedMs: number
  quote: Quote
  drop: LatLon
  tipMinor: number
  regretMs: number | null
}

/** A driver of the evening: where and when the shift begins, when it ends, and how often offers are declined. */
export interface EveningDriver {
  row: DriverRow
  place: LatLon
  startsMs: number
  endsMs: number
  pickiness: number
}

/** Everything that happens whatever is decided: the same for every policy. */
export interface Evening {
  seed: number
  startMs: number
  /** When the last order is placed at the latest. */
  endMs: number
  orders: readonly EveningOrder[]
  drivers: readonly EveningDriver[]
}

/** How big an evening is. */
export interface EveningSize {
  seed: number
  hours: number
  drivers: number
  /** At the peak of the day. */
  ordersPerHour: number
}

const HOUR_MS = 3_600_000
/** A Friday; evenings begin when the demo's do. */
const DAY_MS = Date.parse('2026-06-05T12:00:00Z')
const BEGINS_H = 18.75

/** Draws an evening; each order and each driver has a source of chance of its own. */
export async function makeEvening(city: City, size: EveningSize): Promise<Evening> {
  const startMs = startOfDay(DAY_MS, city.timeZone) + BEGINS_H * HOUR_MS
  const endMs = startMs + size.hours * HOUR_MS
  const orders: EveningOrder[] = []
  const arrivals = rngOf(size.seed, 'arrivals')
  const placing = {
    catalog: catalogOf(city),
    estimateLeg: estimateLeg(city.travel),
    promiseAllowanceMinutes: PROMISE_ALLOWANCE_MIN,
  }
  for (let atMs = startMs, number = 1; ; number++) {
    atMs += orderGapMs(arrivals, size.ordersPerHour)
    if (atMs >= endMs) break
    const placedMs = Math.round(atMs)
    if (!isWanted(arrivals, placedMs, city.timeZone)) continue
    const order = await drawOrder(city, placing, { seed: size.seed, number, placedMs })
    if (order) orders.push(order)
  }
  const drivers = Array.from({ length: size.drivers }, (_, i) => drawDriver(city, size, i + 1, startMs))
  return { seed: size.seed, startMs, endMs, orders, drivers }
}

/** The hour of the zone's day, whose traffic travel times are read for. */
export const hourOf = (city: City, nowMs: number): number => Math.floor(localHour(nowMs, city.timeZone))

async function drawOrder(
  city: City,
  placing: Parameters<typeof quoteOrder>[0],
  { seed, number, placedMs }: { seed: number; number: number; placedMs: number },
): Promise<EveningOrder | null> {
  const id = `s${seed}o${String(number).padStart(5, '0')}` as OrderId
  const rng = rngOf(seed, `customer ${id}`)
  const drop = await findAddress(
    async (place) => {
      const found = city.nearestAddress(place)
      return { address: found ? { place: found, label: '' } : null, isInZone: isInside(place, city.zone.polygon) }
    },
    city.zone,
    city.merchants.map((merchant) => merchant.position),
    rng,
  )
  if (!drop) return null
  const near = city.merchants
    .map((merchant) => ({ merchant, isOpen: city.isOpen(merchant, placedMs), m: distanceM(merchant.position, drop.place) }))
    .filter(({ isOpen, m }) => isOpen && m <= ORDERS_WITHIN.radiusM)
    .sort((a, b) => a.m - b.m)
    .slice(0, ORDERS_WITHIN.limit)
  const merchant = chooseMerchant(rng, near)?.merchant
  if (!merchant) return null
  const menu = {
    merchantId: merchant.id,
    sections: [{ items: merchant.items.map(({ id: item }) => ({ id: item, isAvailable: true })) }],
  }
  const body = chooseOrder(rng, menu, drop)
  if (!body) return null
  const { lines, tipMinor } = body
  const request = {
    merchantId: merchant.id,
    lines: wantedLines(lines),
    drop: { ...drop, details: null },
    instructions: null,
    tipMinor: tipMinor ?? 0,
  }
  const quote = await quoteOrder(placing, request, placedMs)
  if (!quote.ok) return null
  const regret = changesMindAfterMs(rng)
  return {
    ...{ id, number, placedMs, quote: quote.value, drop: drop.place, tipMinor: request.tipMinor },
    regretMs: regret === null ? null : placedMs + regret,
  }
}

/** The lines as the server takes them from the wire. */
function wantedLines(lines: PlaceOrderBody['lines']): OrderRequest['lines'] {
  return lines.map(({ itemId, quantity, note }) => ({ itemId: itemId as MenuItemId, quantity, note: note ?? null }))
}

function catalogOf(city: City): OrderCatalog {
  const merchants = new Map(city.merchants.map((merchant) => [merchant.id, merchant]))
  const items = new Map(
    city.merchants.flatMap((merchant) => merchant.items.map((item) => [item.id, { ...item, merchantId: merchant.id }])),
  )
  return {
    async merchantForOrder(id, nowMs) {
      const merchant = merchants.get(id)
      return merchant && { ...merchant, isOpen: city.isOpen(merchant, nowMs) }
    },
    async itemsForOrder(ids) {
      return ids.flatMap((id) => {
        const item = items.get(id)
        return item ? [{ ...item, name: '', isAvailable: true }] : []
      })
    },
    zoneForOrder: async () => city.zone,
  }
}

/** Three of five are there when the evening begins, the others come in its first half; shifts last until an hour after it. */
const AT_THE_START = 0.6
const SHORTEST_SHIFT_H = 1.5
const LONGEST_AFTER_H = 1.25
/** Offers a driver has answered before this evening: what the acceptance rate is read from. */
const ANSWERED_BEFORE = 40

function drawDriver(city: City, { seed, hours }: EveningSize, number: number, startMs: number): EveningDriver {
  const id = `s${seed}d${String(number).padStart(4, '0')}` as DriverId
  const rng = rngOf(seed, `driver ${id}`)
  const startsH = rng() < AT_THE_START ? 0 : between(rng, 0, hours / 2)
  const endsH = between(rng, startsH + SHORTEST_SHIFT_H, Math.max(startsH + SHORTEST_SHIFT_H, hours + LONGEST_AFTER_H))
  const place = placeAround(rng, pick(rng, city.merchants)!.position, 20, 250)
  const pickiness = pickinessOf(rng)
  const before = Array.from({ length: ANSWERED_BEFORE }, () => answerOffer(rng, usualOffer(rng), pickiness).answer)
  const row: DriverRow = {
    ...{ id, userId: id as string as UserId, zoneId: city.zone.id, name: id },
    ...makeDriver(rng),
    offersAnswered: ANSWERED_BEFORE,
    offersAccepted: before.filter((answer) => answer === 'accept').length,
    stops: [],
    shiftStartedAt: null,
    shiftEndsAt: null,
    shiftEarnedMinor: 0,
  }
  const atMs = (h: number) => startMs + Math.round(h * HOUR_MS)
  return { row, place, startsMs: atMs(startsH), endsMs: atMs(endsH), pickiness }
}

/** An offer as they came on earlier evenings. */
function usualOffer(rng: Rng) {
  return {
    payMinor: between(rng, 360, 500),
    tipMinor: rng() < 0.5 ? 0 : 250,
    toPickupM: between(rng, 0, 2_200),
    legM: between(rng, 300, 2_600),
  }
}
