import { type OrderId, seededRng } from '@doorstep/shared/domain'
import { describe, expect, test } from 'vitest'
import {
  type Decision,
  JOINT,
  type JointPolicy,
  type Plan,
  type PlannedStop,
  type PlanResult,
  plan,
  SCORED_OFFERS,
  type Snapshot,
} from './index.ts'
import { randomSnapshot } from './random-snapshot.fixture.ts'
import { T0 } from './scenario.fixture.ts'

const RUNS = 2000
const BUNDLINGS = ['none', 'same_merchant', 'nearby_merchants', 'any'] as const

function policyOf(seed: number): JointPolicy {
  return {
    ...JOINT,
    mode: seed % 3 === 0 ? 'assign' : 'offer',
    bundling: { mode: BUNDLINGS[seed % 4]!, maxOrders: 1 + (seed % 3), withinS: 300 },
    shiftEnd: seed % 2 === 0 ? 'last_pickup' : 'last_drop',
    maxOrdersPerDriver: seed % 3 === 1 ? 1 + (seed % 2) : null,
    refuseAfterS: seed % 5 === 0 ? 600 : null,
    guarantee: seed % 2 === 0 ? { perHourMinor: 1500, ordersPerHour: 2 } : null,
    search: { ...JOINT.search, iterations: 8, iterationsPerOrder: 1, iterationsPerFresh: 0 },
  }
}

interface Case {
  snapshot: Snapshot
  policy: JointPolicy
  seed: number
  result: PlanResult
}

const decide = (snapshot: Snapshot, policy: JointPolicy, seed: number, nowMs = T0) =>
  plan(snapshot, policy, nowMs, seededRng(seed))

/** Planned once and looked at by every test. */
const cases = new Map<number, Case>()

function caseOf(seed: number): Case {
  const known = cases.get(seed)
  if (known) return known
  const rng = seededRng(seed)
  const size = { orders: Math.floor(rng() * 16), drivers: Math.floor(rng() * 8), merchants: 1 + Math.floor(rng() * 5) }
  const snapshot = randomSnapshot(rng, size)
  const policy = policyOf(seed)
  const made = { snapshot, policy, seed, result: decide(snapshot, policy, seed) }
  cases.set(seed, made)
  return made
}

