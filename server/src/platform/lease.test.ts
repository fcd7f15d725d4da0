import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Clock, holdLease, manualClock, silentLog } from './index.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const node = (holder: string, name: string) => {
  const clock = manualClock(0)
  let turns = 0
  const counting: Clock = {
    speed: 1,
    nowMs: clock.nowMs,
    after(delayMs, task) {
      turns++ // a turn ends by asking for the next
      return clock.after(delayMs, task)
    },
  }
  const lease = holdLease({ sql: db.sql, clock: counting, log: silentLog(), name, holder })
  /** Lets the node live for so many seconds, each turn finished before the next. */
  const live = async (seconds: number) => {
    await vi.waitUntil(() => turns > 0)
    for (let second = 0; second < seconds; second++) {
      const before = turns
      clock.advance(1_000)
      await vi.waitUntil(() => turns > before, { interval: 5, timeout: 10_000 })
    }
  }
  return { lease, live, clock }
}

describe('a lease', () => {
  it('has one holder, and passes on at once when it is given up', async () => {
    const a = node('a', 'zone-1')
    await a.live(0)
    expect(a.lease.token()).toBe(1)
    const b = node('b', 'zone-1')
    await b.live(1)
    expect(b.lease.token()).toBeUndefined()
    await a.lease.stop()
    expect(a.lease.token()).toBeUndefined()
    await b.live(1)
    expect(b.lease.token()).toBe(2)
    await b.lease.stop()
  })

  it('is taken within five seconds from a node that fell silent, which no longer counts itself as holder', async () => {
    const a = node('a', 'zone-2')
    await a.live(0)
    expect(a.lease.token()).toBe(1)
    const b = node('b', 'zone-2')
    await b.live(5)
    expect(b.lease.token()).toBe(2)
    a.clock.set(2_000 - 1) // its timers are late by as much: before they run, the term is over
    a.clock.advance(1)
    expect(a.lease.token()).toBeUndefined()
    await a.lease.stop()
    expect(await db.sql`select holder, token from leases where name = 'zone-2'`).toEqual([{ holder: 'b', token: 2 }])
    await b.lease.stop()
  })

  it('stays with a node that goes on renewing it', async () => {
    const a = node('a', 'zone-3')
    await a.live(0)
    expect(a.lease.token()).toBe(1)
    const b = node('b', 'zone-3')
    for (let second = 0; second < 12; second++) {
      await a.live(1)
      await b.live(1)
    }
    expect(a.lease.token()).toBe(1)
    expect(b.lease.token()).toBeUndefined()
    await a.lease.stop()
    await b.lease.stop()
  })
})
