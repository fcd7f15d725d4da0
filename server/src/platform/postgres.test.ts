import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenConstraint, connectPostgres, inTransaction, isDatabaseUnreachable, manualClock, migrate, newId } from './index.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.sql`create table things (id uuid primary key, made_at timestamptz, big_number bigint, share numeric, note jsonb, day date)`
})
afterAll(() => db.drop())

describe('postgres', () => {
  it('gives back every moment, number and document as it was put in', async () => {
    const moment = fc.integer({ min: 0, max: 4_102_444_800_000 })
    await fc.assert(
      fc.asyncProperty(moment, fc.maxSafeInteger(), fc.jsonValue({ noUnicodeString: false }), async (atMs, big, document) => {
        const clean = JSON.parse(
          JSON.stringify(document)
            .replaceAll('\\u0000', '')
            .replaceAll(/\\ud[89a-f]../g, ''),
        )
        const row = { id: newId(atMs), madeAt: atMs, bigNumber: big, share: 0.15, note: { clean }, day: '2026-02-28' }
        await db.sql`insert into things ${db.sql({ ...row, note: db.sql.json(row.note) })}`
        const [back] = await db.sql`select * from things where id = ${row.id} and made_at = ${atMs}`
        expect(back).toEqual(row)
      }),
      { numRuns: 50 },
    )
  })

  it('takes arrays of moments', async () => {
    const rows = await db.sql`select at from unnest(${[1_000, 2_000]}::timestamptz[]) as at`
    expect(rows.map((row) => row['at'])).toEqual([1_000, 2_000])
  })

  it('rolls a transaction back when its work throws, and passes the error on', async () => {
    const id = newId(1)
    const work = inTransaction(db.sql, async (sql) => {
      await sql`insert into things (id) values (${id})`
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await db.sql`select 1 from things where id = ${id}`).toHaveLength(0)
  })

  it('tries a transaction again that PostgreSQL ended as a deadlock', async () => {
    let attempts = 0
    const value = await inTransaction(db.sql, async (sql) => {
      attempts++
      if (attempts < 3) await sql.unsafe(`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`)
      return attempts
    })
    expect(value).toBe(3)
  })

  it('names the constraint that a write broke', async () => {
    const id = newId(2)
    await db.sql`insert into things (id) values (${id})`
    const error = await db.sql`insert into things (id) values (${id})`.catch((e: unknown) => e)
    expect(brokenConstraint(error)).toBe('things_pkey')
    expect(isDatabaseUnreachable(error)).toBe(false)
  })

  it('says that a database is unreachable when nobody listens', async () => {
    const sql = connectPostgres({ url: 'postgres://x:y@127.0.0.1:1/z' })
    expect(isDatabaseUnreachable(await sql`select 1`.catch((e: unknown) => e))).toBe(true)
    await sql.end()
  })
})

describe('ids', () => {
  it('sort in the order they were made, and are all different', () => {
    const ids = [...Array.from({ length: 1000 }, () => newId(1_700_000_000_000)), newId(1_700_000_000_001)]
    expect(new Set(ids).size).toBe(1001)
    expect(ids.toSorted()).toEqual(ids)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('migrations', () => {
  const folderWith = async (files: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), 'doorstep-migrations-'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return folder
  }

  it('apply once, in order, however many nodes start at the same time', async () => {
    const folder = await folderWith({
      '9001_a.sql': 'create table m1 (x int)',
      '9002_b.sql': 'alter table m1 add y int; select 1',
    })
    const clock = manualClock(1_000)
    const answers = await Promise.all([1, 2, 3].map(() => migrate(db.sql, folder, clock)))
    expect(answers.flat().sort()).toEqual(['9001_a.sql', '9002_b.sql'])
    await rm(folder, { recursive: true })
  })

  it('leave nothing of a file that fails', async () => {
    const folder = await folderWith({ '9003_c.sql': 'create table m2 (x int); select nonsense' })
    await expect(migrate(db.sql, folder, manualClock(1_000))).rejects.toThrow('nonsense')
    expect(await db.sql`select to_regclass('m2') as found`).toEqual([{ found: null }])
    await rm(folder, { recursive: true })
  })

  it('refuse a file that was changed after it was applied', async () => {
    const folder = await folderWith({ '9004_d.sql': 'select 1' })
    await migrate(db.sql, folder, manualClock(1_000))
    await writeFile(join(folder, '9004_d.sql'), 'select 2')
    await expect(migrate(db.sql, folder, manualClock(1_000))).rejects.toThrow('changed after it was applied')
    await rm(folder, { recursive: true })
  })
})
