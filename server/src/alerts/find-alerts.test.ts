import { describe, expect, test } from 'vitest'
import { findAlerts, type WatchedDriver, type WatchedOrder } from './find-alerts.ts'

const MINUTE = 60_000
const NOW = 100 * MINUTE
const order = (id: string, change: object = {}, predictedMs: number | null = NOW, more: object = {}): WatchedOrder =>
  ({
    predictedMs,
    suggestedSinceMs: null,
    cannotKeepPin: null,
    isStaffsTurn: false,
    ...more,
    order: {
      id,
      number: 1,
      merchantId: 'm1',
      merchantName: 'Casa',
      driverId: 'd1',
      kitchen: 'preparing',
      delivery: 'assigned',
      acceptedAt: 90 * MINUTE,
      noDriverAt: null,
      kitchenReadyAt: NOW - 1,
      readyAt: null,
      promisedAt: NOW + 20 * MINUTE,
      ...change,
    },
  }) as unknown as WatchedOrder
const driver = (change: object = {}): WatchedDriver =>
  ({
    driver: {
      id: 'd1',
      name: 'Ana',
      stops: [
        { orderId: 'a', kind: 'drop' },
        { orderId: 'b', kind: 'drop' },
      ],
    },
    fixAtMs: NOW,
    place: { lat: 1, lon: 1 },
    stillSinceMs: NOW,
    stopPlaces: [{ lat: 2, lon: 2 }],
    ...change,
  }) as unknown as WatchedDriver
const classes = (orders: WatchedOrder[], drivers: WatchedDriver[] = []) =>
  findAlerts(orders, drivers, NOW).map((alert) => alert.class)

describe('alerts', () => {
  test('say nothing while everything goes well', () => {
    expect(classes([order('a'), order('b')], [driver()])).toEqual([])
  })

  test('name an order without a driver, at once when nobody took it', () => {
    expect(classes([order('a', { driverId: null })])).toEqual(['unassigned'])
    expect(classes([order('a', { driverId: null, acceptedAt: NOW - MINUTE })])).toEqual([])
    expect(classes([order('a', { driverId: null, acceptedAt: NOW - MINUTE, noDriverAt: NOW })])).toEqual(['unassigned'])
  })

  test('leave an order alone whose driver is told late on purpose, until its food is ready; staff who choose are told before', () => {
    const cooking = { driverId: null, kitchenReadyAt: NOW + 4 * MINUTE }
    expect(classes([order('a', cooking)])).toEqual([])
    expect(classes([order('a', { ...cooking, readyAt: NOW - 1 })])).toEqual(['unassigned'])
    expect(classes([order('a', cooking, NOW, { isStaffsTurn: true })])).toEqual(['unassigned'])
    expect(classes([order('a', { ...cooking, kitchenReadyAt: NOW + 6 * MINUTE }, NOW, { isStaffsTurn: true })])).toEqual([])
  })

  test('name a suggestion that nobody looks at, and a pin that cannot be kept', () => {
    const open = { driverId: null, kitchenReadyAt: NOW + 10 * MINUTE }
    expect(classes([order('a', open, NOW, { suggestedSinceMs: NOW - 29_000 })])).toEqual([])
    expect(classes([order('a', open, NOW, { suggestedSinceMs: NOW - 31_000 })])).toEqual(['unassigned'])
    const [alert] = findAlerts([order('a', open, NOW, { cannotKeepPin: 'Bruno' })], [], NOW)
    expect(alert).toMatchObject({ id: 'unassigned:a', text: '#1 is only for Bruno, who cannot take it' })
  })

  test('tell late from about to be late by the predicted time', () => {
    expect(classes([order('a', {}, NOW + 19 * MINUTE)])).toEqual(['at_risk'])
    expect(classes([order('a', {}, NOW + 21 * MINUTE)])).toEqual(['late'])
  })

  test('[DI6] count a cause once: two late orders behind a driver who does not move are one alert', () => {
    const late = [order('a', {}, NOW + 30 * MINUTE), order('b', {}, NOW + 30 * MINUTE)]
    const alerts = findAlerts(late, [driver({ stillSinceMs: NOW - 4 * MINUTE })], NOW)
    expect(alerts).toMatchObject([{ id: 'stuck:d1', orderIds: ['a', 'b'] }])
  })

  test('leave a driver alone who stands still at a stop, and one without stops', () => {
    const still = { stillSinceMs: NOW - 20 * MINUTE }
    expect(classes([], [driver({ ...still, stopPlaces: [{ lat: 1, lon: 1 }] })])).toEqual([])
    expect(classes([], [driver({ ...still, driver: { id: 'd1', name: 'Ana', stops: [] } })])).toEqual([])
  })

  test('notice a driver whose position is gone', () => {
    expect(classes([], [driver({ fixAtMs: NOW - 61_000 })])).toEqual(['gps_dark'])
  })

  test('roll the orders of a slow kitchen up', () => {
    const slow = { kitchenReadyAt: NOW - 6 * MINUTE }
    const alerts = findAlerts([order('a', slow, NOW + 30 * MINUTE), order('b', slow)], [], NOW)
    expect(alerts).toMatchObject([{ class: 'merchant_slow', orderIds: ['a', 'b'], merchantId: 'm1' }])
  })
})
