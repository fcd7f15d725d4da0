import { expect, test } from 'vitest'
import { loadHighs } from './load-highs.ts'
import { mean } from './mdrp-evaluate.ts'
import { gapPct } from './measure-gap.ts'

test('on small cases the plan costs on average within 2% of the exact optimum, and never less', async () => {
  const highs = await loadHighs()
  const gaps = Array.from({ length: 24 }, (_, i) => gapPct(highs, i + 1))
  expect(Math.min(...gaps)).toBeGreaterThan(-1e-6)
  expect(mean(gaps)).toBeLessThan(2)
})
