import { expect, test } from 'vitest'
import { outOfStockUntilMs, pauseUntilMs } from './pause-until.ts'
import { zoneDay } from './zone-day.ts'

const at = (text: string) => Date.parse(text)

test('a pause always has an end', () => {
  const now = at('2026-11-24T19:42:00Z')
  expect(pauseUntilMs('30', now, 'Europe/Lisbon')).toBe(at('2026-11-24T20:12:00Z'))
  expect(pauseUntilMs('today', now, 'Europe/Lisbon')).toBe(at('2026-11-25T00:00:00Z'))
})

test('today ends at midnight of the shop’s zone, also on the days the clocks change', () => {
  expect(zoneDay(at('2026-11-24T19:42:31.5Z'), 'America/Los_Angeles').endMs).toBe(at('2026-11-25T08:00:00Z'))
  expect(zoneDay(at('2026-03-29T00:30:00Z'), 'Europe/Lisbon').endMs).toBe(at('2026-03-29T23:00:00Z'))
  expect(zoneDay(at('2026-10-24T23:30:00Z'), 'Europe/Lisbon').endMs).toBe(at('2026-10-26T00:00:00Z'))
})

test('an item is out for four hours, for the day, or until somebody says otherwise', () => {
  const now = at('2026-11-24T19:42:00Z')
  expect(outOfStockUntilMs('hours', now, 'Europe/Lisbon')).toBe(at('2026-11-24T23:42:00Z'))
  expect(outOfStockUntilMs('today', now, 'Europe/Lisbon')).toBe(at('2026-11-25T00:00:00Z'))
  expect(outOfStockUntilMs('changed', now, 'Europe/Lisbon')).toBeNull()
})
