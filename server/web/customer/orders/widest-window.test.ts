import { expect, test } from 'vitest'
import { readableWindow, widen } from './widest-window.ts'

const minute = 60_000
const eta = (from: number, to: number) => ({ earliestMs: from * minute, latestMs: to * minute })

test('a window reads in whole minutes and is never empty', () => {
  expect(readableWindow({ earliestMs: 10.7 * minute, latestMs: 14.2 * minute })).toEqual(eta(10, 15))
  expect(readableWindow({ earliestMs: 10 * minute, latestMs: 10 * minute })).toEqual(eta(10, 11))
})

test('what was shown stays the bar’s frame, and the last narrowing is remembered', () => {
  const first = widen(undefined, eta(20, 40), 0)
  expect(first).toMatchObject({ fromMs: 20 * minute, toMs: 40 * minute, narrowedAtMs: null })
  const narrower = widen(first, eta(30, 35), 5)
  expect(narrower).toMatchObject({ fromMs: 20 * minute, toMs: 40 * minute, narrowedAtMs: 5 })
  const later = widen(narrower, eta(41, 46), 9)
  expect(later).toMatchObject({ fromMs: 20 * minute, toMs: 46 * minute, narrowedAtMs: 5 })
})
