import { DRIVER_STATE } from '@doorstep/shared/client'
import type { Alert, BoardDriver } from '@doorstep/shared/contract'
import { FLEET_STATE } from '@doorstep/shared/map/fleet'
import { expect, test } from 'vitest'
import { boardOrderWith } from '../board/board-order.fixture.ts'
import { createMarks } from './fleet-marks.ts'

const NOW = 1_764_000_000_000
const MINUTE = 60_000
const driver = { name: 'Ana Ferreira', isOnline: true, activeOrders: 1, stops: [] } as unknown as BoardDriver
const drivers = (change: Partial<BoardDriver> = {}) => new Map([['d', { ...driver, ...change }]])
const alert = (change: Partial<Alert>): Alert =>
  ({ id: 'a', sinceMs: NOW - 250_000, orderIds: [], driverId: 'd', merchantId: null, text: '', ...change }) as Alert
const late = (minutes: number) =>
  new Map([['o', boardOrderWith({ driverId: 'd' as never, promisedAtMs: NOW, predictedMs: NOW + minutes * MINUTE })]])

test('who somebody must see to is an octagon that says since when, before anything else', () => {
  const marks = createMarks({ drivers: drivers(), orders: late(40), alerts: [alert({ class: 'stuck' })] }, NOW)
  const state = marks.stateOf('d', DRIVER_STATE.carrying)
  expect(state).toBe(FLEET_STATE.act)
  expect(marks.labelOf('d', state, NOW)?.text).toBe('Ana F stuck 4m10s')
})

test('a dark GPS is said with the age of the last fix, never shown as a driver who stands still', () => {
  const marks = createMarks({ drivers: drivers(), orders: new Map(), alerts: [alert({ class: 'gps_dark' })] }, NOW)
  const state = marks.stateOf('d', DRIVER_STATE.carrying)
  expect(state).toBe(FLEET_STATE.gpsDark)
  expect(marks.labelOf('d', state, NOW - 192_000)?.text).toBe('Ana F GPS 3m12s')
})

test('late is gold and says the minutes, beyond thirty it is orange', () => {
  const marksOf = (minutes: number) => createMarks({ drivers: drivers(), orders: late(minutes), alerts: [] }, NOW)
  expect(marksOf(8).stateOf('d', DRIVER_STATE.carrying)).toBe(FLEET_STATE.late)
  expect(marksOf(8).labelOf('d', FLEET_STATE.late, 0)?.text).toBe('Ana F +8')
  expect(marksOf(34).stateOf('d', DRIVER_STATE.carrying)).toBe(FLEET_STATE.veryLate)
})

test('otherwise the mark is what the driver does, and needs no words', () => {
  const marks = (change: Partial<BoardDriver> = {}) =>
    createMarks({ drivers: drivers(change), orders: new Map(), alerts: [] }, NOW)
  expect(marks().stateOf('d', DRIVER_STATE.carrying)).toBe(FLEET_STATE.moving)
  expect(marks({ activeOrders: 0 }).stateOf('d', DRIVER_STATE.idle)).toBe(FLEET_STATE.idle)
  expect(marks({ isOnline: false }).stateOf('d', DRIVER_STATE.idle)).toBe(FLEET_STATE.offline)
  expect(marks({ stops: [{ arrivedAtMs: NOW } as never] }).stateOf('d', DRIVER_STATE.toPickup)).toBe(FLEET_STATE.atStop)
  expect(marks().labelOf('d', FLEET_STATE.moving, NOW)).toBeNull()
})
