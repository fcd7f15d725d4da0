import { expect, it } from 'vitest'
import { manualClock } from '../platform/index.ts'
import { createWheel, type WheelMember } from './check-wheel.ts'

it('looks at each member once a round, spread over it, and at none that has left', () => {
  const clock = manualClock(0)
  const visits: { n: number; atMs: number }[] = []
  const wheel = createWheel<WheelMember & { n: number }>(clock, 8_000, ({ n }) => visits.push({ n, atMs: clock.nowMs() }))
  const members = Array.from({ length: 1_000 }, (_, n) => ({ n, turn: 0 }))
  for (const member of members) wheel.add(member)
  clock.advance(8_000)
  expect(new Set(visits.map(({ n }) => n)).size).toBe(1_000)
  expect(visits.length).toBe(1_000)
  const atOnce = [...Map.groupBy(visits, ({ atMs }) => atMs).values()].map((group) => group.length)
  expect(Math.max(...atOnce)).toBeLessThanOrEqual(13)
  for (const member of members.slice(1)) wheel.remove(member)
  wheel.remove(members[1]!)
  expect([wheel.size(), [...wheel.all()]]).toEqual([1, [members[0]]])
  clock.advance(16_000)
  expect(visits.length).toBe(1_002)
  wheel.stop()
  clock.advance(16_000)
  expect(visits.length).toBe(1_002)
})
