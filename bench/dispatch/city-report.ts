import { type Figure, figure } from '../report.ts'
import { CITY_MEASURES, type CityFigure, deviation } from './city-figures.ts'
import type { CityResult } from './city-worker.ts'
import { mean } from './mdrp-evaluate.ts'

const NAMES = Object.keys(CITY_MEASURES) as CityFigure[]
const of = (results: readonly CityResult[], policy: string) => results.filter((result) => result.policy === policy)
const valuesOf = (results: readonly CityResult[], name: CityFigure) => results.map(({ figures }) => figures[name])

/** Means over the seeds, the planner's beside those of the policy for comparison; alone where only one policy was played. */
export function cityFigures(results: readonly CityResult[]): Figure[] {
  const played = [...new Set(results.map(({ policy }) => policy))]
  const main = of(results, played.includes('joint') ? 'joint' : played[0]!)
  const beside = played.length > 1 ? of(results, 'scored-offers') : null
  const figures = NAMES.map((name) => {
    const { unit, better, ...rest } = CITY_MEASURES[name]
    const textbook = beside && mean(valuesOf(beside, name))
    const goal = 'goal' in rest && (beside || !('ratioAtLeast' in rest.goal)) ? rest.goal : {}
    const made = figure(name, unit, mean(valuesOf(main, name)), { textbook, goal, lessIsBetter: better === 'less' })
    // Nothing against nothing, as with lateness on a quiet evening, is no ratio.
    return { ...made, ratio: better !== null && made.ratio !== null && Number.isFinite(made.ratio) ? made.ratio : null }
  })
  const broken = results.reduce((sum, result) => sum + result.broken.length, 0)
  return [...figures, figure('broken_rules', 'rules', broken, { goal: { atMost: 0 } })]
}

/** The same for people, in Markdown: means over the seeds, with the deviation from seed to seed. */
export function cityTable(results: readonly CityResult[]): string {
  const policies = [...new Set(results.map(({ policy }) => policy))].sort().reverse()
  const cell = (policy: string, name: CityFigure) => {
    const values = valuesOf(of(results, policy), name)
    return `${short(mean(values))} ± ${short(deviation(values))}`
  }
  const lines = NAMES.map((name) => `| \`${name}\` | ${policies.map((policy) => cell(policy, name)).join(' | ')} |`)
  return [
    `| mean over the seeds, ± from seed to seed | ${policies.join(' | ')} |`,
    `|---|${policies.map(() => '---|').join('')}`,
    ...lines,
  ].join('\n')
}

const short = (value: number) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
