import type { DispatchBoard } from '@doorstep/shared/contract'
import { describe, expect, test } from 'vitest'
import { boardOrderWith } from '../board/board-order.fixture.ts'
import { parseLink } from '../bridge.ts'
import { createConsoleStore, forgetEnded, putBoard, putOrders } from './console-store.ts'
import { describeCommand } from './describe-command.ts'
import { refusalWords } from './refusal-words.ts'
import { createServerClock } from './server-clock.ts'

describe('the board in memory', () => {
  test('an answer that comes late never puts back an older version', () => {
    const store = createConsoleStore()
    putOrders(store, [boardOrderWith({ number: 1, version: 5 })])
    putOrders(store, [boardOrderWith({ number: 1, version: 4, delivery: 'waiting' })])
    expect(store.getState().orders.get('order-1')).toMatchObject({ version: 5, delivery: 'assigned' })
  })

  test('a forecast that moves without a new version is taken', () => {
    const store = createConsoleStore()
    putOrders(store, [boardOrderWith({ number: 1, version: 5, predictedMs: 1 })])
    putOrders(store, [boardOrderWith({ number: 1, version: 5, predictedMs: 2 })])
    expect(store.getState().orders.get('order-1')?.predictedMs).toBe(2)
  })

  test('a whole board replaces everything, so that nothing gone stays', () => {
    const store = createConsoleStore()
    putOrders(store, [boardOrderWith({ number: 1 })])
    putBoard(store, { orders: [boardOrderWith({ number: 2 })], drivers: [], alerts: [] } as unknown as DispatchBoard)
    expect([...store.getState().orders.keys()]).toEqual(['order-2'])
  })

  test('ended orders go after a while, but not from under the inspector', () => {
    const store = createConsoleStore()
    putOrders(store, [
      boardOrderWith({ number: 1, endedAtMs: 10 }),
      boardOrderWith({ number: 2, endedAtMs: 10 }),
      boardOrderWith({ number: 3 }),
    ])
    store.setState({ selection: { kind: 'order', id: 'order-2' } })
    forgetEnded(store, 20)
    expect([...store.getState().orders.keys()]).toEqual(['order-2', 'order-3'])
  })
})

test('a command’s answer is told old and new side by side, with nothing that did not change', () => {
  const drivers = new Map([
    ['a', { name: 'Ana Ferreira' }],
    ['r', { name: 'Rui Tavares' }],
  ]) as never
  const order = boardOrderWith({ number: 4821, driverId: 'r' as never, promisedAtMs: 1_200_000, predictedMs: 600_000 })
  const kept = { pinnedDriverId: null, isHeld: false, priority: 0, promisedAtMs: 1_200_000 }
  const result = (predictedMs: number) => ({ order, before: { ...kept, driverId: 'a', predictedMs } }) as never
  expect(describeCommand(result(1_500_000), { drivers, zone: null })).toMatchObject({
    text: '#4821 to Rui T',
    changes: [
      { what: 'Driver', was: 'Ana F', now: 'Rui T' },
      { what: 'Arrives', was: '00:25', now: '00:10' },
      { what: 'Slack', was: '−5:00', now: '10:00' },
    ],
  })
  expect(describeCommand(result(600_000), { drivers, zone: null }).changes).toHaveLength(1)
})

test('a stale command says who changed what', () => {
  const refusal = { code: 'stale_version', title: 'x', changedBy: 'Tiago', change: 'order.reassigned' } as const
  expect(refusalWords('#4821', refusal).text).toBe('#4821 was not changed. Tiago changed it first: reassigned')
})

describe('the server’s clock', () => {
  test('runs at the server’s speed between corrections and ignores jitter', () => {
    let mono = 0
    const clock = createServerClock(() => mono)
    clock.set(1_000_000, 10)
    mono = 100
    expect(clock.nowMs()).toBe(1_001_000)
    clock.set(1_001_300)
    expect(clock.nowMs()).toBe(1_001_000)
    clock.set(1_900_000)
    expect(clock.nowMs()).toBe(1_900_000)
  })
})

test('links lead to an order, a driver or a session, and nothing else', () => {
  expect(parseLink('order=abc')).toEqual({ kind: 'order', id: 'abc' })
  expect(parseLink('token=t%20k')).toEqual({ kind: 'token', token: 't k' })
  expect(parseLink('section')).toBeUndefined()
})
