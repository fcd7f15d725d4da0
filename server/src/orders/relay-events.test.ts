import type { OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccounts, rateLimiters } from '../accounts/index.ts'
import { createCatalog } from '../catalog/index.ts'
import { type Database, newId, type Sql, silentLog, systemClock } from '../platform/index.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts'
import { insertEvent } from './events-sql.ts'
import { insertOrder } from './place-order-sql.ts'
import { type EventRelay, relayEvents } from './relay-events.ts'

const clock = systemClock()
const log = silentLog()
let database: TestDatabase
let db: Database
let order: { id: OrderId; zoneId: ZoneId; customerId: UserId }
let relay: EventRelay | undefined

/** An order with nothing but what the database insists on. */
async function anOrder(): Promise<typeof order> {
  const limits = { loginsPerAccount: 1, loginsPerAddress: 1, registrationsPerAddress: 1 }
  const accounts = await createAccounts({ db, clock, log, rateLimiter: rateLimiters(), limits, isDemo: true })
  const { id: customerId } = await accounts.ensureUser(db, { email: 'ana@test', name: 'Ana', role: 'customer' })
  await accounts.stop()
  const catalog = createCatalog({ db, clock })
  const shop = { source: 's', name: 'Um', category: 'local', position: { lat: 0, lon: 0 }, address: 'Rua', openingHours: null }
  const zone = { source: 'z', name: 'Z', polygon: [], timeZone: 'UTC', currency: 'EUR' }
  const { zoneId } = await catalog.import({ zone, merchants: [{ ...shop, isDemo: true, sections: [] }] })
  const [merchant] = await catalog.merchantsOfZone(zoneId, clock.nowMs())
  const id = newId<OrderId>(clock.nowMs())
  const price = { subtotalMinor: 0, deliveryFeeMinor: 0, serviceFeeMinor: 0, tipMinor: 0, totalMinor: 0 }
  const at = clock.nowMs()
  await insertOrder(db, {
    ...{ id, zoneId, merchantId: merchant!.id, customerId, currency: 'EUR', price, payMinor: 0, lines: [], instructions: null },
    ...{ drop: { lat: 0, lon: 0, address: 'Rua', details: null }, legM: 0, legS: 0, event: {} },
    ...{ placedAt: at, promisedAt: at, kitchenReadyAt: at },
  })
  return { id, zoneId, customerId }
}

const write = (sql: Sql, seq: number) =>
  insertEvent(sql, {
    ...{ orderId: order.id, zoneId: order.zoneId, seq, type: 'order.delayed', at: clock.nowMs(), actor: 'merchant' },
    ...{ actorId: null, data: {} },
  })

/** A promise and what settles it. */
function door() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

/** Follows the log; `until` answers once so many entries were told. */
async function follow(failures = 0) {
  const told: number[] = []
  let left = failures
  const waiting: { count: number; resolve: () => void }[] = []
  relay = await relayEvents({ db, clock, log }, 'test', async (events) => {
    if (left-- > 0) throw new Error('the bus is away')
    for (const { seq } of events) told.push(seq)
    for (const { count, resolve } of waiting) if (told.length >= count) resolve()
  })
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      if (told.length >= count) resolve()
      else waiting.push({ count, resolve })
    })
  return { told, until }
}

beforeEach(async () => {
  database = await createTestDatabase()
  db = database.sql
  order = await anOrder()
})
afterEach(async () => {
  await relay?.stop()
  relay = undefined
  await database.drop()
})

describe('following the log', () => {
  it('tells every entry once, in the order of the log, with the parties of its order', async () => {
    const seen: unknown[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    relay = await relayEvents({ db, clock, log }, 'test', async (events) => {
      for (const { seq, orderId, customerId, driverId } of events) seen.push({ seq, orderId, customerId, driverId })
      if (seen.length >= 600) resolve()
    })
    await db.begin(async (sql) => {
      await Promise.all(Array.from({ length: 600 }, (_, i) => write(sql as unknown as Sql, i + 2)))
    })
    relay.wake()
    await promise
    const { id: orderId, customerId } = order
    expect(seen).toEqual(Array.from({ length: 600 }, (_, i) => ({ seq: i + 2, orderId, customerId, driverId: null })))
  })

  it('waits for no open transaction, and tells what an older one wrote when that ends, though nobody says so', async () => {
    const { told, until } = await follow()
    const [written, finish] = [door(), door()]
    const older = db.begin(async (sql) => {
      await write(sql as unknown as Sql, 2)
      written.open()
      await finish.opened
    })
    await written.opened
    await write(db, 3)
    relay!.wake()
    await until(1)
    expect(told).toEqual([3])
    await write(db, 4)
    relay!.wake()
    await until(2)
    finish.open()
    await older
    await until(3)
    expect(told).toEqual([3, 4, 2])
  })

  it('tells nothing of what was rolled back, and nothing twice after it', async () => {
    const { told, until } = await follow()
    const older = db.begin(async (sql) => {
      await write(sql as unknown as Sql, 2)
      await write(db, 3)
      relay!.wake()
      await until(1)
      throw new Error('changed their mind')
    })
    await expect(older).rejects.toThrow('changed their mind')
    await write(db, 4)
    relay!.wake()
    await until(2)
    expect(told).toEqual([3, 4])
  })

  it('keeps the order of one order even where a transaction that began earlier changed it later', async () => {
    const { told, until } = await follow()
    const later = db.begin(async (sql) => {
      // The older transaction has its number before the younger one begins.
      await sql`select pg_current_xact_id()`
      await write(db, 2)
      await write(sql as unknown as Sql, 3)
    })
    await later
    relay!.wake()
    await until(2)
    expect(told).toEqual([2, 3])
  })

  it('gives the same entries again when they could not be handed on', async () => {
    const { told, until } = await follow(2)
    await write(db, 2)
    await write(db, 3)
    relay!.wake()
    await until(2)
    expect(told).toEqual([2, 3])
  })

  it('goes on after its restart where it stopped', async () => {
    const first = await follow()
    await write(db, 2)
    relay!.wake()
    await first.until(1)
    await relay!.stop()
    await write(db, 3)
    const second = await follow()
    await second.until(1)
    expect(second.told.at(-1)).toBe(3)
  })
})
