import { expect, test } from 'vitest'
import { type Assignment, evaluateDay, playSolution, quantile } from './mdrp-evaluate.ts'
import type { MdrpInstance } from './mdrp-instance.ts'

/** Places chosen so that the legs take 6, 6, 4 and then 6, 11 minutes, as in the example of the data's description. */
const instance: MdrpInstance = {
  name: 'example',
  orders: [
    { id: 'o1', restaurant: 'r1', x: 1920, y: 0, placed: 743, ready: 753 },
    { id: 'o54', restaurant: 'r1', x: 1920, y: 1280, placed: 740, ready: 750 },
    { id: 'o99', restaurant: 'r52', x: 1920, y: -4160, placed: 756, ready: 774 },
  ],
  restaurants: new Map([
    ['r1', { x: 0, y: 0 }],
    ['r52', { x: 1920, y: -640 }],
  ]),
  couriers: [
    { id: 'c108', x: -1900, y: 0, on: 720, off: 840 },
    { id: 'c1', x: 0, y: 0, on: 720, off: 780 },
  ],
  parameters: { metersPerMinute: 320, pickupService: 4, dropService: 4, target: 40, payPerOrder: 10, guaranteePerHour: 15 },
}
const solution: Assignment[] = [
  { courier: 'c108', notifiedAt: 743, orders: ['o1', 'o54'] },
  { courier: 'c108', notifiedAt: 756, orders: ['o99'] },
]

test('the worked example comes out to the minute', () => {
  const { timed, infeasible } = playSolution(instance, solution)
  expect(infeasible).toEqual([])
  expect(timed).toMatchObject([
    { start: 743, arrive: 749, pickup: 753, drops: [763, 771], free: 773 },
    { start: 773, arrive: 779, pickup: 781, drops: [796], free: 798 },
  ])
  const metrics = evaluateDay(instance, solution)
  expect(metrics.clickToDoorMean).toBeCloseTo((20 + 31 + 40) / 3, 12)
  expect(metrics.readyToPickupMean).toBeCloseTo((0 + 3 + 7) / 3, 12)
  expect(metrics).toMatchObject({
    delivered: 3,
    deliveredShare: 1,
    overageMean: 0,
    costPerOrder: (30 + 15) / 3,
    bundledShare: 2 / 3,
  })
})

test.each<[string, Assignment]>([
  ['unknown courier', { courier: 'nobody', notifiedAt: 800, orders: ['o1'] }],
  ['unknown order', { courier: 'c108', notifiedAt: 800, orders: ['o2'] }],
  ['twice', { courier: 'c108', notifiedAt: 800, orders: ['o1', 'o1'] }],
  ['another restaurant', { courier: 'c108', notifiedAt: 800, orders: ['o1', 'o99'] }],
  ['not placed yet', { courier: 'c108', notifiedAt: 742, orders: ['o1'] }],
  ['whole number', { courier: 'c108', notifiedAt: 800.5, orders: ['o1'] }],
  ['is after 780', { courier: 'c1', notifiedAt: 790, orders: ['o1'] }],
  ['of another restaurant', { courier: 'c108', notifiedAt: 800, orders: ['o1'], restaurant: 'r52' }],
])('an entry that breaks a rule is listed and left out: %s', (words, entry) => {
  const { timed, infeasible } = playSolution(instance, [entry])
  expect(timed).toEqual([])
  expect(infeasible).toHaveLength(1)
  expect(infeasible[0]).toContain(words)
})

test('assignments run in the order of their notices, ties in file order', () => {
  const late = { courier: 'c108', notifiedAt: 760, orders: ['o54'] }
  const { timed } = playSolution(instance, [
    late,
    { courier: 'c108', notifiedAt: 760, orders: ['o99'] },
    { ...late, notifiedAt: 743, orders: ['o1'] },
  ])
  expect(timed.map((entry) => entry.orders[0])).toEqual(['o1', 'o54', 'o99'])
})

test('quantiles interpolate between ranks', () => {
  expect(quantile([10, 20, 30, 40], 0.9)).toBeCloseTo(37, 12)
  expect(quantile([7], 0.9)).toBe(7)
})
