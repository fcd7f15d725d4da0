import type { OrderEvent } from '@doorstep/shared/contract'
import { ORDER_EVENT_TYPES } from '@doorstep/shared/domain'
import { expect, test } from 'vitest'
import { zoneTime } from '../board/format.ts'
import { eventWords } from './event-words.ts'
import { leftOutLines } from './ranking-words.ts'
import { termAmount, termName } from './term-words.ts'

const time = zoneTime('UTC')
const event = (type: OrderEvent['type'], data: OrderEvent['data'] = {}): OrderEvent => ({
  orderId: 'o' as OrderEvent['orderId'],
  seq: 1,
  type,
  atMs: 0,
  actor: 'system',
  actorName: null,
  data,
})

test('every event has words of its own, also without any data', () => {
  const words = ORDER_EVENT_TYPES.map((type) => eventWords(event(type), time, () => undefined))
  expect(words.every((each) => each.length > 3 && !each.includes('undefined'))).toBe(true)
  expect(new Set(words).size).toBe(words.length)
})

test('events name the driver from their data, else from the board, and give the reason', () => {
  expect(eventWords(event('order.assigned', { driverName: 'Ana Ferreira' }), time, () => undefined)).toBe('Assigned to Ana F')
  expect(eventWords(event('order.offer_declined', { driverId: 'd1', reason: 'too far' }), time, () => 'Rui Tavares')).toBe(
    'Rui T declined: too far',
  )
})

test('who was left out: the interesting ones by name, the rest counted by rule', () => {
  const out = (driverName: string, rule: string, detail: string | null = null) => ({
    driverId: driverName as never,
    driverName,
    rule,
    detail,
  })
  const lines = leftOutLines(
    [
      out('Ola P', 'offline'),
      out('Eva C', 'too_far', '6.2 of 5'),
      out('Nuno F', 'stale_position', '192 of 30'),
      out('Ida B', 'offline'),
    ],
    1,
  )
  expect(lines).toEqual(['Nuno F, position too old, 3:12, 30 s allowed', '3 more: 2 offline, 1 too far'])
})

test('terms carry their own unit', () => {
  expect(termAmount({ amount: 0.92, unit: 'share' })).toBe('92%')
  expect(termAmount({ amount: 2.5, unit: 'min' })).toBe('2:30')
  expect([termName('detour'), termName('new_term')]).toEqual(['Detour for others', 'new term'])
})
