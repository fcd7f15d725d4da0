import type { BoardDriver } from '@doorstep/shared/contract'
import { describe, expect, test } from 'vitest'
import { boardOrderWith } from '../board/board-order.fixture.ts'
import { leftStops } from './done-stops.ts'
import { createRowCache } from './row-cache.ts'
import { rowOf, STOP_MS } from './timeline-bars.ts'

const NOW = 1_764_000_000_000
const MINUTE = 60_000

const order = boardOrderWith({ number: 4821, promisedAtMs: NOW + 30 * MINUTE, predictedMs: NOW + 24 * MINUTE })

function driverWith(stops: Partial<BoardDriver['stops'][number]>[]): BoardDriver {
  const place = { lat: 41.15, lon: -8.61 }
  return {
    id: 'd' as BoardDriver['id'],
    name: 'Ana Ferreira',
    vehicle: 'bicycle',
    rating: 5,
    isOnline: true,
    shiftStartedMs: NOW,
    shiftEndsMs: null,
    maxOrders: 4,
    activeOrders: stops.length,
    place,
    fixAtMs: NOW,
    stops: stops.map((stop) => ({
      orderId: order.id,
      number: 4821,
      kind: 'pickup',
      place,
      etaMs: null,
      arrivedAtMs: null,
      ...stop,
    })),
  }
}

describe('a driver’s row', () => {
  test('shows planned stops at their ETAs, pickup and drop joined by a line', () => {
    const driver = driverWith([
      { kind: 'pickup', etaMs: NOW + 8 * MINUTE },
      { kind: 'drop', etaMs: NOW + 24 * MINUTE },
    ])
    const { bars, wires } = rowOf(driver, [], new Map([[order.id, order]]), null, NOW)
    expect(bars.map(({ kind, look, tag, toMs }) => [kind, look, tag, (toMs - NOW) / MINUTE])).toEqual([
      ['pickup', 'planned', '21', 11],
      ['drop', 'planned', '21', 27],
    ])
    expect(wires).toEqual([{ orderId: order.id, fromMs: NOW + 11 * MINUTE, toMs: NOW + 24 * MINUTE }])
  })

  test('draws no bar for a stop nobody can predict', () => {
    expect(rowOf(driverWith([{ kind: 'drop' }]), [], new Map(), null, NOW).bars).toEqual([])
  })

  test('shows waiting from arrival on while the driver stands at the merchant', () => {
    const driver = driverWith([{ arrivedAtMs: NOW - 10 * MINUTE, etaMs: NOW - 10 * MINUTE }])
    const [wait, pickup] = rowOf(driver, [], new Map(), null, NOW).bars
    expect([wait?.kind, wait?.fromMs]).toEqual(['wait', NOW - 10 * MINUTE])
    expect((pickup?.toMs ?? 0) > NOW).toBe(true)
  })

  test('colours what is late, and everything of a driver in trouble', () => {
    const driver = driverWith([{ kind: 'drop', etaMs: NOW + 24 * MINUTE }])
    const late = { ...order, promisedAtMs: NOW + 10 * MINUTE }
    expect(rowOf(driver, [], new Map([[order.id, late]]), null, NOW).bars[0]?.tone).toBe('late')
    expect(rowOf(driver, [], new Map([[order.id, late]]), 'act', NOW).bars[0]?.tone).toBe('act')
  })

  test('fills what was done, never shorter than its label', () => {
    const done = { orderId: order.id, number: 4821, kind: 'pickup' as const, fromMs: NOW - MINUTE, toMs: NOW - MINUTE }
    const [bar] = rowOf(driverWith([]), [done], new Map(), null, NOW).bars
    expect(bar?.look).toBe('done')
    expect((bar?.toMs ?? 0) - (bar?.fromMs ?? 0)).toBe(STOP_MS)
  })
})

test('an order that jumps over states between two updates closes every stop on the way', () => {
  expect(leftStops({ delivery: 'assigned' }, { delivery: 'picked_up' })).toEqual(['pickup'])
  expect(leftStops({ delivery: 'picked_up' }, { delivery: 'in_transit' })).toEqual([])
  expect(leftStops({ delivery: 'at_merchant' }, { delivery: 'delivered' })).toEqual(['pickup', 'drop'])
})

describe('the rows over time', () => {
  const other = { ...driverWith([]), id: 'e' as BoardDriver['id'], name: 'Bruno' }
  const facts = (change: object = {}) => ({
    drivers: new Map([
      ['e', other],
      ['d', driverWith([{ kind: 'drop', etaMs: NOW + 24 * MINUTE }])],
    ]),
    orders: new Map([[order.id as string, order]]),
    troubled: new Map(),
    done: new Map(),
    ...change,
  })

  test('a driver of whom nothing changed keeps the same row', () => {
    const rowsOf = createRowCache()
    const first = facts()
    const before = rowsOf(first, NOW)
    const after = rowsOf({ ...first, orders: new Map([[order.id as string, { ...order, predictedMs: NOW }]]) }, NOW + 1)
    const rowIn = (rows: typeof before, id: string) => rows.find(({ driver }) => driver.id === id)
    expect(rowIn(after, 'e')).toBe(rowIn(before, 'e'))
    expect(rowIn(after, 'd')).not.toBe(rowIn(before, 'd'))
  })

  test('stuck drivers come first, then by the worst slack, idle ones after', () => {
    expect(createRowCache()(facts(), NOW).map(({ driver }) => driver.id)).toEqual(['d', 'e'])
    expect(createRowCache()(facts({ troubled: new Map([['e', 'act']]) }), NOW).map(({ driver }) => driver.id)).toEqual(['e', 'd'])
  })
})
