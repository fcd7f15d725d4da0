import { seededRng } from '@doorstep/shared/domain'
import { expect, test } from 'vitest'
import { plan, readVroom, type VroomProblem, writeVroom } from './index.ts'

/** A line of points ten seconds apart. */
const durations = Array.from({ length: 8 }, (_, from) => Array.from({ length: 8 }, (_, to) => 10 * Math.abs(from - to)))

const problem: VroomProblem = {
  vehicles: [
    { id: 7, start_index: 0, capacity: [2] },
    { id: 9, start_index: 7, capacity: [2], time_window: [0, 3600] },
  ],
  shipments: [
    { pickup: { id: 1, location_index: 1, service: 5 }, delivery: { id: 2, location_index: 3, service: 5 }, amount: [1] },
    {
      pickup: { id: 3, location_index: 2, service: 5 },
      delivery: { id: 4, location_index: 4, service: 5 },
      amount: [1],
    },
    { pickup: { id: 5, location_index: 6, service: 5 }, delivery: { id: 6, location_index: 5, service: 5 }, amount: [1] },
  ],
  matrices: { car: { durations } },
}

function solve(changes: Partial<VroomProblem> = {}) {
  const changed = { ...problem, ...changes }
  const input = readVroom(changed, 300)
  if (!input.ok) return input.error
  return writeVroom(changed, input.value, plan(input.value.snapshot, input.value.policy, 0, seededRng(1)).plan)
}

test('shipments are carried with the least riding', () => {
  const solution = solve()
  expect(solution).toMatchObject({
    code: 0,
    unassigned: [],
    summary: { cost: 60, routes: 2, unassigned: 0, service: 30, violations: 0 },
  })
  const routes = 'routes' in solution ? solution.routes : []
  expect(routes.map((route) => route.steps.map((step) => step.id ?? route.vehicle))).toEqual([
    [7, 1, 3, 2, 4],
    [9, 5, 6],
  ])
  expect(routes[0]!.steps.map((step) => step.load[0])).toEqual([0, 1, 2, 1, 0])
})

test('a delivery that cannot be in time is made all the same, and reported', () => {
  const [first] = problem.shipments
  const late = { ...first!, delivery: { ...first!.delivery, time_windows: [[0, 10] as const] } }
  const solution = solve({ shipments: [late] })
  expect(solution).toMatchObject({ summary: { unassigned: 0, violations: 1 } })
  expect('routes' in solution && solution.routes[0]!.steps.at(-1)).toMatchObject({ id: 2, arrival: 35, delay: 25 })
})

test('what does not fit any vehicle is left unassigned', () => {
  const [first, ...rest] = problem.shipments
  expect(solve({ shipments: [{ ...first!, amount: [3] }, ...rest] })).toMatchObject({
    summary: { unassigned: 2 },
    unassigned: [
      { id: 1, type: 'pickup' },
      { id: 2, type: 'delivery' },
    ],
  })
})

test('what the planner cannot do is said, not ignored', () => {
  expect(solve({ jobs: [{}] })).toMatchObject({ kind: 'unsupported' })
  expect(solve({ matrices: {} })).toMatchObject({ kind: 'unsupported', why: 'no matrix for profile car' })
})
