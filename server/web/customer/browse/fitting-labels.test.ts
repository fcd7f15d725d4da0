import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fittingLabels, type Label } from './fitting-labels.ts'

test('names that would cover a mark or another name are left out, the first one stays', () => {
  const width = 100
  expect(
    fittingLabels([
      { x: 0, y: 0, width },
      { x: 0, y: 40, width },
    ]),
  ).toEqual([true, true])
  expect(
    fittingLabels([
      { x: 0, y: 0, width },
      { x: 50, y: 4, width },
    ]),
  ).toEqual([false, true])
  expect(
    fittingLabels([
      { x: 0, y: 0, width },
      { x: -60, y: 20, width: 200 },
    ]),
  ).toEqual([true, true])
  expect(
    fittingLabels([
      { x: 0, y: 0, width },
      { x: 0, y: 17, width },
    ]),
  ).toEqual([true, false])
})

test('no two names that are shown overlap, wherever the marks are', () => {
  const mark = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
    width: fc.integer({ min: 10, max: 150 }),
  })
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 25 }), (labels: Label[]) => {
      const fits = fittingLabels(labels)
      const shown = labels.filter((_, i) => fits[i])
      for (const a of shown)
        for (const b of shown)
          if (a !== b && Math.abs(a.y - b.y) < 18)
            expect(a.x + 12 + a.width < b.x + 12 || b.x + 12 + b.width < a.x + 12).toBe(true)
    }),
  )
})
