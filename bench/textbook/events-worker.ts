// Telling people of changes as most teams write it first: the log is polled ten times a second for what has a higher
// number than the last one seen, and every event is made into JSON for each socket found by a loop over all clients.
// Changes themselves are the same transactions as ours.
import { type WebSocket, WebSocketServer } from 'ws'
import { connectPostgres, systemClock } from '../../server/src/platform/index.ts'
import type { EventNodeSettings } from '../events/event-messages.ts'
import { runNode } from '../events/run-node.ts'

const POLL_MS = 100
const BATCH = 5_000

interface Client {
  socket: WebSocket
  role: 'dispatcher' | 'customer'
  orderIds: Set<string>
}

interface EventRow {
  position: number
  orderId: string
  seq: number
}

const settings = JSON.parse(process.argv[2] ?? '') as EventNodeSettings
const db = connectPostgres({ url: settings.databaseUrl, poolSize: 10 })
const clients = new Set<Client>()
const [end] = await db<{ position: number }[]>`select coalesce(max(position), 0) as position from order_events`
let last = end!.position

async function poll(): Promise<void> {
  const events = await db<EventRow[]>`
    select e.position, e.order_id, e.seq, e.type, e.at, e.actor, e.data, o.number, o.version, o.kitchen, o.delivery,
      o.total_minor, o.promised_at, o.kitchen_ready_at, o.drop_address
    from order_events e join orders o on o.id = e.order_id
    where e.position > ${last} order by e.position limit ${BATCH}`
  for (const event of events) {
    for (const client of clients) {
      if (client.role === 'customer' && !client.orderIds.has(event.orderId)) continue
      client.socket.send(JSON.stringify({ type: 'order_event', ...event }))
    }
  }
  last = events.at(-1)?.position ?? last
}

const pollOn = () => {
  poll()
    .catch((error: unknown) => console.error(error))
    .finally(() => setTimeout(pollOn, POLL_MS))
}
pollOn()

runNode({
  ...{ settings, db, clock: systemClock(), committed: () => {} },
  serve(server) {
    const sockets = new WebSocketServer({ server, path: '/api/v1/live', perMessageDeflate: false })
    sockets.on('connection', (socket) => {
      socket.once('message', (data) => {
        const hello = JSON.parse((data as Buffer).toString()) as { role: Client['role']; orderIds: string[] }
        const client = { socket, role: hello.role, orderIds: new Set(hello.orderIds) }
        clients.add(client)
        socket.on('close', () => clients.delete(client))
        socket.send(JSON.stringify({ type: 'hello' }))
      })
    })
  },
})
