import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { appliedMigration, createMigrationTable, lockMigrations, recordMigration } from './migrate-sql.ts'
import { type Database, inTransaction } from './postgres.ts'

const NAME = /^\d{4}_[a-z0-9_]+\.sql$/

interface Migration {
  name: string
  text: string
  checksum: string
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/**
 * Applies the SQL files of `folder` that were not applied yet, in order, each in a transaction under an advisory
 * lock, so that any number of nodes may start at once. Answers the names applied. Throws when a file was changed
 * after it was applied: migrations only go forward.
 */
export async function migrate(db: Database, folder: string, clock: Clock): Promise<string[]> {
  const applied: string[] = []
  await inTransaction(db, async (sql) => {
    await lockMigrations(sql)
    await createMigrationTable(sql)
  })
  for (const migration of await readMigrations(folder)) {
    const isNew = await inTransaction(db, async (sql) => {
      await lockMigrations(sql)
      const before = await appliedMigration(sql, migration.name)
      if (before && before.checksum !== migration.checksum) {
        throw new Error(`migration ${migration.name} was changed after it was applied to this database; add a new file instead`)
      }
      if (before) return false
      await sql.unsafe('set local statement_timeout = 0').simple()
      await sql.unsafe(migration.text).simple()
      await recordMigration(sql, { name: migration.name, checksum: migration.checksum, appliedAt: clock.nowMs() })
      return true
    })
    if (isNew) applied.push(migration.name)
  }
  return applied
}
