import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { DayResult, DayTask } from './dispatch/day-worker.ts'
import type { Leaning } from './dispatch/mdrp-policy.ts'
import { daysTable, reportDays } from './dispatch/report-days.ts'

const usage =
  'npm run bench:dispatch -- --instances DIR --out DIR [--seed N] [--policy time|cost] [--no-textbook] [--workers N] [--json]'
const options = {
  instances: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string', default: '1' },
  policy: { type: 'string', default: 'time' },
  'no-textbook': { type: 'boolean', default: false },
  workers: { type: 'string', default: '2' },
  json: { type: 'boolean', default: false },
} as const

/** Ends the run with the code for "could not run". */
function refuse(why: string): never {
  console.error(`${why}\nusage: ${usage}`)
  process.exit(2)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  if (!values.instances || !existsSync(values.instances)) refuse('--instances names no folder of recorded days')
  if (values.policy !== 'time' && values.policy !== 'cost') refuse('--policy is time or cost')
  const leaning: Leaning = values.policy
  const folders = readdirSync(values.instances)
    .map((name) => join(values.instances!, name))
    .filter((folder) => existsSync(join(folder, 'orders.txt')))
    .sort((a, b) => statSync(join(b, 'orders.txt')).size - statSync(join(a, 'orders.txt')).size)
  if (folders.length === 0) refuse(`${values.instances} holds no folder with an orders.txt`)
  if (values.out) mkdirSync(values.out, { recursive: true })
  const tasks = folders.map(
    (folder): DayTask => ({
      folder,
      out: values.out ?? null,
      seed: Number(values.seed),
      leaning,
      textbook: !values['no-textbook'],
    }),
  )
  const results = await runAll(tasks, Number(values.workers))
  console.error(daysTable(results))
  const report = reportDays(results, Number(values.seed), leaning)
  for (const { name, value, unit, goal, ok } of report.results) {
    console.error(`${ok ? 'ok  ' : 'MISS'} ${name} ${value} ${unit}${goal === null ? '' : ` (goal ${goal})`}`)
  }
  if (values.json) console.log(JSON.stringify(report))
}

/** A day at a time per worker; results in the order of the tasks, whoever finished first. */
async function runAll(tasks: readonly DayTask[], workers: number): Promise<DayResult[]> {
  const results = new Array<DayResult>(tasks.length)
  let next = 0
  const work = async () => {
    const worker = new Worker(new URL('./dispatch/day-worker.ts', import.meta.url))
    try {
      while (next < tasks.length) {
        const row = next++
        results[row] = await ask(worker, tasks[row]!)
        console.error(`${results[row].name}: click-to-door ${results[row].planner.clickToDoorMean.toFixed(2)} min`)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(workers, tasks.length)) }, work))
  return results
}

function ask(worker: Worker, task: DayTask): Promise<DayResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (result: DayResult) => {
      worker.off('error', reject)
      resolve(result)
    })
    worker.postMessage(task)
  })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(2)
})