/** Fails with the seed, so that it can become a named test. */
function forSeeds(check: (made: Case) => void, step = 1): void {
  for (let seed = 1; seed <= RUNS; seed += step) {
    try {
      check(caseOf(seed))
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
}

/** Every route a result names, with its driver. */
function routesOf(decision: Decision): { driverId: string; route: readonly PlannedStop[] }[] {
  if (decision.kind === 'offer_many') return [...decision.routes]
  return decision.kind === 'offer' || decision.kind === 'assign' ? [{ driverId: decision.driverId, route: decision.route }] : []
}

describe('over random towns', () => {
  test('every order nobody has gets exactly one decision, and no driver two', () => {
    forSeeds(({ snapshot, result }) => {
      const { decisions } = result
      const ids = decisions.filter((decision) => decision.kind !== 'alert').flatMap((decision) => decision.orderIds)
      const open = snapshot.orders.filter((order) => order.assignedDriverId === null).map((order) => order.id)
      expect(ids.toSorted()).toEqual(open.toSorted())
      const asked = decisions.flatMap(routesOf).map((entry) => entry.driverId)
      expect(new Set(asked).size).toBe(asked.length)
    })
  })

  test('an order on hold waits and says so, and a pin that cannot be kept is an alert beside the decision', () => {
    const seen = { onHold: 0, gone: 0 }
    forSeeds(({ snapshot, policy, result }) => {
      for (const order of snapshot.orders) {
        if (order.assignedDriverId !== null || order.offers.length > 0) continue
        const [decision, ...more] = result.decisions.filter((made) => made.kind !== 'alert' && made.orderIds.includes(order.id))
        expect(more).toEqual([])
        if (order.hold) expect(decision).toMatchObject({ kind: 'wait', reason: 'on_hold', plannedDriverId: null })
        if (order.hold) seen.onHold++
        else if (order.pinnedDriverId === 'gone' && order.attempts < policy.maxAttempts) {
          expect(['wait', 'give_up']).toContain(decision!.kind)
          const alerts = result.decisions.filter((made) => made.kind === 'alert' && made.orderIds.includes(order.id))
          expect(alerts).toMatchObject([{ reason: 'pin_cannot_be_kept' }])
          seen.gone++
        }
      }
    })
    expect(Math.min(seen.onHold, seen.gone)).toBeGreaterThan(50)
  })

  test('routes hold what the driver carries, each order once, pickup before drop, locked stops first', () => {
    forSeeds(({ snapshot, result }) => {
      for (const { driverId, stops } of result.plan.routes) {
        const driver = snapshot.drivers.find((candidate) => candidate.id === driverId)!
        const names = stops.map((stop) => `${stop.orderId} ${stop.kind}`)
        expect(new Set(names).size).toBe(names.length)
        const carried = driver.stops.map((stop) => `${stop.orderId} ${stop.kind}`)
        expect(names.filter((name) => carried.includes(name))).toEqual(carried)
        const locked = driver.stops.filter((stop) => stop.locked).length
        expect(names.slice(0, locked)).toEqual(carried.slice(0, locked))
        for (const stop of stops) {
          if (stop.kind === 'pickup')
            expect(names.indexOf(`${stop.orderId} drop`)).toBeGreaterThan(names.indexOf(`${stop.orderId} pickup`))
        }
      }
    })
  })

  test('capacity, shift, pins, exclusions, holds and the number of orders held are kept', () => {
    forSeeds(({ snapshot, policy, result }) => {
      const orders = new Map(snapshot.orders.map((order) => [order.id, order]))
      for (const decision of result.decisions) {
        for (const { driverId, route } of routesOf(decision)) {
          const driver = snapshot.drivers.find((candidate) => candidate.id === driverId)!
          expect(driver.state).toBe('online')
          expect(driver.fixAgeMs).toBeLessThanOrEqual(policy.staleAfterS * 1000)
          const held = new Set([...driver.stops.map((stop) => stop.orderId), ...decision.orderIds])
          expect(held.size).toBeLessThanOrEqual(Math.min(driver.maxOrders, policy.maxOrdersPerDriver ?? Infinity))
          for (const id of decision.orderIds) {
            const order = orders.get(id)!
            expect(order.excluded.map((exclusion) => exclusion.driverId)).not.toContain(driverId)
            expect([null, driverId]).toContain(order.pinnedDriverId)
            expect(order.hold).toBe(false)
            const last = route.find(
              (stop) => stop.orderId === id && stop.kind === (policy.shiftEnd === 'last_drop' ? 'drop' : 'pickup'),
            )!
            expect(last.atMs).toBeLessThanOrEqual((driver.shiftEndMs ?? Infinity) + 1)
          }
          checkLoads(snapshot, policy, driver.capacity, new Set(decision.orderIds), route)
        }
      }
    })
  })

  test('the plan is never dearer than the previous one, and the same input gives the same answer', () => {
    forSeeds(({ snapshot, policy, seed, result: first }) => {
      expect(first.cost!).toBeLessThanOrEqual(first.previousCost! + 1e-6)
      const next: Snapshot = { ...snapshot, previous: JSON.parse(JSON.stringify(first.plan)) as Plan }
      const second = decide(next, policy, seed, T0 + 1000)
      expect(second.cost!).toBeLessThanOrEqual(second.previousCost! + 1e-6)
      const stored = JSON.stringify(second)
      expect(JSON.stringify(decide(next, policy, seed, T0 + 1000))).toBe(stored)
      expect(JSON.parse(stored)).toEqual(second)
    }, 5)
  })

  test('an explanation names the chosen driver, its terms sum to its total, and nobody is both candidate and left out', () => {
    forSeeds(({ result }) => {
      for (const decision of result.decisions) {
        for (const explanation of decision.explanations) {
          for (const candidate of explanation.candidates) {
            const sum = candidate.terms.reduce((total, term) => total + term.points, 0)
            expect(Math.abs(sum - candidate.total)).toBeLessThan(1e-3)
          }
          const named = explanation.candidates.map((candidate) => candidate.driverId)
          for (const { driverId } of explanation.excluded) expect(named).not.toContain(driverId)
          if (decision.kind === 'offer' || decision.kind === 'assign') expect(explanation.chosenDriverId).toBe(decision.driverId)
        }
      }
    })
  })

  test('scored offers give every open order one decision and every driver one offer', () => {
    forSeeds(({ snapshot, policy: { maxOrdersPerDriver } }) => {
      const { decisions } = plan(snapshot, { ...SCORED_OFFERS, maxOrdersPerDriver }, T0, seededRng(1))
      const open = snapshot.orders.filter((order) => order.assignedDriverId === null).map((order) => order.id)
      expect(decisions.flatMap((decision) => decision.orderIds).toSorted()).toEqual(open.toSorted())
      const asked = decisions.flatMap((decision) => (decision.kind === 'offer' ? [decision.driverId] : []))
      expect(new Set(asked).size).toBe(asked.length)
      for (const { id, stops, maxOrders } of snapshot.drivers) {
        if (!asked.includes(id)) continue
        const held = new Set(stops.map((stop) => stop.orderId)).size + 1
        expect(held).toBeLessThanOrEqual(Math.min(maxOrders, maxOrdersPerDriver ?? Infinity))
      }
    })
  })
})

/** What is on board stays within the vehicle and the bundling rule wherever one of the decided orders is on board. */
function checkLoads(
  snapshot: Snapshot,
  policy: JointPolicy,
  capacity: number,
  decided: ReadonlySet<OrderId>,
  route: readonly PlannedStop[],
): void {
  const sizes = new Map(snapshot.orders.map((order) => [order.id, order.size]))
  const pickedUp = new Set(route.filter((stop) => stop.kind === 'pickup').map((stop) => stop.orderId))
  const aboard = new Set(route.filter((stop) => !pickedUp.has(stop.orderId)).map((stop) => stop.orderId))
  for (const stop of route) {
    if (stop.kind === 'drop') aboard.delete(stop.orderId)
    else aboard.add(stop.orderId)
    if (stop.kind === 'drop' || !decided.has(stop.orderId)) continue
    expect([...aboard].reduce((sum, id) => sum + sizes.get(id)!, 0)).toBeLessThanOrEqual(capacity)
    expect(aboard.size).toBeLessThanOrEqual(Math.max(1, policy.bundling.maxOrders))
  }
}
