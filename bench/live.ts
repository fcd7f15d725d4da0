import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectPostgres, migrate, startEmbeddedPostgres, systemClock } from '../server/src/platform/index.ts'
import { type BenchSettings, DEFAULTS, readSettings } from './live/bench-settings.ts'
import { idleFigures, nodesFigures, positionFigures, watcherFigures } from './live/figures.ts'
import { SLOW_CONSOLE } from './live/load-crowd.ts'
import { makePeople } from './live/people-sql.ts'
import { idleStage, movingStages, nodesStage, textbookRates } from './live/stages.ts'
import { topicRouting } from './live/topic-routing.ts'
import { startBenchRedis } from './redis-server.ts'
import { type Figure, figure, report } from './report.ts'

const strings = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, { type: 'string' as const }]))
const { values } = parseArgs({
  options: { ...strings, full: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})

async function measure(settings: BenchSettings): Promise<{ figures: Figure[]; details: unknown }> {
  const { stages, drivers } = settings
  const figures: Figure[] = []
  const details: Record<string, unknown> = {}
  if ((['positions', 'consoles', 'slow', 'customers', 'storm'] as const).some((stage) => stages.has(stage))) {
    const moving = await movingStages(settings)
    const textbook = stages.has('positions') ? await textbookRates(settings) : []
    figures.push(...positionFigures(moving, textbook, drivers), ...watcherFigures(moving))
    Object.assign(details, { moving, textbook })
  }
  if (stages.has('idle')) {
    details['idle'] = await idleStage(settings)
    figures.push(...idleFigures(details['idle'] as Awaited<ReturnType<typeof idleStage>>))
  }
  if (stages.has('routing')) {
    const { ours, textbook } = await topicRouting()
    figures.push(figure('topic_routing', '1/s', ours, { textbook, goal: { ratioAtLeast: 50 } }))
  }
  if (stages.has('nodes')) {
    const nodes = await nodesStage(settings)
    details['nodes'] = nodes
    figures.push(...nodesFigures(nodes))
  }
  return { figures, details }
}

/** The people of the bench, each with a session to sign in with. */
async function fillDatabase(url: string, settings: BenchSettings): Promise<void> {
  const db = connectPostgres({ url, poolSize: 2 })
  await migrate(db, join(import.meta.dirname, '../migrations'), systemClock())
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
  await makePeople(db, 'driver', numbers(settings.drivers))
  await makePeople(db, 'customer', numbers(Math.max(settings.drivers, settings.stages.has('idle') ? settings.idleSockets : 0)))
  await makePeople(db, 'dispatcher', [...numbers(settings.consoles + 10), SLOW_CONSOLE])
  await db.end({ timeout: 5 })
}

async function main(): Promise<void> {
  const redis = await startBenchRedis()
  if (!redis || process.platform !== 'linux') {
    console.error('This bench needs Linux (it reads /proc), and redis-server or valkey-server for the textbook.')
    process.exitCode = 2
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-bench-live-'))
  const postgres = await startEmbeddedPostgres({ folder })
  try {
    const databasePid = Number(readFileSync(join(postgres.dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
    const settings = readSettings(values, { databaseUrl: postgres.url, databasePid, redis })
    await fillDatabase(postgres.url, settings)
    const { figures, details } = await measure(settings)
    report('live', figures, { json: values.json, details })
  } finally {
    await postgres.stop()
    await redis.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
