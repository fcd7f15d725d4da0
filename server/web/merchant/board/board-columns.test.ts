import type { MerchantBoard, MerchantOrder } from '@doorstep/shared/contract'
import { expect, test } from 'vitest'
import { boardColumns, kitchenProgress, putOrder } from './board-columns.ts'
import { driverNote } from './driver-note.ts'
import { prepChoices } from './prep-choices.ts'
import { forgetOld, ringingOrders } from './ringing.ts'

const order = (id: string, column: MerchantOrder['column'], extra: Partial<MerchantOrder> = {}) =>
  ({
    id,
    column,
    version: 1,
    placedAtMs: 0,
    kitchenReadyMs: null,
    readyAtMs: null,
    pickedUpAtMs: null,
    ...extra,
  }) as MerchantOrder
const ids = (orders: readonly MerchantOrder[]) => orders.map((one) => one.id)
const board = (...orders: MerchantOrder[]) =>
  ({ orders, today: { orders: orders.length, onTimeShare: null } }) as unknown as MerchantBoard

test('what has waited longest or is due first stands first, what was handed over last stands first', () => {
  const columns = boardColumns([
    order('b', 'new', { placedAtMs: 2 }),
    order('a', 'new', { placedAtMs: 1 }),
    order('d', 'preparing', { kitchenReadyMs: 20 }),
    order('c', 'preparing', { kitchenReadyMs: 10 }),
    order('e', 'handed_over', { pickedUpAtMs: 1 }),
    order('f', 'handed_over', { pickedUpAtMs: 2 }),
    order('x', 'ended'),
  ])
  expect(ids(columns.new)).toEqual(['a', 'b'])
  expect(ids(columns.preparing)).toEqual(['c', 'd'])
  expect(ids(columns.handed_over)).toEqual(['f', 'e'])
})

test('an older version of an order never replaces a newer one', () => {
  const newer = order('a', 'ready', { version: 5 })
  expect(putOrder(board(newer), order('a', 'preparing', { version: 4 })).orders).toEqual([newer])
  expect(putOrder(board(order('a', 'new')), newer).orders).toEqual([newer])
})

test('an order that comes in is counted today', () => {
  expect(putOrder(board(order('a', 'new')), order('b', 'new')).today.orders).toBe(2)
})

test('the kitchen sees the minutes left, and how late it is', () => {
  const cooking = { acceptedAtMs: 0, placedAtMs: 0, kitchenReadyMs: 600_000 }
  expect(kitchenProgress(cooking, 300_000)).toEqual({ share: 0.5, minutesLeft: 5, isLate: false })
  expect(kitchenProgress(cooking, 780_000)).toEqual({ share: 1, minutesLeft: -3, isLate: true })
})

test('a new order rings until somebody has seen it, and only while it is new', () => {
  const orders = [order('a', 'new'), order('b', 'new'), order('c', 'preparing')]
  expect(ids(ringingOrders(orders, { acknowledged: new Set(['a']) }))).toEqual(['b'])
  expect([...forgetOld(new Set(['a', 'c', 'gone']), orders)]).toEqual(['a'])
})

test('preparation times go in steps of five around the usual one', () => {
  expect(prepChoices(15)).toEqual({ choices: [10, 15, 20, 25, 30, 35], usual: 15 })
  expect(prepChoices(3)).toEqual({ choices: [5, 10, 15, 20, 25, 30], usual: 5 })
  expect(prepChoices(22).choices).toContain(prepChoices(22).usual)
})

test('a driver who is near is said in minutes, one who is far by the clock, one who was taken away at once', () => {
  const driver = (etaMs: number | null, isHere = false) => ({
    delivery: 'assigned' as const,
    driver: { name: 'Rita', vehicle: 'bicycle' as const, isHere, etaMs },
  })
  expect(driverNote(driver(90_000), true, 0)).toEqual({ kind: 'soon', name: 'Rita', minutes: 2 })
  expect(driverNote(driver(1_320_000), true, 0)).toEqual({ kind: 'later', name: 'Rita', atMs: 1_320_000 })
  expect(driverNote(driver(null, true), true, 0)).toEqual({ kind: 'here', name: 'Rita' })
  expect(driverNote({ delivery: 'waiting', driver: null }, true, 0)).toEqual({ kind: 'changing' })
  expect(driverNote({ delivery: 'waiting', driver: null }, false, 0)).toEqual({ kind: 'looking' })
})
