import type { BoardOrder } from '@doorstep/shared/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boardOrderWith } from './board-order.fixture.ts'
import { filterQueue, NO_FILTER } from './filter-queue.ts'
import { orderLook } from './order-look.ts'
import { lateness, slackMs } from './slack.ts'
import { DEFAULT_SORT, sortQueue } from './sort-queue.ts'

const NOW = 1_764_000_000_000
const MINUTE = 60_000
const nobody = () => ''
const numbers = (orders: readonly BoardOrder[]) => orders.map((order) => order.number)

describe('slack', () => {
  test('is promised minus predicted', () => {
    expect(slackMs(boardOrderWith({ promisedAtMs: NOW + 20 * MINUTE, predictedMs: NOW + 26 * MINUTE }), NOW)).toBe(-6 * MINUTE)
  })

  test('keeps falling once the prediction has passed and nobody delivered', () => {
    const order = boardOrderWith({ promisedAtMs: NOW, predictedMs: NOW - 5 * MINUTE })
    expect(slackMs(order, NOW + 3 * MINUTE)).toBe(-3 * MINUTE)
    expect(slackMs(order, NOW + 4 * MINUTE)).toBe(-4 * MINUTE)
  })

  test('of an order nobody can predict is unknown, not zero', () => {
    expect(slackMs(boardOrderWith({ predictedMs: null }), NOW)).toBeNull()
    expect(lateness(null)).toBe('on_time')
  })

  test('is gold from a minute on and orange from thirty', () => {
    expect([-59_000, -60_000, -29 * MINUTE, -30 * MINUTE].map(lateness)).toEqual(['on_time', 'late', 'late', 'very_late'])
  })
})

describe('the queue', () => {
  test('has the worst first whatever order the board comes in', () => {
    const order = fc.record({
      promised: fc.integer({ min: -90, max: 90 }),
      predicted: fc.option(fc.integer({ min: -90, max: 90 })),
    })
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40 }), (times) => {
        const orders = times.map(({ promised, predicted }, number) =>
          boardOrderWith({
            number,
            promisedAtMs: NOW + promised * MINUTE,
            predictedMs: predicted === null ? null : NOW + predicted * MINUTE,
          }),
        )
        const slacks = sortQueue(orders, DEFAULT_SORT, NOW, nobody).map((each) => slackMs(each, NOW) ?? Number.POSITIVE_INFINITY)
        expect(slacks).toEqual([...slacks].sort((a, b) => a - b))
      }),
    )
  })

  test('keeps orders of the same slack in the order of their numbers', () => {
    const orders = [3, 1, 2].map((number) => boardOrderWith({ number, promisedAtMs: NOW, predictedMs: NOW + MINUTE }))
    expect(numbers(sortQueue(orders, DEFAULT_SORT, NOW, nobody))).toEqual([1, 2, 3])
  })

  test('sorts by merchant and turns round', () => {
    const orders = ['Bao', 'Água', 'Casa'].map((merchantName, number) => boardOrderWith({ merchantName, number }))
    expect(numbers(sortQueue(orders, { key: 'merchant', descending: false }, NOW, nobody))).toEqual([1, 0, 2])
    expect(numbers(sortQueue(orders, { key: 'merchant', descending: true }, NOW, nobody))).toEqual([2, 0, 1])
  })

  test('finds by number, customer, street, note and driver, without case or accents, all words needed', () => {
    const order = boardOrderWith({
      number: 4821,
      merchantName: 'Casa Bolhão',
      customerName: 'Helena Brandão',
      dropAddress: 'R. da Torrinha 88',
      note: 'Bell broken',
      driverId: 'd1' as never,
    })
    const finds = (text: string) => filterQueue([order], { ...NO_FILTER, text }, NOW, () => 'Rui Tavares').length === 1
    expect(['4821', 'bolhao', 'HELENA torrinha', 'bell', 'rui', ' '].map(finds)).toEqual([true, true, true, true, true, true])
    expect(finds('helena 4822')).toBe(false)
  })

  test('shows no ended order, and only what the filter asks for', () => {
    const orders = [
      boardOrderWith({ number: 1, endedAtMs: NOW }),
      boardOrderWith({ number: 2, delivery: 'waiting', kitchen: 'preparing' }),
      boardOrderWith({ number: 3, delivery: 'in_transit' }),
      boardOrderWith({ number: 4, delivery: 'waiting', kitchen: 'placed', promisedAtMs: NOW + 90 * MINUTE }),
    ]
    const shown = (filter: object) => numbers(filterQueue(orders, { ...NO_FILTER, ...filter }, NOW, nobody))
    expect(shown({})).toEqual([2, 3, 4])
    expect(shown({ state: 'unassigned' })).toEqual([2])
    expect(shown({ state: 'drop' })).toEqual([3])
    expect(shown({ withinMin: 60 })).toEqual([2, 3])
  })
})

describe('how an order looks', () => {
  test('someone must act beats lateness, lateness beats risk, risk beats state', () => {
    const late = boardOrderWith({ promisedAtMs: NOW, predictedMs: NOW + 5 * MINUTE, delivery: 'in_transit' })
    const fine = { ...late, predictedMs: NOW - MINUTE, promisedAtMs: NOW + 9 * MINUTE }
    expect(orderLook(late, new Set(['stuck', 'late']), NOW).word).toBe('Driver stuck')
    expect(orderLook(late, new Set(['at_risk']), NOW).word).toBe('Late')
    expect(orderLook(fine, new Set(['at_risk', 'gps_dark']), NOW).word).toBe('At risk')
    expect(orderLook(fine, undefined, NOW).word).toBe('Drop ahead')
  })

  test('no driver found is for a person only while there is none', () => {
    const order = boardOrderWith({ noDriverAvailable: true, delivery: 'waiting' })
    expect(orderLook(order, undefined, NOW).tone).toBe('act')
    expect(orderLook({ ...order, driverId: 'd' as never, delivery: 'assigned' }, undefined, NOW).tone).toBe('moving')
  })
})
