import { type DriverId, distanceM, type LatLon, type UserId, type ZoneId } from '@doorstep/shared/domain'
import { createAccounts, rateLimiters } from '../../server/src/accounts/index.ts'
import type { CityTravel } from '../../server/src/app/estimate-leg.ts'
import { type App, createApp } from '../../server/src/app.ts'
import { memoryBus } from '../../server/src/bus/index.ts'
import { createCatalog } from '../../server/src/catalog/index.ts'
import type { PolicySettings } from '../../server/src/dispatch/index.ts'
import { insertDrivers } from '../../server/src/drivers/index.ts'
import { moveDriver, slotOf } from '../../server/src/fleet/index.ts'
import {
  createLog,
  createMetrics,
  type Database,
  inTransaction,
  type Metrics,
  manualClock,
  newId,
  silentLog,
} from '../../server/src/platform/index.ts'
import { createTestDatabase } from '../../server/src/platform/testing.ts'
import { straightLineRouter } from '../../server/src/routing/index.ts'

/** Noon on a Wednesday in Lisbon, when everything is open. */
export const NOON_MS = Date.parse('2026-06-10T11:00:00Z')

const PLACE: LatLon = { lat: 41.15, lon: -8.61 }
const square = (halfDeg: number): [number, number][][] => [
  [
    [PLACE.lon - halfDeg, PLACE.lat - halfDeg],
    [PLACE.lon + halfDeg, PLACE.lat - halfDeg],
    [PLACE.lon + halfDeg, PLACE.lat + halfDeg],
    [PLACE.lon - halfDeg, PLACE.lat + halfDeg],
    [PLACE.lon - halfDeg, PLACE.lat - halfDeg],
  ],
]

/** Straight lines at 5 m/s: travel that a test can compute by hand. */
function plainTravel(): CityTravel {
  const open = new Map<string, LatLon>()
  const seconds = (a: LatLon, b: LatLon) => distanceM(a, b) / 5
  return {
    openStop: (key, place) => void open.set(key, place),
    closeStop: (key) => void open.delete(key),
    useHour: () => {},
    secondsTo: (key, _vehicle, from) => seconds(from, open.get(key)!),
    secondsFrom: (key, _vehicle, to) => seconds(open.get(key)!, to),
    seconds: (_vehicle, from, to) => seconds(open.get(from)!, open.get(to)!),
    metres: (_vehicle, s) => s * 5,
  }
}

/** A whole node on a database of its own, with one zone, two merchants, three drivers and a clock that the test moves. */
export interface TestHouse {
  app: App
  db: Database
  databaseUrl: string
  metrics: Metrics
  clock: ReturnType<typeof manualClock>
  zoneId: ZoneId
  place: LatLon
  /** Sends a request as one of the demo people, or as nobody. */
  as(
    email: string | null,
  ): (key: string, body?: unknown, headers?: Record<string, string>) => Promise<{ status: number; headers: Headers; body: any }>
  driverIds: DriverId[]
  /** Puts a driver somewhere, as of now. */
  put(driver: DriverId, place: LatLon): void
  stop(): Promise<void>
}

/** What a test may want otherwise. */
export interface TestHouseOptions {
  /** How many drivers there are; 3 unless said. */
  drivers?: number
  /** What staff have set of the zone's dispatch policy; nothing unless said. */
  policy?: PolicySettings
}

