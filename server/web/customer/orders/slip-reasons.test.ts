import type { OrderEvent } from '@doorstep/shared/contract'
import { describe, expect, test } from 'vitest'
import { slipsOf } from './slip-reasons.ts'

type Seen = Parameters<typeof slipsOf>[0]
const minute = 60_000
const eta = { pickupMs: null, dropMs: 30 * minute, earliestMs: 28 * minute, latestMs: 33 * minute, basis: 'route' as const }
const rui = { id: 'rui', name: 'Rui', vehicle: 'bicycle', rating: 4.9, place: null, courseDeg: null, fixAtMs: null }
const order = {
  status: 'preparing',
  delivery: 'waiting',
  noDriverAvailable: false,
  driver: null,
  eta,
  promisedAtMs: 40 * minute,
} as Seen
const event = (type: OrderEvent['type'], data: OrderEvent['data'] = {}) => ({ type, data }) as OrderEvent

describe('why an order slips', () => {
  test('an order that goes as said has nothing to explain', () => {
    expect(slipsOf(order, [event('order.placed'), event('order.assigned', { driverId: 'rui' })])).toEqual([])
  })

  test('delays of the kitchen add up under its last reason, and the promise is held against them', () => {
    const delays = [
      event('order.delayed', { addedMinutes: 5 }),
      event('order.delayed', { addedMinutes: 10, reason: 'oven is down' }),
    ]
    expect(slipsOf(order, delays)).toEqual([
      { kind: 'delayed', minutes: 15, reason: 'oven is down' },
      { kind: 'in_time', promisedMs: 40 * minute },
    ])
  })

  test('a prediction beyond the promise is said in minutes, rounded up', () => {
    const late = { ...order, eta: { ...eta, dropMs: 41.2 * minute } } as Seen
    expect(slipsOf(late, [])).toEqual([{ kind: 'late', minutes: 2, promisedMs: 40 * minute }])
  })

  test('another driver is a change; the same one again is not', () => {
    const assigned = (driverId: string) => event('order.assigned', { driverId })
    const withRui = { ...order, driver: rui, delivery: 'assigned' } as Seen
    expect(slipsOf(withRui, [assigned('ana'), event('order.reassigned', { driverId: 'rui' })])[0]).toEqual({
      kind: 'new_driver',
      name: 'Rui',
    })
    expect(slipsOf(withRui, [assigned('rui'), event('order.unassigned'), assigned('rui')])).toEqual([])
  })

  test('a lost driver and a missing one are two different things', () => {
    const log = [event('order.assigned', { driverId: 'ana' }), event('order.unassigned')]
    expect(slipsOf(order, log)[0]).toEqual({ kind: 'driver_lost' })
    expect(slipsOf({ ...order, noDriverAvailable: true } as Seen, log)[0]).toEqual({ kind: 'no_driver' })
  })

  test('a later promise is said with what it was later by, not held against itself; taken back it is as if never said', () => {
    const log = [event('order.placed', { promisedAtMs: 30 * minute }), event('order.promise_extended')]
    expect(slipsOf(order, log)).toEqual([{ kind: 'promised_later', minutes: 10, promisedMs: 40 * minute }])
    expect(slipsOf({ ...order, promisedAtMs: 30 * minute } as Seen, [...log, event('order.command_undone')])).toEqual([])
  })

  test('an order nobody can bring in time is not called one that nobody took', () => {
    const without = { ...order, noDriverAvailable: true } as Seen
    expect(slipsOf(without, [event('order.no_driver_available', { cause: 'too_late' })])[0]).toEqual({
      kind: 'cannot_be_in_time',
    })
    expect(slipsOf(without, [event('order.no_driver_available', { cause: 'nobody_took_it' })])[0]).toEqual({ kind: 'no_driver' })
  })

  test('what has ended needs no explanation any more', () => {
    expect(slipsOf({ ...order, status: 'delivered', eta: null } as Seen, [event('order.delayed', { addedMinutes: 5 })])).toEqual(
      [],
    )
  })
})
