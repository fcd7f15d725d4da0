import type { OpenSocket } from '@doorstep/shared/client'
import type { DriverState, MerchantBoard, Zone } from '@doorstep/shared/contract'
import type { LatLon } from '@doorstep/shared/domain'
import { rngOf } from './chance.ts'
import { startCustomers } from './customers/customers.ts'
import { createDriver, type Driver } from './drivers/driver.ts'
import { likelyPlace } from './drivers/first-place.ts'
import { positionsOverHttp } from './drivers/positions-over-http.ts'
import { findPeople } from './find-people.ts'
import { createKitchen } from './kitchens/kitchen.ts'
import type { SimulationOptions } from './options.ts'
import type { PeopleClock } from './people-clock.ts'
import { createRider, type Rider } from './riding/rider.ts'
import { type Seat, takeSeat } from './seat.ts'
import { apiClient, type Session } from './session.ts'

/** What a simulated city is made from. */
export interface CityDeps {
  options: SimulationOptions
  clock: PeopleClock
  openSocket: OpenSocket
  count(what: string): void
}

/** A city full of simulated people. */
export interface SimulatedCity {
  pause(): void
  resume(): void
  /** Everybody stops where they are. */
  stop(): void
}

/** How often seats without a socket are read over HTTP, in ms of the wall. */
const READ_EVERY_MS = { driver: 10_000, merchant: 30_000 }
/** Phones report even while the people stand still: how often, in ms of the server's clock, and at most, of the wall. */
const REPORT_WHILE_PAUSED_MS = { every: 10_000, leastGap: 500 }
/** The first customer is left to whoever opens the link; so many others are enough for any demand. */
const CUSTOMERS = { from: 2, until: 60 }

/** Brings the people of a demo to their seats, drivers first; answers as soon as they are coming. */
export async function simulateCity(deps: CityDeps): Promise<SimulatedCity> {
  const { options, clock } = deps
  const api = `${options.url}/api/v1`
  const seats: Seat[] = []
  const riders: Rider[] = []
  const zone = await readZone(api)
  const merchants: LatLon[] = zone ? await readMerchants(api, zone) : []
  let phones: NodeJS.Timeout | undefined

  const people = async () => {
    if (!zone || merchants.length === 0) return
    await findPeople(api, 'driver', { from: 1, until: options.drivers }, (session, number) => {
      const { seat, rider } = seatDriver(deps, session, number, merchants)
      seats.push(seat)
      riders.push(rider)
    })
    await findPeople(api, 'merchant', { from: 1, until: Number.POSITIVE_INFINITY }, (session) => {
      seats.push(seatKitchen(deps, session))
    })
    const sessions: Session[] = []
    await findPeople(api, 'customer', CUSTOMERS, (session) => sessions.push(session))
    const { count } = deps
    startCustomers({
      sessions,
      zone,
      merchants,
      clock,
      count,
      rng: rngOf(options.seed, 'customers'),
      perHour: options.ordersPerHour,
    })
  }
  void people()

  return {
    pause() {
      clock.pause()
      clearInterval(phones)
      const everyMs = Math.max(REPORT_WHILE_PAUSED_MS.leastGap, REPORT_WHILE_PAUSED_MS.every / clock.speed())
      phones = setInterval(() => {
        for (const rider of riders) rider.report()
      }, everyMs)
    },
    resume() {
      clearInterval(phones)
      clock.resume()
    },
    stop() {
      clearInterval(phones)
      clock.stop()
      for (const seat of seats) seat.close()
    },
  }
}

async function readZone(api: string): Promise<Zone | undefined> {
  const zones = await apiClient(api, () => undefined).call('GET /zones')
  return zones.ok ? zones.value.items[0] : undefined
}

/** Where the merchants of a zone are. */
async function readMerchants(api: string, zone: Zone): Promise<LatLon[]> {
  const ring = zone.polygon[0] ?? []
  const mean = (of: 0 | 1) => ring.reduce((sum, point) => sum + point[of], 0) / Math.max(1, ring.length)
  const near = { lat: mean(1), lon: mean(0), radiusM: 50_000, limit: 100 }
  const { call } = apiClient(api, () => undefined)
  const places: LatLon[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await call('GET /merchants', { query: cursor === undefined ? near : { ...near, cursor } })
    if (!page.ok) return places
    places.push(...page.value.items.filter((one) => one.zoneId === zone.id).map((one) => one.position))
    if (page.value.nextCursor === null) return places
    cursor = page.value.nextCursor
  }
}

function seatDriver(
  deps: CityDeps,
  session: Session,
  number: number,
  merchants: readonly LatLon[],
): { seat: Seat; rider: Rider } {
  const { clock, options, count } = deps
  const { call } = session
  const rng = rngOf(options.seed, session.me.email)
  const overHttp = positionsOverHttp(call)
  const rider = createRider(clock, rng, (position) => {
    if (!seat.live.sendPosition(position) && overHttp(position)) count('position over HTTP')
  })
  const driver: Driver = createDriver({
    ...{ call, clock, rng, rider, count },
    isOurs: () => seat.isOurs(),
    startsShift: number !== 1,
    firstPlace: (stop) => likelyPlace(call, rng, merchants, stop),
  })
  const seat = takeSeat<DriverState>({
    ...seatBase(deps, session),
    topic: `driver:${session.me.driverId}`,
    read: async () => valueOf(await call('GET /driver')),
    readEveryMs: READ_EVERY_MS.driver,
    listener: driver,
  })
  return { seat, rider }
}

function seatKitchen(deps: CityDeps, session: Session): Seat {
  const { clock, options, count } = deps
  const { call } = session
  const kitchen = createKitchen({ call, clock, seed: options.seed, count, isOurs: () => seat.isOurs() })
  const seat: Seat = takeSeat<MerchantBoard>({
    ...seatBase(deps, session),
    topic: `merchant:${session.me.merchantId}`,
    read: async () => valueOf(await call('GET /merchant/board')),
    readEveryMs: READ_EVERY_MS.merchant,
    listener: kitchen,
  })
  return seat
}

const seatBase = ({ options, clock, openSocket }: CityDeps, session: Session) => ({
  ...{ session, clock, openSocket },
  liveUrl: `${options.url.replace(/^http/, 'ws')}/api/v1/live`,
})

const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false }): Value | undefined =>
  result.ok ? result.value : undefined
