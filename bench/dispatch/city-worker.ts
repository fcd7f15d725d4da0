import { parentPort } from 'node:worker_threads'
import { JOINT, type Policy, SCORED_OFFERS } from '../../server/src/planner/index.ts'
import { brokenRules } from './city-checks.ts'
import { type Evening, type EveningSize, makeEvening } from './city-evening.ts'
import { type CityFigures, figuresOf } from './city-figures.ts'
import { type City, openCity } from './city-place.ts'
import { playEvening } from './city-play.ts'

/** The policies as a zone runs them that has set nothing else. */
const POLICIES: Readonly<Record<Policy['name'], Policy>> = { 'scored-offers': SCORED_OFFERS, joint: JOINT }

/** One evening to play by one policy. */
export interface CityTask extends EveningSize {
  dataFolder: string
  city: string
  policy: Policy['name']
  tickS: number
}

/** What came of it. */
export interface CityResult {
  seed: number
  policy: Policy['name']
  orders: number
  rounds: number
  figures: CityFigures
  broken: string[]
}

let city: City | undefined
let known: Evening | undefined

async function run({ dataFolder, city: name, policy, tickS, ...size }: CityTask): Promise<CityResult> {
  city ??= await openCity(dataFolder, name)
  if (known?.seed !== size.seed) known = await makeEvening(city, size)
  const played = playEvening(city, known, POLICIES[policy], { tickS, elapsedMs: () => performance.now() })
  const { orders, planMs } = played
  const [figures, broken] = [figuresOf(played), brokenRules(played)]
  return { seed: size.seed, policy, orders: orders.length, rounds: planMs.length, figures, broken }
}

parentPort?.on('message', (task: CityTask) => void run(task).then((result) => parentPort?.postMessage(result)))
