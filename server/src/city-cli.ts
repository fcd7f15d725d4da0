import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  addCity,
  type BuildStep,
  type CityPack,
  CityPackError,
  decodeStreetGraph,
  ExtractError,
  listCities,
  removeCity,
} from './city/index.ts'
import { readConfig } from './config.ts'
import { silentLog } from './platform/index.ts'
import { calibrate, createRouter, measureTravelError } from './routing/index.ts'

const USAGE = `npm run city -- add <file.osm.pbf> [--name <name>] [--title <title>] [--timezone <Area/City>] [--currency <EUR>] [--routing-only]
npm run city -- list
npm run city -- remove <name>`

/** The same trips at every import, so that two measurements can be compared. */
const SEED = 1
const PAIRS = 1000

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const row = (label: string, value: string | number) => say(`  ${label.padEnd(24)}${value}`)

const inProgress = ({ step, seconds, detail }: BuildStep) =>
  say(`  ${step.padEnd(16)}${seconds.toFixed(1).padStart(6)} s   ${detail}`)

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      title: { type: 'string' },
      timezone: { type: 'string' },
      currency: { type: 'string' },
      'routing-only': { type: 'boolean' },
    },
  })
  const [command, what] = positionals
  const dataFolder = readConfig(undefined, []).DATA_FOLDER
  if (command === 'add' && what) {
    const { name, title, timezone: timeZone, currency } = values
    say(`Importing ${what}`)
    const startedMs = performance.now()
    const routingOnly = values['routing-only']
    const pack = await addCity({ dataFolder, file: what, name, title, timeZone, currency, routingOnly, onProgress: inProgress })
    summarize(pack, (performance.now() - startedMs) / 1000)
    await measure(pack)
    say(pack.manifest.isRoutingOnly ? '' : `\nStart it with: npm start -- --city ${pack.manifest.name}`)
  } else if (command === 'list') await list(dataFolder)
  else if (command === 'remove' && what) {
    await removeCity(dataFolder, what)
    say(`Removed ${what}.`)
  } else throw new CityPackError('bad_option', USAGE)
}

function summarize({ manifest }: CityPack, seconds: number): void {
  const { counts } = manifest
  say(`\n${manifest.title}, ${manifest.country}, in ${seconds.toFixed(1)} s`)
  row('streets with a name', counts.streets)
  row('addresses', `${counts.addresses}${counts.approximateAddresses > 0 ? ` (${counts.approximateAddresses} approximate)` : ''}`)
  row('merchants', `${counts.merchants} (${counts.merchantsWithHours} with opening hours; menus are demo data)`)
  row('street graph', `${counts.graphVertices} junctions, ${counts.graphEdges} edges`)
  row('time zone, currency', `${manifest.timeZone}, ${manifest.currency}`)
}

/** Fits the planner's travel times to this city, keeps the fit in the pack, and says how far off they still are. */
async function measure(pack: CityPack): Promise<void> {
  if (pack.valhallaDir === null) return
  const graph = decodeStreetGraph(await readFile(pack.graphFile))
  const router = createRouter({ valhallaDir: pack.valhallaDir, log: silentLog() })
  try {
    const calibration = await calibrate(router, graph, SEED)
    if (!calibration.ok) return row('travel times', `not measured: ${calibration.error.kind}`)
    await writeFile(pack.calibrationFile, JSON.stringify(calibration.value))
    const error = await measureTravelError(router, graph, { pairs: PAIRS, seed: SEED, calibration: calibration.value })
    if (!error.ok) return row('travel times', `not measured: ${error.error.kind}`)
    const { medianPct, p90Pct, biasPct, pairs } = error.value
    const figures = `median ${medianPct.toFixed(1)}%, 90th percentile ${p90Pct.toFixed(1)}%, bias ${biasPct.toFixed(1)}%`
    row('travel times off by', `${figures} (${pairs} random trips)`)
  } finally {
    await router.close()
  }
}

async function list(dataFolder: string): Promise<void> {
  const packs = await listCities(dataFolder)
  if (packs.length === 0) say('There is no city yet. Add one: npm run city -- add <file.osm.pbf>')
  for (const { manifest } of packs) {
    const { title, counts, isRoutingOnly } = manifest
    row(
      manifest.name,
      isRoutingOnly ? `${title}, for routing only` : `${title}, ${counts.merchants} merchants, ${counts.addresses} addresses`,
    )
  }
}

/** What people can mend is one line; anything else is a fault and keeps its stack. */
function explain(error: unknown): void {
  const isTheirs =
    error instanceof CityPackError ||
    error instanceof ExtractError ||
    (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  process.exitCode = 1
  if (isTheirs) process.stderr.write(`${(error as Error).message}\n`)
  else throw error
}

await run().catch(explain)
