import type { OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import { type Accounts, createAccounts, rateLimiters } from '../../server/src/accounts/index.ts'
import { type Catalog, createCatalog } from '../../server/src/catalog/index.ts'
import { advanceOrder, PROMISE_ALLOWANCE_MIN, placeOrder, quoteOrder } from '../../server/src/orders/index.ts'
import { type Clock, type Database, inTransaction, type Sql, silentLog } from '../../server/src/platform/index.ts'

/** A town with open orders that a kitchen works on, and people who may watch them. */
export interface Town {
  zoneId: ZoneId
  orderIds: OrderId[]
  placeOf: ReadonlyMap<string, number>
  actorId: UserId
  dispatcherToken: string
  /** Customers, and the places of the orders each watches. */
  customers: { token: string; orders: number[] }[]
  /** The version of every order, from the database. */
  versions(): Promise<number[]>
}

const PLACE = { lat: 41.15, lon: -8.61 }
const RING: [number, number][] = [
  [-8.7, 41.1],
  [-8.5, 41.1],
  [-8.5, 41.2],
  [-8.7, 41.2],
  [-8.7, 41.1],
]

/** Makes the town through the rooms' own doors: one zone, a merchant, customers with ten orders each, all accepted. */
export async function makeTown(
  deps: { db: Database; clock: Clock },
  sizes: { name: string; orders: number; customers: number; watchedEach: number },
): Promise<Town> {
  const { db, clock } = deps
  const limits = { loginsPerAccount: 1e6, loginsPerAddress: 1e6, registrationsPerAddress: 1e6 }
  const accounts = await createAccounts({ db, clock, log: silentLog(), rateLimiter: rateLimiters(), limits, isDemo: true })
  const catalog = createCatalog({ db, clock })
  const { zoneId } = await catalog.import({
    zone: { source: sizes.name, name: sizes.name, polygon: [RING], timeZone: 'Europe/Lisbon', currency: 'EUR' },
    merchants: [
      {
        ...{ source: sizes.name, name: 'Casa', category: 'local', position: PLACE, address: 'Rua 1', openingHours: '24/7' },
        isDemo: true,
        sections: [{ name: 'Mains', items: [{ name: 'Plate', priceMinor: 1_000 }] }],
      },
    ],
  })
  const sign = (n: number, role: 'customer' | 'dispatcher') => signIn(accounts, db, `${role}${n}@bench.example`, role)
  const dispatcher = await sign(0, 'dispatcher')
  const people = await Promise.all(Array.from({ length: sizes.customers }, (_, n) => sign(n, 'customer')))
  const orderIds = await placeOrders({ ...deps, catalog }, zoneId, people, sizes.orders, dispatcher.userId)
  await accounts.stop()
  return {
    ...{ zoneId, orderIds, actorId: dispatcher.userId, dispatcherToken: dispatcher.token },
    placeOf: new Map(orderIds.map((id, place) => [id, place])),
    customers: people.map(({ token }, n) => ({
      token,
      orders: orderIds
        .map((_, place) => place)
        .filter((place) => place % people.length === n)
        .slice(0, sizes.watchedEach),
    })),
    async versions() {
      const rows = await db<{ id: string; version: number }[]>`select id, version from orders`
      const byId = new Map(rows.map(({ id, version }) => [id, version]))
      return orderIds.map((id) => byId.get(id)!)
    },
  }
}

async function signIn(accounts: Accounts, db: Database, email: string, role: 'customer' | 'dispatcher') {
  const { id } = await accounts.ensureUser(db, { email, name: email, role, isDemo: true })
  const { token } = await accounts.signInToDemo({ email })
  return { userId: id, token }
}

async function placeOrders(
  deps: { db: Database; clock: Clock; catalog: Catalog },
  zoneId: ZoneId,
  customers: readonly { userId: UserId }[],
  count: number,
  actorId: UserId,
): Promise<OrderId[]> {
  const { db, clock, catalog } = deps
  const [shop] = await catalog.merchantsOfZone(zoneId, clock.nowMs())
  const menu = await catalog.menu(shop!.id)
  const itemId = menu.sections[0]!.items[0]!.id
  const placing = {
    catalog,
    estimateLeg: () => ({ distanceM: 1_000, durationS: 200 }),
    promiseAllowanceMinutes: PROMISE_ALLOWANCE_MIN,
  }
  const ids: OrderId[] = []
  const placeOne = async (sql: Sql, n: number) => {
    const nowMs = clock.nowMs()
    const request = {
      merchantId: shop!.id,
      lines: [{ itemId, quantity: 2, note: null }],
      drop: { place: PLACE, address: 'Rua 2', details: null },
      ...{ instructions: null, tipMinor: 100 },
    }
    const quote = await quoteOrder(placing, request, nowMs)
    if (!quote.ok) throw new Error(`an order was refused: ${quote.error.kind}`)
    const orderId = await placeOrder(sql, quote.value, request, customers[n % customers.length]!.userId, nowMs)
    ids.push(orderId)
    const accepted = await advanceOrder(sql, [], { orderId, action: 'accept', actor: 'dispatcher', actorId, nowMs })
    if (!accepted.ok) throw new Error(`an order could not be accepted: ${accepted.error.kind}`)
  }
  await inTransaction(db, async (sql) => {
    for (let n = 0; n < count; n++) await placeOne(sql, n)
  })
  return ids
}
