import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { holdLease, manualClock, silentLog } from './index.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const node = (holder: string, name: string, clock = manualClock(0)) => {
  const lease = holdLease({ sql: db.sql, clock, log: silentLog(), name, holder })
  /** Lets the node live for a while, each of its turns finished before the next. */
  const live = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      clock.advance(1_000)
      await vi.waitUntil(async () => (await db.sql`select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and datname = current_database()`).length === 0)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { lease, live, clock }
}

describe('a lease', () => {
  it('has one holder, and passes on at once when it is given up', async () => {
    const a = node('a', 'zone-1')
    await vi.waitUntil(() => a.lease.token() === 1)
    const b = node('b', 'zone-1')
    await b.live(1_000)
    expect(b.lease.token()).toBeUndefined()
    await a.lease.stop()
    expect(a.lease.token()).toBeUndefined()
    b.clock.advance(1_000)
    await vi.waitUntil(() => b.lease.token() === 2)
    await b.lease.stop()
  })

  it('is taken within five seconds from a node that fell silent, which no longer counts itself as holder', async () => {
    const a = node('a', 'zone-2')
    await vi.waitUntil(() => a.lease.token() === 1)
    const b = node('b', 'zone-2')
    await b.live(5_000)
    await vi.waitUntil(() => b.lease.token() === 2)
    a.clock.set(3_000 - 1) // its timers are late by as much: before they run, the term is over
    a.clock.advance(1)
    expect(a.lease.token()).toBeUndefined()
    await a.lease.stop()
    expect(await db.sql`select holder, token from leases where name = 'zone-2'`).toEqual([{ holder: 'b', token: 2 }])
    await b.lease.stop()
  })

  it('stays with a node that goes on renewing it', async () => {
    const a = node('a', 'zone-3')
    await vi.waitUntil(() => a.lease.token() === 1)
    const b = node('b', 'zone-3')
    for (let second = 0; second < 12; second++) {
      await a.live(1_000)
      await b.live(1_000)
    }
    expect(a.lease.token()).toBe(1)
    expect(b.lease.token()).toBeUndefined()
    await a.lease.stop()
    await b.lease.stop()
  })
})
