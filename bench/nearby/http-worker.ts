// A node that answers GET /api/v1/drivers/nearby as in production, accounts, limits and metrics included: from the fleet, or,
// as the textbook does, by asking Redis each time. GET /api/v1/auth/me answers a constant: what every request costs.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createAccounts, rateLimiters, SESSION_COOKIE, tokenOf } from '../../server/src/accounts/index.ts'
import { createHttpApp } from '../../server/src/http/index.ts'
import { type Clock, connectPostgres, createMetrics, silentLog } from '../../server/src/platform/index.ts'
import { mountPositionRoutes, type NearbyQuery, nearbyDrivers, type Positions } from '../../server/src/positions/index.ts'
import { openTextbookRedis, redisNearby } from '../textbook/nearby-redis.ts'
import type { HttpNodeSettings } from './http-node.ts'
import { metropolis, NOW_MS } from './metropolis.ts'

const settings = JSON.parse(process.argv[2] ?? '') as HttpNodeSettings
const clock: Clock = { nowMs: () => NOW_MS, speed: 1, after: () => () => {} }
const log = silentLog()
const db = connectPostgres({ url: settings.databaseUrl, poolSize: 2 })
const rateLimiter = rateLimiters()
const limits = { loginsPerAccount: 10, loginsPerAddress: 10, registrationsPerAddress: 10 }
const accounts = await createAccounts({ db, clock, log, rateLimiter, limits, isDemo: false })
const person = { email: 'bench@doorstep.example', password: 'a long enough password' }
const me = await accounts.ensureUser(db, { ...person, name: 'Bench', role: 'dispatcher' })
const { token } = await accounts.signIn({ ...person, address: 'bench' })
const requests = rateLimiter({ name: 'requests', turns: 1e9, perSeconds: 60 })
const http = createHttpApp({
  ...{ log, metrics: createMetrics(), clock, sessionCookieName: SESSION_COOKIE, tokenOf },
  authenticate: accounts.authenticate,
  takeTurn: (principal, address) => requests.take(principal?.userId ?? address),
  checkReady: async () => {},
  ...{ webFolder: '/nowhere', docsFolder: '/nowhere', version: '0', proxies: 0, maxBodyBytes: 10_000 },
})
http.handle('GET /auth/me', () => me)

if (settings.redisUrl) {
  const textbook = redisNearby(await openTextbookRedis(settings.redisUrl))
  http.handle('GET /drivers/nearby', async ({ query }) => {
    const [found] = await textbook.nearest([query], query.radiusM, query.limit)
    const place = { lat: query.lat, lon: query.lon }
    const rest = { name: 'Ana', vehicle: 'bicycle' as const, place, activeOrders: 0, fixAgeMs: 0 }
    return { items: found!.map(({ id, distanceM }) => ({ id: id as never, distanceM, ...rest })) }
  })
} else {
  const fleet = metropolis(settings.drivers, settings.seed)
  const positions = { nearby: (query: NearbyQuery) => nearbyDrivers(fleet, query, NOW_MS) } as Positions
  mountPositionRoutes(http.handle, { positions, driverName: () => 'Ana' })
}
const server = createServer(getRequestListener(http.app.fetch))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0, token })
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => process.exit(0))
