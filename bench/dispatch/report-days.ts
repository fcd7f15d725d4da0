import { availableParallelism, cpus, totalmem } from 'node:os'
import type { DayResult } from './day-worker.ts'
import { type DayMetrics, mean, quantile } from './mdrp-evaluate.ts'
import type { Leaning } from './mdrp-policy.ts'

/** One figure of a bench, in the contract all benches share. */
export interface BenchResult {
  name: string
  unit: string
  value: number
  textbook: number | null
  ratio: number | null
  goal: string | null
  ok: boolean
}

/** What a bench prints on standard output. */
export interface BenchReport {
  bench: string
  machine: { cpu: string; cores: number; memoryMb: number; node: string }
  results: BenchResult[]
  details: unknown
}

interface Measure {
  name: string
  unit: string
  of: (day: DayMetrics) => number
  /** Largest value that is good enough on the mean of the ten development days; for `delivered_share` the smallest. */
  goal: number | null
  atLeast?: boolean
}

const MEASURES: readonly Measure[] = [
  { name: 'delivered_share', unit: '%', of: (day) => 100 * day.deliveredShare, goal: 100, atLeast: true },
  { name: 'click_to_door_mean_min', unit: 'min', of: (day) => day.clickToDoorMean, goal: 30.95 },
  { name: 'click_to_door_p50_min', unit: 'min', of: (day) => day.clickToDoorP50, goal: null },
  { name: 'click_to_door_p90_min', unit: 'min', of: (day) => day.clickToDoorP90, goal: 45.4 },
  { name: 'click_to_door_max_min', unit: 'min', of: (day) => day.clickToDoorMax, goal: null },
  { name: 'click_to_door_bound_min', unit: 'min', of: (day) => day.boundMean, goal: null },
  { name: 'ready_to_pickup_mean_min', unit: 'min', of: (day) => day.readyToPickupMean, goal: 1.15 },
  { name: 'ready_to_pickup_p90_min', unit: 'min', of: (day) => day.readyToPickupP90, goal: null },
  { name: 'overage_mean_min', unit: 'min', of: (day) => day.overageMean, goal: 1.75 },
  { name: 'cost_per_order_usd', unit: 'USD', of: (day) => day.costPerOrder, goal: 10.75 },
  { name: 'orders_per_courier_hour', unit: '1/h', of: (day) => day.ordersPerHour, goal: null },
  { name: 'utilisation', unit: '%', of: (day) => 100 * day.utilisation, goal: null },
  { name: 'bundled_share', unit: '%', of: (day) => 100 * day.bundledShare, goal: null },
]
const PLAN_P99_MS = 250

/** The days the goals were set on: their mean is what the goals speak of. */
const DEVELOPMENT_DAYS = [0, 2, 4, 5, 8].flatMap((day) => [`${day}o100t100s1p100`, `${day}o100t100s2p100`])

/** Plain means over the days, beside the textbook's, with goals where the days are those the goals were set on. */
export function reportDays(days: readonly DayResult[], seed: number, leaning: Leaning): BenchReport {
  const broken = days.flatMap((day) => day.planner.infeasible)
  const sameDays =
    days
      .map((day) => day.name)
      .sort()
      .join() === DEVELOPMENT_DAYS.sort().join()
  const results = MEASURES.map(({ name, unit, of, goal, atLeast }): BenchResult => {
    const value = mean(days.map((day) => of(day.planner)))
    const greedy = days.flatMap((day) => (day.greedy ? [of(day.greedy)] : []))
    const textbook = greedy.length === days.length ? mean(greedy) : null
    const asked = sameDays || atLeast ? goal : null
    const reached = asked === null || (atLeast ? value >= asked : value <= asked)
    return {
      name,
      unit,
      value: round(value),
      textbook: textbook === null ? null : round(textbook),
      ratio: textbook === null || value === 0 ? null : round(textbook / value),
      goal: asked === null ? null : `${atLeast ? '≥' : '≤'} ${asked}`,
      ok: reached && broken.length === 0,
    }
  })
  const planMs = days.flatMap((day) => day.planMs).sort((a, b) => a - b)
  const plain = (name: string, unit: string, value: number, goal: number | null = null): BenchResult => {
    const ok = goal === null || value <= goal
    return { name, unit, value: round(value), textbook: null, ratio: null, goal: goal === null ? null : `≤ ${goal}`, ok }
  }
  results.push(plain('plan_p50_ms', 'ms', quantile(planMs, 0.5)))
  results.push(plain('plan_p99_ms', 'ms', quantile(planMs, 0.99), PLAN_P99_MS))
  results.push(plain('broken_rules', 'assignments', broken.length, 0))
  for (const { name, unit, of } of MEASURES) {
    const linear = days.flatMap((day) => (day.linear ? [of(day.linear)] : []))
    if (linear.length === days.length) results.push(plain(`linear_${name}`, unit, mean(linear)))
  }
  const details = { seed, policy: leaning, days: days.map(({ planMs: _ms, ...day }) => ({ ...day, minutesPlanned: _ms.length })) }
  return { bench: 'dispatch', machine: machine(), results, details }
}

/** What the figures were measured on. */
export function machine(): BenchReport['machine'] {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  }
}

/** A line a day for people. */
export function daysTable(days: readonly DayResult[]): string {
  const head = 'day                delivered  door  above   p90  ready  over  $/order  bundled  plan p99'
  const lines = days.map(({ name, planner, planMs }) => {
    const p99 = quantile(
      planMs.toSorted((a, b) => a - b),
      0.99,
    )
    return [
      name.padEnd(18),
      `${(100 * planner.deliveredShare).toFixed(2)}%`.padStart(9),
      planner.clickToDoorMean.toFixed(2).padStart(6),
      `+${(planner.clickToDoorMean - planner.boundMean).toFixed(2)}`.padStart(6),
      planner.clickToDoorP90.toFixed(1).padStart(5),
      planner.readyToPickupMean.toFixed(2).padStart(6),
      planner.overageMean.toFixed(2).padStart(5),
      planner.costPerOrder.toFixed(2).padStart(8),
      `${(100 * planner.bundledShare).toFixed(1)}%`.padStart(8),
      `${p99.toFixed(0)} ms`.padStart(9),
    ].join(' ')
  })
  const broken = days.flatMap((day) => day.planner.infeasible.map((line) => `${day.name}: ${line}`))
  return [head, ...lines, ...broken].join('\n')
}

const round = (value: number) => Number(value.toFixed(4))
