import type { ZoneId } from '@doorstep/shared/domain'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { manualClock, silentLog } from '../platform/index.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts'
import { findKeptSnapshot, keepSnapshots } from './keep-snapshots.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 5, 10, 12)
const ZONE = '00000000-0000-4000-8000-000000000001' as ZoneId

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const days = async () => {
  const rows = await database.sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'decision_snapshots'::regclass order by 1`
  return rows.map(({ name }) => name.slice('decision_snapshots_'.length))
}

test('[DI13] what a decision was made from is found by hash and moment for as many days as wanted, then its day is dropped', async () => {
  const clock = manualClock(START_MS)
  const start = () => keepSnapshots({ db: database.sql, clock, log: silentLog(), days: 3 })
  const keeper = start()
  const bytes = new Uint8Array(50_000).map((_, i) => i % 7)
  await keeper.keep({ zoneId: ZONE, hash: 'abc', atMs: START_MS, bytes })
  expect(await findKeptSnapshot(database.sql, 'abc', START_MS)).toEqual(Buffer.from(bytes))
  expect(await findKeptSnapshot(database.sql, 'abc', START_MS + 1)).toBeUndefined()
  const [{ size }] = await database.sql<[{ size: number }]>`select length(body) as size from decision_snapshots`
  expect(size).toBeLessThan(1_000)
  await keeper.stop()
  // Tomorrow's is there before anything is written into it.
  expect(await days()).toEqual(['20260610', '20260611'])

  clock.advance(3 * DAY_MS)
  await start().stop()
  expect(await findKeptSnapshot(database.sql, 'abc', START_MS)).toBeDefined()
  clock.advance(DAY_MS)
  await start().stop()
  expect(await findKeptSnapshot(database.sql, 'abc', START_MS)).toBeUndefined()
  expect(await days()).toEqual(['20260611', '20260613', '20260614', '20260615'])
})

test('a database that refuses a snapshot does not stop dispatch: it is said, and nothing is thrown', async () => {
  const log = silentLog()
  const warn = vi.spyOn(log, 'warn')
  const keeper = keepSnapshots({ db: database.sql, clock: manualClock(START_MS), log, days: 3 })
  await keeper.keep({ zoneId: 'not a uuid' as ZoneId, hash: 'x', atMs: START_MS, bytes: new Uint8Array(1) })
  expect(warn).toHaveBeenCalledOnce()
  await keeper.stop()
})
