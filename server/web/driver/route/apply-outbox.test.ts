import type { DriverState, Stop } from '@doorstep/shared/contract'
import type { OrderId } from '@doorstep/shared/domain'
import { expect, test } from 'vitest'
import type { OutboxActionName, OutboxEntry } from '../outbox/outbox-entry.ts'
import { applyOutbox } from './apply-outbox.ts'
import { impliedDeparture, nextAction } from './next-action.ts'

const order = (n: number) => `00000000-0000-4000-8000-00000000000${n}` as OrderId
const stop = (kind: Stop['kind'], n: number, arrivedAtMs: number | null = null) =>
  ({ kind, orderId: order(n), number: n, name: `${kind} ${n}`, arrivedAtMs }) as Stop
const offer = {
  orderId: order(2),
  number: 2,
  offeredAtMs: 500,
  merchant: { name: 'M' },
  drop: { address: 'D' },
} as DriverState['offers'][0]
const state = (stops: Stop[], offers: DriverState['offers'] = []) => ({ offers, route: { stops } }) as unknown as DriverState
const entry = (action: OutboxActionName, n: number, extra: Partial<OutboxEntry> = {}) =>
  ({ id: action, seq: 1, action, orderId: order(n), number: n, state: 'waiting', doneAtMs: 1_000, ...extra }) as OutboxEntry
const shown = (stops: readonly { kind: string; number: number }[]) => stops.map((one) => `${one.kind} ${one.number}`)

test('what was done counts at once and is marked until the server has it', () => {
  const { stops } = applyOutbox(state([stop('pickup', 1), stop('drop', 1)]), 0, [entry('arrive_at_merchant', 1)])
  expect(stops[0]).toMatchObject({ arrivedAtMs: 1_000, isSyncing: true })
  expect(stops[1]?.isSyncing).toBe(false)
})

test('what the server knows already changes nothing when it is applied again', () => {
  const known = state([stop('drop', 1)])
  const after = applyOutbox(known, 0, [entry('pick_up', 1, { state: 'sent', sentAtMs: 5 })])
  expect(shown(after.stops)).toEqual(['drop 1'])
})

test('what arrived before the server last spoke is left to the server', () => {
  const reassigned = state([stop('pickup', 1), stop('drop', 1)])
  const after = applyOutbox(reassigned, 10_000, [entry('pick_up', 1, { state: 'sent', sentAtMs: 5_000 })])
  expect(shown(after.stops)).toEqual(['pickup 1', 'drop 1'])
})

test('an accepted offer shows its two stops before the server has planned them, once', () => {
  const accept = entry('accept', 2, { offer })
  expect(shown(applyOutbox(state([stop('drop', 1)], [offer]), 0, [accept]).stops)).toEqual(['drop 1', 'pickup 2', 'drop 2'])
  const planned = state([stop('pickup', 2), stop('drop', 1), stop('drop', 2)])
  expect(shown(applyOutbox(planned, 0, [accept]).stops)).toEqual(['pickup 2', 'drop 1', 'drop 2'])
})

test('an answered offer does not come back with an answer of the server from before, a new offer does', () => {
  const declined = entry('decline', 2, { state: 'sent', sentAtMs: 1_000 })
  expect(applyOutbox(state([], [offer]), 2_000, [declined]).offers).toEqual([])
  expect(applyOutbox(state([], [{ ...offer, offeredAtMs: 1_500 }]), 2_000, [declined]).offers).toHaveLength(1)
})

test('the big button follows from the stop', () => {
  expect(nextAction(stop('pickup', 1))).toBe('arrive_at_merchant')
  expect(nextAction(stop('pickup', 1, 5))).toBe('pick_up')
  expect(nextAction(stop('drop', 1))).toBe('arrive_at_customer')
  expect(nextAction(stop('drop', 1, 5))).toBe('deliver')
})

test('one departs for a customer when their door is next, not while another pickup is', () => {
  const pickup = stop('pickup', 1)
  expect(impliedDeparture([pickup, stop('drop', 1)], pickup, 'pick_up')?.orderId).toBe(order(1))
  expect(impliedDeparture([pickup, stop('pickup', 2), stop('drop', 1)], pickup, 'pick_up')).toBeUndefined()
  const drop = stop('drop', 1)
  expect(impliedDeparture([drop, stop('drop', 2)], drop, 'deliver')?.orderId).toBe(order(2))
  expect(impliedDeparture([pickup, stop('drop', 1)], pickup, 'arrive_at_merchant')).toBeUndefined()
})
