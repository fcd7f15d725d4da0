import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Receipts } from './ledger.ts'
import { wallMs } from './wall-clock.ts'
import type { Watchers, watchOrders } from './watch-orders.ts'

/** The same watchers on the textbook's wire: they say who they are and get every event of their orders as JSON. */
export async function watchTextbook({ town, ledger, ...options }: Parameters<typeof watchOrders>[0]): Promise<Watchers> {
  const everything = town.orderIds.map((_, order) => order)
  const people = [
    ...Array.from({ length: options.consoles }, () => ({ role: 'dispatcher', orders: everything })),
    ...(options.customers ? town.customers : []).map(({ orders }) => ({ role: 'customer', orders })),
  ]
  const sockets: WebSocket[] = []
  const receipts: Receipts[] = []
  for (const { role, orders } of people) {
    const taken = ledger.watcher(orders)
    receipts.push(taken)
    const socket = new WebSocket(`ws://127.0.0.1:${options.port()}/api/v1/live`, { perMessageDeflate: false })
    sockets.push(socket)
    await once(socket, 'open')
    const ids = role === 'customer' ? orders.map((order) => town.orderIds[order]) : []
    socket.send(JSON.stringify({ type: 'hello', role, orderIds: ids }))
    await once(socket, 'message')
    socket.on('message', (data) => {
      const { orderId, seq } = JSON.parse((data as Buffer).toString()) as { orderId: string; seq: number }
      taken.took(town.placeOf.get(orderId)!, seq, wallMs())
    })
  }
  return {
    receipts,
    close: () => {
      for (const socket of sockets) socket.terminate()
    },
  }
}
