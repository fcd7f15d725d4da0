import { describe, expect, test } from 'vitest'
import type { OrderRow } from '../orders/index.ts'
import { arrivalTimes } from './driver-routes.ts'
import { predictOrder } from './predict-order.ts'

const MINUTE = 60_000
const order = (change: Partial<OrderRow>) =>
  ({
    id: 'o1',
    kitchen: 'accepted',
    delivery: 'waiting',
    placedAt: 0,
    kitchenReadyAt: 20 * MINUTE,
    readyAt: null,
    pickedUpAt: null,
    endedAt: null,
    legS: 600,
    ...change,
  }) as OrderRow

describe('an ETA', () => {
  test('before a driver is known is the kitchen’s word plus the usual delivery time', () => {
    const eta = predictOrder(order({}), undefined, 15, 5 * MINUTE)
    expect(eta).toMatchObject({ basis: 'usual', dropMs: 35 * MINUTE, pickupMs: 20 * MINUTE })
    expect(eta!.earliestMs).toBeLessThan(eta!.dropMs)
    expect(eta!.latestMs).toBeGreaterThan(eta!.dropMs)
  })

  test('moves on with the clock when the kitchen’s word has passed', () => {
    expect(predictOrder(order({}), undefined, 15, 30 * MINUTE)!.dropMs).toBe(45 * MINUTE)
  })

  test('narrows as the door comes nearer, and is gone once the order has ended', () => {
    const route = {
      stops: [{ orderId: 'o1', kind: 'drop' }],
      arrivals: [40 * MINUTE],
      geometry: [],
      distanceM: 0,
      durationS: 0,
      computedAtMs: 0,
    } as never
    const carried = order({ delivery: 'in_transit', pickedUpAt: 25 * MINUTE })
    const width = (nowMs: number) => {
      const eta = predictOrder(carried, route, 15, nowMs)!
      return eta.latestMs - eta.earliestMs
    }
    expect(width(39 * MINUTE)).toBeLessThan(width(10 * MINUTE))
    expect(predictOrder(order({ endedAt: 1 }), route, 15, 0)).toBeNull()
  })

  test('of a route waits for the kitchen at a pickup and spends the hand-over at every stop', () => {
    const stops = [
      { stop: { orderId: 'o1', kind: 'pickup' }, order: order({}) },
      { stop: { orderId: 'o1', kind: 'drop' }, order: order({}) },
    ] as never
    const legs = [
      { durationS: 300, distanceM: 0 },
      { durationS: 600, distanceM: 0 },
    ]
    expect(arrivalTimes(stops, legs, 0)).toEqual([5 * MINUTE, 20 * MINUTE + 90_000 + 10 * MINUTE])
  })
})
