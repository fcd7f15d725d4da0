import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { migrate } from '../migrate.ts'
import { connectPostgres } from '../postgres.ts'

/** Name of the migrated database that every test database is a copy of. */
export const TEMPLATE = 'doorstep_template'

/** A throwaway PostgreSQL for one test run, started when the first test asks for it. */
export interface TestCluster {
  /** Ask here for the address of its maintenance database. */
  door: string
  stop(): Promise<void>
}

async function makeTemplate(cluster: EmbeddedPostgres, migrationsFolder: string): Promise<string> {
  const admin = connectPostgres({ url: cluster.url, poolSize: 1 })
  await admin.unsafe(`create database ${TEMPLATE}`)
  await admin.end()
  const sql = connectPostgres({ url: cluster.url.replace(/doorstep$/, TEMPLATE), poolSize: 1 })
  await migrate(sql, migrationsFolder, systemClock())
  await sql.end()
  return cluster.url
}

/** Opens the door of a cluster that is not started yet: runs that need no database pay nothing for it. */
export async function openTestCluster(migrationsFolder: string): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-test-'))
  let starting: Promise<EmbeddedPostgres> | undefined
  let ready: Promise<string> | undefined
  const start = () => {
    starting = startEmbeddedPostgres({ folder, unsafeForTests: true })
    return starting.then((cluster) => makeTemplate(cluster, migrationsFolder))
  }
  const door = createServer((_, response) => {
    ready ??= start()
    ready.then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  return {
    door: `http://127.0.0.1:${(door.address() as AddressInfo).port}/`,
    async stop() {
      door.closeAllConnections()
      door.close()
      await ready?.catch(() => undefined) // the test that asked has reported it
      const cluster = await starting?.catch(() => undefined)
      await cluster?.stop()
      for (const used of [folder, cluster?.dataFolder ?? folder]) rmSync(used, { recursive: true, force: true })
    },
  }
}