export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const database = await createTestDatabase()
  const db = database.sql
  const clock = manualClock(NOON_MS)
  const log = process.env['TEST_LOG'] ? createLog({ level: 'debug' }) : silentLog()
  const limits = { loginsPerAccount: 1000, loginsPerAddress: 1000, registrationsPerAddress: 1000 }
  const accounts = await createAccounts({ db, clock, log, rateLimiter: rateLimiters(), limits, isDemo: true })
  const catalog = createCatalog({ db, clock })
  const { zoneId } = await catalog.import({
    zone: { source: 'test', name: 'Test town', polygon: square(0.03), timeZone: 'Europe/Lisbon', currency: 'EUR' },
    merchants: ['Casa Um', 'Casa Dois'].map((name, index) => ({
      source: `node/${index}`,
      name,
      category: 'local',
      position: { lat: PLACE.lat + index * 0.01, lon: PLACE.lon },
      address: `Rua ${index + 1}`,
      openingHours: null,
      isDemo: true,
      sections: [
        {
          name: 'Mains',
          items: [
            { name: `${name} plate`, priceMinor: 1000 },
            { name: `${name} soup`, priceMinor: 350 },
          ],
        },
      ],
    })),
  })
  if (options.policy) await catalog.replacePolicy(zoneId, options.policy, 1)
  const shops = await catalog.merchantsOfZone(zoneId, NOON_MS)
  const driverIds = await inTransaction(db, async (sql) => {
    const person = (email: string, role: 'customer' | 'dispatcher' | 'merchant' | 'driver', more = {}) =>
      accounts.ensureUser(sql, { email, name: email.split('@')[0]!, role, isDemo: true, ...more })
    await person('ana@demo', 'customer')
    await person('bea@demo', 'customer')
    await person('dora@demo', 'dispatcher')
    for (const shop of shops) await person(`${shop.name === 'Casa Um' ? 'um' : 'dois'}@demo`, 'merchant', { merchantId: shop.id })
    const ids: DriverId[] = []
    for (let i = 0; i < (options.drivers ?? 3); i++) {
      const id = newId<DriverId>(NOON_MS)
      const user = await person(`driver${i}@demo`, 'driver', { driverId: id })
      const profile = { id, userId: user.id as UserId, zoneId, name: `Driver ${i}`, vehicle: 'bicycle' as const }
      await insertDrivers(sql, [{ ...profile, rating: 5, ratingCount: 0, maxOrders: 3 }])
      ids.push(id)
    }
    return ids
  })
  const bus = memoryBus({
    nowMs: clock.nowMs,
    onError: (error) => {
      throw error
    },
  })
  const metrics = createMetrics()
  const app = await createApp({
    db,
    clock,
    log,
    bus,
    accounts,
    rateLimiter: rateLimiters(),
    catalog,
    metrics,
    nodeId: 'test',
    zoneIds: [zoneId],
    router: straightLineRouter(),
    travel: plainTravel(),
    mountCity: () => {},
    breadcrumbDays: 7,
    decisionDays: 7,
    isDemo: true,
    secureCookies: false,
    requestsPerMinute: { signedIn: 100_000, anonymous: 100_000 },
    http: { webFolder: '/nonexistent', docsFolder: 'docs', version: '0', proxies: 0, maxBodyBytes: 100_000, checkReplies: true },
  })
  const tokens = new Map<string, string>()
  const request = async (email: string | null, key: string, body?: unknown, headers: Record<string, string> = {}) => {
    const [method, path] = key.split(' ') as [string, string]
    if (email !== null && !tokens.has(email)) tokens.set(email, (await accounts.signInToDemo({ email })).token)
    const answer = await app.http.app.request(`/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(email === null ? {} : { authorization: `Bearer ${tokens.get(email)}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
  }
  let seq = 0
  return {
    app,
    db,
    databaseUrl: database.url,
    metrics,
    clock,
    zoneId,
    driverIds,
    place: PLACE,
    as: (email) => (key, body, headers) => request(email, key, body, headers),
    put(driver, { lat, lon }) {
      const fix = { lat, lon, atMs: clock.nowMs(), seq: ++seq, courseDeg: Number.NaN, speedMps: Number.NaN }
      moveDriver(app.fleet, slotOf(app.fleet, driver), fix)
    },
    async stop() {
      await app.stop()
      await bus.close()
      await accounts.stop()
      await database.drop()
    },
  }
}
