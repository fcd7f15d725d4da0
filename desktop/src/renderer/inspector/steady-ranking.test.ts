import type { Candidate } from '@doorstep/shared/contract'
import { expect, test } from 'vitest'
import { steadyRanking } from './steady-ranking.ts'

const ranked = (...ids: string[]) => ids.map((driverId, i) => ({ driverId, rank: i + 1, toPickupS: i }) as unknown as Candidate)
const idsOf = (shown: ReturnType<typeof steadyRanking>) => shown.map(({ candidate }) => candidate.driverId)

test('while somebody chooses nobody moves; everybody shows the latest numbers and where they would be', () => {
  const before = steadyRanking([], ranked('a', 'b', 'c'), false, null)
  const after = steadyRanking(before, ranked('b', 'd', 'a'), true, null)
  expect(idsOf(after)).toEqual(['a', 'b', 'c'])
  expect(after.map(({ place, rankNow }) => [place, rankNow])).toEqual([
    [1, 3],
    [2, 1],
    [3, null],
  ])
  expect(after[0]?.candidate.toPickupS).toBe(2)
})

test('let go, the list is the latest ranking again', () => {
  const before = steadyRanking([], ranked('a', 'b'), false, null)
  expect(idsOf(steadyRanking(before, ranked('b', 'c', 'a'), false, null))).toEqual(['b', 'c', 'a'])
})

test('who has the order is listed whatever the rank', () => {
  const shown = steadyRanking([], ranked('a', 'b', 'c', 'd', 'e', 'f', 'g'), false, 'g')
  expect(idsOf(shown)).toEqual(['a', 'b', 'c', 'd', 'e', 'g'])
  expect(shown.at(-1)).toMatchObject({ place: 7, rankNow: 7 })
})
