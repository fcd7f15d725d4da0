import { seededRng } from '@doorstep/shared/domain'
import { expect, test } from 'vitest'
import { bestPosition, routeWith } from './best-position.ts'
import { offeredDrivers } from './eligibility.ts'
import { JOINT, type JointPolicy, plan, type Snapshot } from './index.ts'
import { compileProblem, type Problem, type StopCode } from './problem.ts'
import { randomSnapshot } from './random-snapshot.fixture.ts'
import { routeCost } from './route-cost.ts'
import { T0 } from './scenario.fixture.ts'
import { indexSnapshot } from './snapshot-index.ts'

const BUNDLINGS = ['none', 'same_merchant', 'nearby_merchants', 'any'] as const

const policyOf = (seed: number): JointPolicy => ({
  ...JOINT,
  bundling: { mode: BUNDLINGS[seed % 4]!, maxOrders: 1 + (seed % 4), withinS: 300 },
  shiftEnd: seed % 3 === 0 ? 'last_pickup' : 'last_drop',
})

/** Every place for the pickup and every later one for the drop. */
function cheapestOfAll(problem: Problem, stops: readonly StopCode[], order: number, driver: number): number {
  let least = Infinity
  for (let i = problem.lockedStops[driver]!; i <= stops.length; i++) {
    for (let j = i; j <= stops.length; j++) {
      const route = [...stops.slice(0, i), 2 * order, ...stops.slice(i, j), 2 * order + 1, ...stops.slice(j)]
      least = Math.min(least, routeCost(problem, driver, route, route.length))
    }
  }
  return least
}

test('no place in a route is cheaper than the one found, whatever was passed over', () => {
  let compared = 0
  let longest = 0
  for (let seed = 1; seed <= 100; seed++) {
    const rng = seededRng(seed)
    const town = randomSnapshot(rng, { orders: 14, drivers: 3, merchants: 3 })
    const drivers = town.drivers.map((driver) => ({ ...driver, maxOrders: 4, capacity: 6 }))
    // With uncertain kitchens the sequence within a visit would matter by a trifle, and only one is tried.
    const orders = town.orders.map((order) => ({ ...order, readySigmaS: 0 }))
    const snapshot: Snapshot = { ...town, orders, drivers }
    const policy = policyOf(seed)
    const { routes } = plan(snapshot, policy, T0, rng).plan
    const problem = compileProblem(indexSnapshot(snapshot, T0), policy, offeredDrivers(snapshot.orders, T0))
    for (const { driverId, stops } of routes) {
      const driver = problem.driverRow.get(driverId)!
      const codes = stops.map((stop) => 2 * problem.rowOf.get(stop.orderId)! + (stop.kind === 'drop' ? 1 : 0))
      longest = Math.max(longest, codes.length)
      for (const order of problem.looseOrders) {
        if (codes.some((code) => code >> 1 === order)) continue
        const { cost, position } = bestPosition(problem, [], codes, order, driver)
        const least = cheapestOfAll(problem, codes, order, driver)
        if (least === Infinity) expect(cost, `seed ${seed}`).toBe(Infinity)
        else {
          expect(cost, `seed ${seed}`).toBeCloseTo(least, 6)
          expect(routeCost(problem, driver, routeWith(codes, order, position), codes.length + 2)).toBe(cost)
          compared++
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(300)
  expect(longest).toBeGreaterThan(5)
})
