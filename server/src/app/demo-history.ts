import {
  type DriverId,
  type LatLon,
  localHour,
  type MenuItemId,
  type MerchantId,
  type Rng,
  seededRng,
  type UserId,
  type ZoneId,
} from '@doorstep/shared/domain'
import type { Catalog, ServiceZone } from '../catalog/index.ts'
import { acceptOffer, followOrderInDrivers, insertOffer, openShift } from '../drivers/index.ts'
import { advanceOrder, type OrderRequest, type PlaceOrderDeps, placeOrder, type Quote, quoteOrder } from '../orders/index.ts'
import { type Database, inTransaction, newId, type Sql } from '../platform/index.ts'
import { demandAt } from '../simulation/index.ts'
import { type OrderStory, orderTimes, type StoryStep, tellOrder } from './order-story.ts'

/** Who and where a demo's past is made of. */
export interface DemoCast {
  customers: readonly UserId[]
  drivers: readonly { id: DriverId; userId: UserId }[]
  addresses: readonly { place: LatLon; address: string }[]
}

/** What making the past needs. */
export interface DemoHistoryDeps {
  db: Database
  catalog: Catalog
  placing: PlaceOrderDeps
  zone: ServiceZone
  cast: DemoCast
  /** Orders an hour at the peak. */
  ordersPerHour: number
  seed: number
}

interface Told {
  request: OrderRequest
  customerId: UserId
  placedMs: number
  quote: Quote
  story: OrderStory
  driver: DemoCast['drivers'][number] | null
}

const HOUR_MS = 3_600_000
/** Yesterday is thinner than tonight: enough to fill lists and reports, made in a second or two. */
const YESTERDAY_SHARE = 0.08
/** How far back tonight's orders reach: longer than any order lives. */
const TONIGHT_MS = 2 * HOUR_MS
/** How many orders are written at once. */
const LANES = 6
/** How long an order may have waited for a driver when the demo begins. */
const STILL_WAITING_MS = 5 * 60_000

/**
 * Makes yesterday's orders and tonight's in every stage, by the same use cases that serve people, each at its own moment:
 * nothing is inserted that could not have happened. Drivers come on shift before their first order.
 */
export async function makeDemoHistory(deps: DemoHistoryDeps, nowMs: number): Promise<{ orders: number; open: number }> {
  const rng = seededRng(deps.seed)
  const hourOf = (ms: number) => localHour(ms, deps.zone.timeZone)
  const yesterday = orderTimes(rng, nowMs - 30 * HOUR_MS, nowMs - 5 * HOUR_MS, deps.ordersPerHour * YESTERDAY_SHARE, hourOf)
  // Tonight starts at the demand of this hour, whatever the hour.
  const tonightRate = deps.ordersPerHour * Math.max(0.5, demandAt(hourOf(nowMs)))
  const tonight = orderTimes(rng, nowMs - TONIGHT_MS, nowMs, tonightRate, () => 19.6)
  const shops = await deps.catalog.merchantsOfZone(deps.zone.id, nowMs)
  const told = await tellAll(deps, rng, shops, [...yesterday, ...tonight], nowMs)
  await startShifts(deps, nowMs)
  const lanes = Array.from({ length: LANES }, (_, lane) => laneOf(told, lane))
  await Promise.all(
    lanes.map(async (lane) => {
      for (const one of lane) await inTransaction(deps.db, (sql) => enact(sql, one, nowMs))
    }),
  )
  return { orders: told.length, open: told.filter((one) => one.story.deliveredMs > nowMs).length }
}

/** Orders of one driver stay in one lane, in their order; those without a driver go anywhere. */
function laneOf(told: readonly Told[], lane: number): Told[] {
  const driverLane = new Map<string, number>()
  return told.filter((one, index) => {
    if (!one.driver) return index % LANES === lane
    const known = driverLane.get(one.driver.id) ?? driverLane.size % LANES
    driverLane.set(one.driver.id, known)
    return known === lane
  })
}

