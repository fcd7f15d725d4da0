// A process that answers GET /api/v1/drivers/nearby: from the fleet, or, as the textbook does, by asking Redis each time.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { SESSION_COOKIE } from '../../server/src/accounts/index.ts'
import { createHttpApp } from '../../server/src/http/index.ts'
import {
  type Clock,
  createMetrics,
  type Principal,
  redisConnector,
  redisReady,
  silentLog,
} from '../../server/src/platform/index.ts'
import { mountPositionRoutes, type NearbyQuery, nearbyDrivers, type Positions } from '../../server/src/positions/index.ts'
import { redisNearby } from '../textbook/nearby-redis.ts'
import { driverId, metropolis, NOW_MS } from './metropolis.ts'

const [drivers, seed, redisUrl] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]]
const clock: Clock = { nowMs: () => NOW_MS, speed: 1, after: () => () => {} }
const principal: Principal = { userId: driverId(1) as never, role: 'dispatcher', name: 'bench' }
const http = createHttpApp({
  ...{ log: silentLog(), metrics: createMetrics(), clock, sessionCookieName: SESSION_COOKIE },
  tokenOf: (headers) => headers.get('authorization') ?? undefined,
  authenticate: async () => principal,
  takeTurn: async () => {},
  checkReady: async () => {},
  ...{ webFolder: '/nowhere', docsFolder: '/nowhere', version: '0', proxies: 0, maxBodyBytes: 10_000 },
})

if (redisUrl) {
  const redis = redisConnector(redisUrl, () => {})('textbook')
  await redisReady(redis)
  const textbook = redisNearby(redis)
  http.handle('GET /drivers/nearby', async ({ query }) => {
    const [found] = await textbook.nearest([query], query.radiusM, query.limit)
    const place = { lat: query.lat, lon: query.lon }
    const rest = { name: 'Ana', vehicle: 'bicycle' as const, place, activeOrders: 0, fixAgeMs: 0 }
    return { items: found!.map(({ id, distanceM }) => ({ id: id as never, distanceM, ...rest })) }
  })
} else {
  const fleet = metropolis(drivers, seed)
  const positions = { nearby: (query: NearbyQuery) => nearbyDrivers(fleet, query, NOW_MS) } as Positions
  mountPositionRoutes(http.handle, { positions, driverName: () => 'Ana' })
}
const server = createServer(getRequestListener(http.app.fetch))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address ? address.port : 0)
})
process.on('disconnect', () => process.exit(0))
