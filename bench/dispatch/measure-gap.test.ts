import { beforeAll, describe, expect, test } from 'vitest'
import { type Highs, loadHighs } from './load-highs.ts'
import { mean } from './mdrp-evaluate.ts'
import { gapPct } from './measure-gap.ts'

const SEEDS = [1, 101, 201, 301]
const casesFrom = (seed: number, count: number) => Array.from({ length: count }, (_, i) => seed + i)

describe('against the exact optimum of small cases, all routes enumerated and chosen from by HiGHS', () => {
  let highs: Highs
  beforeAll(async () => {
    highs = await loadHighs()
  })

  test.each(SEEDS)('twelve plans from seed %i cost on average at most 2% more, most are optimal, and none costs less', (seed) => {
    const gaps = casesFrom(seed, 12).map((at) => gapPct(highs, at))
    expect(Math.min(...gaps)).toBeGreaterThan(-1e-6)
    expect(mean(gaps)).toBeLessThanOrEqual(2)
    expect(gaps.filter((gap) => gap < 1e-6).length).toBeGreaterThan(gaps.length / 2)
  })

  test('the measure tells: a planner that looks at one driver an order and improves nothing is further away than that', () => {
    const gaps = casesFrom(1, 12).map((at) => gapPct(highs, at, { candidates: 1, iterations: 0, iterationsPerFresh: 0 }))
    expect(Math.min(...gaps)).toBeGreaterThan(-1e-6)
    expect(mean(gaps)).toBeGreaterThan(2)
  })
})