async function tellAll(
  deps: DemoHistoryDeps,
  rng: Rng,
  shops: readonly { id: MerchantId; position: LatLon }[],
  times: readonly number[],
  nowMs: number,
): Promise<Told[]> {
  const freeAt = new Map(deps.cast.drivers.map((driver) => [driver.id, 0]))
  const menus = new Map<MerchantId, { id: MenuItemId }[]>()
  const told: Told[] = []
  for (const placedMs of times) {
    const shop = shops[Math.floor(rng() ** 1.6 * shops.length)]
    if (!shop) break
    const items = menus.get(shop.id) ?? (await deps.catalog.menu(shop.id)).sections.flatMap((section) => section.items)
    menus.set(shop.id, items)
    const request = makeRequest(deps.cast, rng, shop, items)
    const quote = await quoteOrder(deps.placing, request, placedMs)
    // Closed at that hour, or out of reach: that order was never placed.
    if (!quote.ok) continue
    const story = tellOrder(rng, placedMs, { prepMinutes: quote.value.merchant.prepMinutes, legS: quote.value.leg.durationS })
    const driver = deps.cast.drivers.find(({ id }) => freeAt.get(id)! <= story.assignedMs) ?? null
    // Nobody to carry it: one placed a moment ago still waits, an older one was never placed.
    if (!driver && placedMs < nowMs - STILL_WAITING_MS) continue
    if (driver) freeAt.set(driver.id, story.deliveredMs + 60_000)
    const customerId = deps.cast.customers[Math.floor(rng() * deps.cast.customers.length)]!
    told.push({ request, customerId, placedMs, quote: quote.value, story, driver })
  }
  return told
}

function makeRequest(
  cast: DemoCast,
  rng: Rng,
  shop: { id: MerchantId; position: LatLon },
  items: readonly { id: MenuItemId }[],
): OrderRequest {
  const count = 1 + Math.floor(rng() * 3)
  const lines = Array.from({ length: count }, () => ({
    itemId: items[Math.floor(rng() * items.length)]!.id,
    quantity: rng() < 0.75 ? 1 : 2,
    note: null,
  }))
  const drop = nearbyAddress(cast, rng, shop.position)
  return {
    merchantId: shop.id,
    lines,
    drop: { ...drop, details: null },
    instructions: null,
    tipMinor: rng() < 0.5 ? 0 : 100 + 50 * Math.floor(rng() * 5),
  }
}

/** One of a few addresses drawn, the nearest: people order from around the corner more than from across town. */
function nearbyAddress(cast: DemoCast, rng: Rng, from: LatLon): DemoCast['addresses'][number] {
  const far = ({ place }: DemoCast['addresses'][number]) => Math.hypot(place.lat - from.lat, place.lon - from.lon)
  const drawn = Array.from({ length: 3 }, () => cast.addresses[Math.floor(rng() * cast.addresses.length)]!)
  return drawn.reduce((best, one) => (far(one) < far(best) ? one : best))
}

async function startShifts({ db, cast, zone }: DemoHistoryDeps, nowMs: number): Promise<void> {
  await inTransaction(db, async (sql) => {
    for (const { id } of cast.drivers) {
      await openShift(sql, {
        id: newId(nowMs),
        driverId: id,
        zoneId: zone.id as ZoneId,
        startedAt: nowMs - TONIGHT_MS,
        endsAt: null,
      })
    }
  })
}

async function enact(sql: Sql, told: Told, nowMs: number): Promise<void> {
  const orderId = await placeOrder(sql, told.quote, told.request, told.customerId, told.placedMs)
  for (const step of told.story.steps) {
    if (step.atMs > nowMs) return
    if (!told.driver && step.action === 'offer') return
    await enactStep(sql, told, orderId, step)
  }
}

async function enactStep(
  sql: Sql,
  told: Told,
  orderId: Awaited<ReturnType<typeof placeOrder>>,
  { action, atMs }: StoryStep,
): Promise<void> {
  const { driver, quote, story } = told
  const participants = [followOrderInDrivers]
  if (action === 'accept_offer') {
    const taken = await acceptOffer(
      sql,
      participants,
      { orderId, driverId: driver!.id, userId: driver!.userId, nowMs: atMs },
      async () => [],
    )
    if (!taken.ok) throw new Error(`the demo's past does not hold: ${taken.error.kind}`)
    return
  }
  const isKitchen = action === 'accept' || action === 'start_preparing' || action === 'ready'
  const moved = await advanceOrder(sql, participants, {
    orderId,
    action,
    actor: action === 'offer' ? 'system' : isKitchen ? 'merchant' : 'driver',
    actorId: isKitchen || action === 'offer' ? null : driver!.userId,
    nowMs: atMs,
    ...(action === 'accept'
      ? { patch: { kitchenReadyAt: atMs + story.prepMinutes * 60_000 }, data: { prepMinutes: story.prepMinutes } }
      : action === 'offer'
        ? { patch: { attempts: 1 }, data: { driverId: driver!.id, expiresAtMs: atMs + 30_000 } }
        : {}),
  })
  if (!moved.ok) throw new Error(`the demo's past does not hold: ${action} ${moved.error.kind}`)
  if (action === 'offer') {
    await insertOffer(sql, {
      id: newId(atMs),
      orderId,
      driverId: driver!.id,
      zoneId: quote.zone.id,
      decisionId: null,
      offeredAt: atMs,
      expiresAt: atMs + 30_000,
      toPickupM: 0,
      toPickupS: 0,
    })
  }
}
