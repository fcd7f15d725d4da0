import { expect, it } from 'vitest'
import type { LoggedEvent } from '../bus/index.ts'
import { createRecentEvents } from './recent-events.ts'

const event = (sequence: number): LoggedEvent => ({
  id: `e${sequence}`,
  type: 'order.ready',
  atMs: 1,
  subjects: {},
  data: {},
  sequence,
})
const sequences = (events: LoggedEvent[] | undefined) => events?.map(({ sequence }) => sequence)

it('answers only from a place that it knows, and says when the log itself must be asked', () => {
  const recent = createRecentEvents(100)
  recent.add(event(5))
  expect(recent.since(5)).toBeUndefined()
  recent.restart(10)
  for (const sequence of [10, 12, 15, 15, 20]) recent.add(event(sequence))
  expect(sequences(recent.since(10))).toEqual([12, 15, 20])
  expect(sequences(recent.since(15))).toEqual([20])
  expect(sequences(recent.since(20))).toEqual([])
  expect([recent.since(9), recent.since(13), recent.since(21)]).toEqual([undefined, undefined, undefined])
  recent.forget()
  expect(recent.since(15)).toBeUndefined()
  recent.add(event(25))
  recent.restart(30)
  expect(sequences(recent.since(30))).toEqual([])
  expect(recent.since(20)).toBeUndefined()
})

it('keeps the newest, and knows where they begin', () => {
  const recent = createRecentEvents(100)
  recent.restart(0)
  for (let sequence = 1; sequence <= 1_000; sequence++) recent.add(event(sequence))
  const known = Array.from({ length: 1_001 }, (_, sequence) => recent.since(sequence))
  const first = known.findIndex((events) => events !== undefined)
  expect(first).toBeGreaterThanOrEqual(1_000 - 125)
  expect(first).toBeLessThanOrEqual(900)
  for (let sequence = first; sequence <= 1_000; sequence++) expect(known[sequence]!.length).toBe(1_000 - sequence)
})
