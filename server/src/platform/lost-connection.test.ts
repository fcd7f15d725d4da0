import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectPostgres, type Database, databaseReady, inTransaction, isDatabaseUnreachable, oneAtATime } from './index.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let test: TestDatabase
let db: Database
beforeAll(async () => {
  test = await createTestDatabase()
  db = connectPostgres({ url: test.url, poolSize: 1 })
  await db`create table written (x int)`
})
afterAll(async () => {
  await db.end({ timeout: 5 })
  await test.drop()
})

const cut = (pid: number) => test.sql`select pg_terminate_backend(${pid})`

describe('a connection that is lost', () => {
  it('ends its transaction, of which nothing reaches the connection that follows', async () => {
    let late: Promise<unknown> = Promise.resolve()
    const ended = inTransaction(db, async (sql) => {
      const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
      await cut(row!.pid)
      // Work that was busy with something else goes on when the pool has connected anew.
      late = vi.waitFor(() => db`select 1`).then(() => sql`insert into written values (1)`)
      await late
    })
    expect(isDatabaseUnreachable(await ended.catch((error: unknown) => error))).toBe(true)
    await expect(late).rejects.toThrow('CONNECTION_CLOSED')
    expect(await db`select * from written`).toEqual([])
  })

  it('does not keep the next one from connecting, whatever was being said', async () => {
    for (let round = 0; round < 5; round++) {
      const [row] = await db<{ pid: number }[]>`select pg_backend_pid() as pid`
      await cut(row!.pid)
      // Asked in the very turn in which the connection goes, one after the other.
      const asked = Array.from({ length: 20 }, (_, i) =>
        new Promise((resolve) => setTimeout(resolve, i)).then(() => db`select 1`),
      )
      for (const answer of await Promise.allSettled(asked)) {
        if (answer.status === 'rejected') expect(isDatabaseUnreachable(answer.reason)).toBe(true)
      }
      await databaseReady(db, 5_000, () => {})
    }
  })
})

describe('oneAtATime', () => {
  it('lets one at a time work, and the next when that has failed', async () => {
    const pools = [1, 2, 3].map(() => connectPostgres({ url: test.url, poolSize: 2 }))
    let working = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++working)
      await test.sql`select pg_sleep(0.02)`
      working -= 1
      throw new Error('it failed')
    }
    const all = await Promise.allSettled(pools.map((pool) => oneAtATime(pool, 'a-name', work)))
    expect(all.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(most).toBe(1)
    await Promise.all(pools.map((pool) => pool.end()))
  })
})
