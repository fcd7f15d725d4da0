import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { readConfig } from '../server/src/config.ts'
import { openCity } from './dispatch/city-place.ts'
import { cityFigures, cityTable } from './dispatch/city-report.ts'
import type { CityResult, CityTask } from './dispatch/city-worker.ts'
import { report } from './report.ts'

const usage =
  'npm run bench:dispatch-city -- [--seed 1] [--seeds 3] [--hours 1.5] [--drivers 20] [--orders-per-hour 75] [--city default] [--policy joint|scored-offers] [--tick 5] [--workers 2] [--json]'
const options = {
  seed: { type: 'string', default: '1' },
  seeds: { type: 'string', default: '3' },
  hours: { type: 'string', default: '1.5' },
  drivers: { type: 'string', default: '20' },
  'orders-per-hour': { type: 'string', default: '75' },
  city: { type: 'string', default: 'default' },
  policy: { type: 'string' },
  tick: { type: 'string', default: '5' },
  workers: { type: 'string', default: '2' },
  json: { type: 'boolean', default: false },
} as const
const POLICIES = ['joint', 'scored-offers'] as const

/** Ends the run with the code for "could not run". */
function refuse(why: string): never {
  console.error(`${why}\nusage: ${usage}`)
  process.exit(2)
}

/** Every evening by every policy, the dearest to plan first. */
function readTasks(): { tasks: CityTask[]; workers: number; json: boolean } {
  const { values } = parseArgs({ options })
  const number = (name: 'seed' | 'seeds' | 'hours' | 'drivers' | 'orders-per-hour' | 'tick' | 'workers') => {
    const value = Number(values[name])
    return Number.isFinite(value) && value > 0 ? value : refuse(`--${name} is a number above 0`)
  }
  const { policy: only, city, json } = values
  if (only !== undefined && !POLICIES.some((name) => name === only)) refuse(`--policy is ${POLICIES.join(' or ')}`)
  const size = {
    hours: number('hours'),
    drivers: number('drivers'),
    ordersPerHour: number('orders-per-hour'),
    tickS: number('tick'),
  }
  const dataFolder = readConfig(undefined, []).DATA_FOLDER
  const seeds = Array.from({ length: number('seeds') }, (_, i) => number('seed') + i)
  const policies = POLICIES.filter((name) => only === undefined || name === only)
  const tasks = policies.flatMap((policy) => seeds.map((seed) => ({ dataFolder, city, policy, seed, ...size })))
  return { tasks, workers: Math.min(number('workers'), tasks.length), json }
}

/** A task at a time per worker; results in the order of the tasks, whoever finished first. */
async function runAll(tasks: readonly CityTask[], workers: number): Promise<CityResult[]> {
  const results = new Array<CityResult>(tasks.length)
  let next = 0
  const work = async () => {
    const worker = new Worker(new URL('./dispatch/city-worker.ts', import.meta.url))
    try {
      while (next < tasks.length) {
        const row = next++
        const result = await ask(worker, tasks[row]!)
        results[row] = result
        console.error(`seed ${result.seed}, ${result.policy}: ${result.orders} orders, ${result.rounds} rounds of planning`)
        for (const line of result.broken) console.error(`  broken: ${line}`)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  return results
}

function ask(worker: Worker, task: CityTask): Promise<CityResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (result: CityResult) => {
      worker.off('error', reject)
      resolve(result)
    })
    worker.postMessage(task)
  })
}

async function main(): Promise<void> {
  const { tasks, workers, json } = readTasks()
  // Made here, where it is not there yet, so that the workers find it.
  await openCity(tasks[0]!.dataFolder, tasks[0]!.city)
  const results = await runAll(tasks, workers)
  console.error(`\n${cityTable(results)}\n`)
  report('dispatch-city', cityFigures(results), { json, details: { ...tasks[0], evenings: results } })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(2)
})
