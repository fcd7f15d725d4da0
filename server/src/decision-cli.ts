import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createCatalog } from './catalog/index.ts'
import { readConfig } from './config.ts'
import { findDecisions, type ProvenDecision, proveDecision } from './dispatch/index.ts'
import { connectPostgres, isFolderInUse, joinEmbeddedPostgres, systemClock } from './platform/index.ts'

const USAGE = `usage: npm run decision -- <decision id, order id or order number>
Computes a stored dispatch decision again and says why it came out as it did; also while the server runs.
Ends with 0 when all came out the same, 1 when one did not, 2 when there is nothing to compute any more.`

/** The database the server uses: the one it is given, or the embedded one of its city. */
async function openDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const { DATABASE_URL, DATA_FOLDER, CITY } = readConfig(undefined, [])
  if (DATABASE_URL !== undefined) return { url: DATABASE_URL, stop: async () => {} }
  const parent = resolve(import.meta.dirname, '../..', DATA_FOLDER, 'data')
  const cities = (existsSync(parent) ? readdirSync(parent) : []).filter((name) => existsSync(folderOf(parent, name)))
  const wanted = CITY === undefined ? cities : cities.filter((name) => name === CITY)
  const running = wanted.filter((name) => isFolderInUse(folderOf(parent, name)))
  const [city, ...others] = running.length > 0 ? running : wanted
  if (city === undefined) throw new Error(`There is no database under ${parent} yet.`)
  if (others.length > 0)
    throw new Error(`Several cities have a database: say which with CITY=${[city, ...others].join(' or CITY=')}.`)
  return joinEmbeddedPostgres(folderOf(parent, city))
}

const folderOf = (parent: string, city: string) => join(parent, city, 'postgres')

async function run(what: string): Promise<number> {
  const database = await openDatabase()
  const db = connectPostgres({ url: database.url, poolSize: 2, applicationName: 'doorstep-decision' })
  try {
    const zones = await createCatalog({ db, clock: systemClock() }).zones()
    const proven: ProvenDecision[] = []
    for (const row of await findDecisions(db, what)) proven.push(await proveDecision(db, zones, row))
    if (proven.length === 0) throw new Error(`There is no decision of ${what}.`)
    for (const { lines } of proven) process.stdout.write(`${lines.join('\n')}\n\n`)
    if (proven.some(({ outcome }) => outcome === 'different')) return 1
    return proven.every(({ outcome }) => outcome === 'not_kept') ? 2 : 0
  } finally {
    await db.end({ timeout: 3 })
    await database.stop()
  }
}

const [what] = parseArgs({ allowPositionals: true }).positionals
if (what === undefined) {
  console.error(USAGE)
  process.exit(2)
}
try {
  process.exitCode = await run(what)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
