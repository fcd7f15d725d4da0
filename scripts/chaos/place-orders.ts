import { setTimeout as wait } from 'node:timers/promises'
import type { Rng } from '../../shared/src/domain/index.ts'
import { type ApiAnswer, callApi, type Person } from './call-api.ts'

/** What customers were told, and what they were not. */
export interface OrderBook {
  /** Acknowledged orders by the idempotency key they were placed with. */
  acknowledged: Map<string, string>
  /** Keys whose order was refused for a reason that another try does not change. */
  refused: Map<string, string>
  /** Keys without an answer so far. */
  open: Set<string>
  /** Answers that break the promise to refuse clearly, or to answer the same twice. */
  broken: string[]
  /** Tries that were refused with 503 or lost, and were made again. */
  retried: number
}

/** What placing is made of. */
export interface PlacingDeps {
  url: string
  customers: readonly Person[]
  addresses: readonly { place: { lat: number; lon: number }; address: string }[]
  rng: Rng
  seed: number
  /** Milliseconds between two orders, on average. */
  everyMs: number
  onPlaced(customer: Person, orderId: string): void
}

/** Share of requests whose answer the customer does not wait for, and sends again. */
const IMPATIENT = 0.15
/** Share of acknowledged requests that are sent once more all the same. */
const SENT_TWICE = 0.1
const CANCELLED = 0.04
const RETRY_MS = 400
/** How long after the last order everybody may take to be answered. */
const ANSWERED_WITHIN_MS = 60_000

interface Shop {
  id: string
  items: string[]
}

/** Lets customers order until it is stopped; then waits until each has an answer. */
export function placeOrders(deps: PlacingDeps): { book: OrderBook; stop(): Promise<void> } {
  const book: OrderBook = { acknowledged: new Map(), refused: new Map(), open: new Set(), broken: [], retried: 0 }
  const running = new Set<Promise<void>>()
  let shops: Shop[] = []
  let count = 0
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  const one = async () => {
    if (shops.length === 0) shops = await findShops(deps)
    const shop = shops[Math.floor(deps.rng() * shops.length)]
    if (!shop) return
    const customer = deps.customers[count % deps.customers.length]!
    const key = `chaos-${deps.seed}-${count++}`
    const id = await placeOne(deps, book, customer, key, orderOf(deps, shop))
    if (id !== null) deps.onPlaced(customer, id)
  }
  const next = () => {
    if (isStopped) return
    const placing = one().finally(() => running.delete(placing))
    running.add(placing)
    timer = setTimeout(next, deps.everyMs * 2 * deps.rng())
  }
  next()
  return {
    book,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await Promise.race([Promise.all(running), wait(ANSWERED_WITHIN_MS, undefined, { ref: false })])
      for (const key of book.open) book.broken.push(`${key} had no answer within ${ANSWERED_WITHIN_MS / 1_000} s`)
    },
  }
}

async function placeOne(
  deps: PlacingDeps,
  book: OrderBook,
  customer: Person,
  key: string,
  body: unknown,
): Promise<string | null> {
  book.open.add(key)
  const post = (timeoutMs?: number) =>
    customer.call('POST /orders', body, { idempotencyKey: key, ...(timeoutMs === undefined ? {} : { timeoutMs }) })
  for (;;) {
    const answer = await post(deps.rng() < IMPATIENT ? 1 + deps.rng() * 60 : undefined)
    if (answer.status === 201) {
      const id = (answer.body as { id: string }).id
      book.acknowledged.set(key, id)
      book.open.delete(key)
      if (deps.rng() < SENT_TWICE) await sendAgain(book, key, id, post)
      if (deps.rng() < CANCELLED) void customer.call(`POST /orders/${id}/cancel`, { reason: 'Changed my mind' })
      return id
    }
    if (isFinal(answer)) {
      book.refused.set(key, `${answer.status} ${JSON.stringify(answer.body)}`)
      book.open.delete(key)
      return null
    }
    checkRefusal(book, `POST /orders ${key}`, answer)
    book.retried += 1
    await wait(RETRY_MS)
  }
}

const isFinal = ({ status, body }: ApiAnswer) =>
  status >= 400 && status < 500 && status !== 429 && (body as { code?: string } | null)?.code !== 'idempotency_in_progress'

/** Who cannot be served is told so: with 503, a code and when to come back, never as a bug. */
export function checkRefusal(book: Pick<OrderBook, 'broken'>, what: string, { status, body, retryAfter }: ApiAnswer): void {
  if (status < 500) return
  const { code } = (body ?? {}) as { code?: string }
  const isClear = (status === 503 || status === 502) && code !== undefined && retryAfter !== null
  if (!isClear) book.broken.push(`${what} was answered ${status} ${code ?? ''} without saying when to come back`)
}

async function sendAgain(book: OrderBook, key: string, id: string, post: () => Promise<ApiAnswer>): Promise<void> {
  const again = await post()
  if (again.status === 201 && (again.body as { id: string }).id !== id)
    book.broken.push(`the key ${key} was answered with two orders, ${id} and ${(again.body as { id: string }).id}`)
}

function orderOf({ rng, addresses }: PlacingDeps, shop: Shop) {
  const { place, address } = addresses[Math.floor(rng() * addresses.length)]!
  const lines = [...new Set([0, 1].map(() => shop.items[Math.floor(rng() * shop.items.length)]!))]
  return {
    merchantId: shop.id,
    lines: lines.map((itemId) => ({ itemId, quantity: 1 + Math.floor(rng() * 2) })),
    drop: { place, address },
    tipMinor: rng() < 0.5 ? 0 : 150,
  }
}

/** Shops that are open near the customers; none while nobody answers. */
async function findShops({ url, addresses }: PlacingDeps): Promise<Shop[]> {
  const { lat, lon } = addresses[0]!.place
  const near = await callApi(url, `GET /merchants?lat=${lat}&lon=${lon}&radiusM=2500&limit=25&openNow=true`)
  if (near.status !== 200) return []
  const shops: Shop[] = []
  for (const { id } of (near.body as { items: { id: string }[] }).items) {
    const menu = await callApi(url, `GET /merchants/${id}/menu`)
    const sections =
      menu.status === 200 ? (menu.body as { sections: { items: { id: string; isAvailable: boolean }[] }[] }).sections : []
    const items = sections.flatMap((section) => section.items.filter((item) => item.isAvailable).map((item) => item.id))
    if (items.length > 0) shops.push({ id, items })
  }
  return shops
}
