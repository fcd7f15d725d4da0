import type { HttpClient } from '@doorstep/shared/client'
import { fail, ok } from '@doorstep/shared/domain'
import { expect, test } from 'vitest'
import { type Fix, isDue, KEPT_FIXES, keepFix, nextSeq } from './position-pace.ts'
import { createPositions } from './send-positions.ts'

const fix = (lon: number, speedMps: number | null = null): Fix => ({
  lat: 41.15,
  lon,
  atMs: 0,
  courseDeg: null,
  speedMps,
  accuracyM: 5,
})
const settle = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve()
}

test('positions go out every three seconds on the move and every twelve standing', () => {
  expect(isDue(fix(-8.6, 5), fix(-8.6), 2_900)).toBe(true)
  expect(isDue(fix(-8.6, 5), fix(-8.6), 2_000)).toBe(false)
  expect(isDue(fix(-8.6, 0), fix(-8.6), 3_000)).toBe(false)
  expect(isDue(fix(-8.6, 0), fix(-8.6), 12_000)).toBe(true)
  expect(isDue(fix(-8.599), fix(-8.6), 3_000)).toBe(true)
})

test('numbers count up, also when the phone’s clock is set back', () => {
  const now = Date.UTC(2026, 10, 24)
  expect(nextSeq(0, now)).toBeGreaterThan(0)
  expect(nextSeq(nextSeq(0, now), now - 3_600_000)).toBe(nextSeq(0, now) + 1)
})

test('in a long tunnel the way stays known and the memory bounded', () => {
  let kept: number[] = []
  for (let i = 0; i < 5_000; i++) kept = keepFix(kept, i)
  expect(kept.length).toBeLessThanOrEqual(KEPT_FIXES)
  expect(kept.at(-1)).toBe(4_999)
  expect(kept).toEqual([...kept].sort((a, b) => a - b))
})

test('what was kept without a connection goes out before anything newer, in order and once', async () => {
  let nowMs = 0
  let isUp = false
  const sent: number[] = []
  const counts: number[] = []
  const positions = createPositions({
    client: {
      call: async (_: string, input: { body: { fixes: { lon: number }[] } }) => {
        if (!isUp) return fail({ kind: 'unreachable', detail: '' })
        sent.push(...input.body.fixes.map((one) => one.lon))
        return ok({ accepted: input.body.fixes.length, rejected: [] })
      },
    } as unknown as HttpClient,
    live: () => ({
      state: () => (isUp ? 'live' : 'reconnecting'),
      sendPosition: (position) => {
        sent.push(position.lon)
        return true
      },
    }),
    nowMs: () => nowMs,
    keptChanged: (count) => counts.push(count),
  })
  const ride = async (lon: number) => {
    nowMs += 3_000
    positions.take(fix(lon, 6))
    await settle()
  }
  for (const lon of [1, 2, 3]) await ride(lon)
  isUp = true
  for (const lon of [4, 5, 6]) await ride(lon)
  expect(sent).toEqual([1, 2, 3, 4, 5, 6])
  expect(counts.at(-1)).toBe(0)
})
