// The live path as most teams write it first: JSON over `ws`; for each position a Redis GEOADD and hash, one row into
// PostgreSQL, and JSON.stringify to every console and to the customers found by a loop over all clients.
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type WebSocket, WebSocketServer } from 'ws'
import { connectPostgres, redisConnector, redisReady } from '../../server/src/platform/index.ts'
import type { NodeCommand, NodeSettings, NodeStats } from '../live/node-messages.ts'

interface Client {
  socket: WebSocket
  role: 'driver' | 'dispatcher' | 'customer'
  follows?: string
}

interface PositionMessage {
  type: 'position'
  driverId: string
  seq: number
  atMs: number
  lat: number
  lon: number
}

const settings = JSON.parse(process.argv[2] ?? '') as NodeSettings
const db = connectPostgres({ url: settings.databaseUrl, poolSize: 10 })
const redis = redisConnector(settings.redisUrl!, () => {})('textbook')
await redisReady(redis)
await db`create table if not exists textbook_positions (driver_id uuid, lat float8, lon float8, at timestamptz, seq bigint)`
await db`create index if not exists textbook_positions_driver on textbook_positions (driver_id, at)`
const clients = new Set<Client>()

async function take(message: PositionMessage): Promise<void> {
  const { driverId, lat, lon, atMs, seq } = message
  const known = await redis.hget(`textbook:driver:${driverId}`, 'seq')
  if (known !== null && Number(known) >= seq) return
  await Promise.all([
    redis.geoadd('textbook:drivers', lon, lat, driverId),
    redis.hset(`textbook:driver:${driverId}`, { lat, lon, atMs, seq }),
    db`insert into textbook_positions (driver_id, lat, lon, at, seq) values (${driverId}, ${lat}, ${lon}, ${atMs}::timestamptz, ${seq})`,
  ])
  for (const client of clients) {
    if (client.role !== 'dispatcher' && client.follows !== driverId) continue
    client.socket.send(JSON.stringify({ type: 'location_update', driverId, lat, lon, atMs }))
  }
}

const server = createServer()
const sockets = new WebSocketServer({ server, path: '/api/v1/live', perMessageDeflate: false })
sockets.on('connection', (socket) => {
  let client: Client | undefined
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as
      | PositionMessage
      | { type: 'hello'; role: Client['role']; follows?: string }
    if (message.type === 'hello') {
      client = { socket, role: message.role, ...(message.follows ? { follows: message.follows } : {}) }
      clients.add(client)
      socket.send(JSON.stringify({ type: 'hello' }))
    } else take(message).catch((error: unknown) => console.error(error))
  })
  socket.on('close', () => client && clients.delete(client))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})

const loop = monitorEventLoopDelay({ resolution: 1 })
loop.enable()
process.on('message', (message) => {
  if ((message as NodeCommand).do !== 'stats') return
  const stats: NodeStats = {
    loopP99Ms: loop.percentile(99) / 1e6,
    loopMaxMs: loop.max / 1e6,
    sockets: clients.size,
    slowPeakBytes: 0,
  }
  loop.reset()
  process.send?.(stats)
})
process.on('disconnect', () => process.exit(0))
