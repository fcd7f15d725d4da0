import { beforeAll, describe, expect, test } from 'vitest'
import { type Highs, loadHighs } from './load-highs.ts'
import { mean } from './mdrp-evaluate.ts'
import { gapPct } from './measure-gap.ts'

const CASES = Array.from({ length: 48 }, (_, i) => i + 1)

describe('against the exact optimum of small cases, all routes enumerated and chosen from by HiGHS', () => {
  let highs: Highs
  beforeAll(async () => {
    highs = await loadHighs()
  })

  test('the plan costs on average at most 2% more, most plans are optimal, and none costs less', () => {
    const gaps = CASES.map((seed) => gapPct(highs, seed))
    expect(Math.min(...gaps)).toBeGreaterThan(-1e-6)
    expect(mean(gaps)).toBeLessThanOrEqual(2)
    expect(gaps.filter((gap) => gap < 1e-6).length).toBeGreaterThan(CASES.length / 2)
  })

  test('the measure tells: a planner that looks at one driver an order and improves nothing is further away than that', () => {
    const gaps = CASES.slice(0, 12).map((seed) => gapPct(highs, seed, { candidates: 1, iterations: 0, iterationsPerFresh: 0 }))
    expect(Math.min(...gaps)).toBeGreaterThan(-1e-6)
    expect(mean(gaps)).toBeGreaterThan(2)
  })
})
