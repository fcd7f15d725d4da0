import { createLiveClient, type LiveClient, type LiveSocketLike } from '@doorstep/shared/client'
import type { DispatchBoard, Order, OrderEvent } from '@doorstep/shared/contract'
import { WebSocket } from 'ws'
import type { Ledger, Receipts } from './ledger.ts'
import type { Town } from './town.ts'
import { wallMs } from './wall-clock.ts'

/** Watchers of a town: consoles with its whole board, customers with some orders each. */
export interface Watchers {
  receipts: readonly Receipts[]
  close(): void
}

/** Connects watchers by the client that the console and the web views use; they come back by themselves. */
export async function watchOrders(options: {
  town: Town
  ledger: Ledger
  consoles: number
  /** Whether its customers watch too. */
  customers: boolean
  /** The port to connect to, asked at every connect: what a proxy would choose. */
  port(): number
}): Promise<Watchers> {
  const { town, ledger } = options
  const everything = town.orderIds.map((_, order) => order)
  const clients: LiveClient[] = []
  const waits: Promise<void>[] = []
  const all: Receipts[] = []
  const watcher = (orders: readonly number[]) => {
    const receipts = ledger.watcher(orders)
    all.push(receipts)
    return receipts
  }
  const connect = (client: string, token: string) => {
    const live = createLiveClient({
      url: 'ws://bench/api/v1/live',
      openSocket: (_url, protocol) => open(options.port(), protocol),
      ...{ client, token: () => token },
    })
    clients.push(live)
    return live
  }
  for (let n = 0; n < options.consoles; n++) {
    const receipts = watcher(everything)
    const live = connect('console', town.dispatcherToken)
    waits.push(
      subscribed(live, `zone:${town.zoneId}:orders`, {
        onWhole(body) {
          for (const { id, version } of (body as DispatchBoard).orders) receipts.sawWhole(town.placeOf.get(id)!, version)
        },
        onEvent: ({ orderId, seq }) => receipts.took(town.placeOf.get(orderId)!, seq, wallMs()),
      }),
    )
  }
  for (const { token, orders } of options.customers ? town.customers : []) {
    const receipts = watcher(orders)
    const live = connect('customer', token)
    for (const order of orders) {
      waits.push(
        subscribed(live, `order:${town.orderIds[order]}`, {
          onWhole: (body) => receipts.sawWhole(order, (body as Order).version),
          onEvent: ({ seq }) => receipts.took(order, seq, wallMs()),
        }),
      )
    }
  }
  await Promise.all(waits)
  return { receipts: all, close: () => clients.forEach((live) => live.close()) }
}

function open(port: number, protocol: string): LiveSocketLike {
  return new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, protocol, { perMessageDeflate: false }) as unknown as LiveSocketLike
}

/** Subscribes, and answers once the first snapshot is there. */
function subscribed(
  live: LiveClient,
  topic: string,
  on: { onWhole(body: unknown): void; onEvent(event: OrderEvent): void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    live.subscribe(topic, {
      onSnapshot(body) {
        on.onWhole(body)
        resolve()
      },
      onChange(change) {
        if ('event' in change && change.event) on.onEvent(change.event)
      },
      onRefused: (code) => reject(new Error(`${topic} was refused: ${code}`)),
    })
  })
}
