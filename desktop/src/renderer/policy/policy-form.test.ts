import type { DispatchPolicy } from '@doorstep/shared/contract'
import { expect, test } from 'vitest'
import { changeOf, differingFields, errorsOf, formOf } from './policy-form.ts'
import { fieldWord, POLICY_COLUMNS } from './policy-words.ts'

const policy: DispatchPolicy = {
  zoneId: 'zone' as DispatchPolicy['zoneId'],
  version: 3,
  name: 'joint',
  autonomy: 'auto',
  vetoWindowS: 20,
  mode: 'offer',
  offerTimeoutS: 30,
  radiusKm: 5,
  maxAttempts: 5,
  retryS: 10,
  maxOrdersPerDriver: null,
  bundling: { mode: 'nearby_merchants', maxOrders: 3, withinS: 240 },
  weights: {
    doorPerMin: 20,
    latePerMin: 40,
    foodWaitPerMin: 10,
    busyPerMin: 5,
    ridePerMin: 2,
    pay: 1,
    fairness: 50,
    decline: 100,
  },
  refuseAfterS: null,
}

test('only what was changed is sent, and a part of a group brings the whole group', () => {
  const form = { ...formOf(policy), radiusKm: '7,5', 'weights.pay': '2', maxOrdersPerDriver: '4', 'bundling.mode': 'any' }
  expect(changeOf(form, policy)).toEqual({
    change: {
      radiusKm: 7.5,
      maxOrdersPerDriver: 4,
      bundling: { ...policy.bundling, mode: 'any' },
      weights: { ...policy.weights, pay: 2 },
    },
    errors: {},
  })
  expect(changeOf(formOf(policy), policy)).toEqual({ change: {}, errors: {} })
})

test('no number is said at its field; empty means no limit only where that makes sense', () => {
  const form = { ...formOf(policy), radiusKm: '', retryS: 'soon' }
  expect(Object.keys(changeOf(form, policy).errors)).toEqual(['retryS', 'radiusKm'])
  const limited = { ...policy, refuseAfterS: 600 }
  expect(changeOf({ ...formOf(limited), refuseAfterS: '' }, limited)).toEqual({ change: { refuseAfterS: null }, errors: {} })
})

test('the server’s refusals stand at their fields', () => {
  expect(errorsOf([{ field: 'body.weights.pay', rule: 'too_big', message: 'Too big' }])).toEqual({ 'weights.pay': 'Too big' })
})

test('what somebody else saved meanwhile is told by field', () => {
  expect(differingFields(policy, { ...policy, radiusKm: 6, weights: { ...policy.weights, pay: 3 } }).map(fieldWord)).toEqual([
    'Radius',
    'Pay',
  ])
})

test('every field of the policy can be edited', () => {
  const shown = POLICY_COLUMNS.flat().flatMap((group) => group.fields.map(({ field }) => field))
  expect(shown.sort()).toEqual(Object.keys(formOf(policy)).sort())
})
