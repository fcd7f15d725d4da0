import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPostgres, migrate, startEmbeddedPostgres, systemClock } from '../server/src/platform/index.ts'

/** A migrated, empty PostgreSQL of the bench's own. */
export interface BenchPostgres {
  url: string
  remove(): Promise<void>
}

/** Starts the embedded PostgreSQL in a folder of its own. */
export async function startBenchPostgres(): Promise<BenchPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-bench-postgres-'))
  const postgres = await startEmbeddedPostgres({ folder })
  const db = connectPostgres({ url: postgres.url, poolSize: 1 })
  await migrate(db, join(import.meta.dirname, '../migrations'), systemClock())
  await db.end({ timeout: 5 })
  return {
    url: postgres.url,
    async remove() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
