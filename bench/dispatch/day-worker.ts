import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { seededRng } from '@doorstep/shared/domain'
import { dispatchGreedily } from '../textbook/dispatch-greedy.ts'
import { dispatchLinearly } from '../textbook/dispatch-linear.ts'
import { type DayMetrics, evaluateDay } from './mdrp-evaluate.ts'
import { loadInstance } from './mdrp-instance.ts'
import { type Leaning, mdrpPolicy } from './mdrp-policy.ts'
import { playDay } from './play-day.ts'

/** One day to run. */
export interface DayTask {
  folder: string
  out: string | null
  seed: number
  leaning: Leaning
  textbook: boolean
}

/** What came of it; `planMs` is one figure a minute in which there was something to plan. */
export interface DayResult {
  name: string
  seed: number
  planner: DayMetrics
  greedy: DayMetrics | null
  linear: DayMetrics | null
  planMs: number[]
}

function runDay({ folder, out, seed, leaning, textbook }: DayTask): DayResult {
  const instance = loadInstance(folder)
  const played = playDay(instance, mdrpPolicy(instance.parameters, leaning), seededRng(seed), () => performance.now())
  if (out !== null) {
    const solution = { instance: instance.name, assignments: played.assignments }
    writeFileSync(join(out, `${instance.name}.json`), `${JSON.stringify(solution)}\n`)
  }
  return {
    name: basename(folder),
    seed,
    planner: evaluateDay(instance, played.assignments),
    greedy: textbook ? evaluateDay(instance, dispatchGreedily(instance)) : null,
    linear: textbook ? evaluateDay(instance, dispatchLinearly(instance)) : null,
    planMs: played.planMs,
  }
}

parentPort?.on('message', (task: DayTask) => parentPort?.postMessage(runDay(task)))
