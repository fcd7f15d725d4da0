import type { Term } from './decision.ts'
import type { ScoredOffersPolicy } from './policy.ts'
import { activeOrders, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerDriver, PlannerOrder } from './types.ts'

/** The four terms of the `scored-offers` score, each between 0 and its weight. */
export function scoreTerms(index: SnapshotIndex, policy: ScoredOffersPolicy, order: PlannerOrder, driver: PlannerDriver): Term[] {
  const { weights, radiusKm, loadCap } = policy
  const km = index.km(driver.place, order.pickupPlace)
  const active = activeOrders(driver)
  return [
    { code: 'distance', amount: km, unit: 'km', points: weights.distance * Math.max(0, 1 - km / radiusKm) },
    { code: 'rating', amount: driver.rating, unit: 'stars', points: (weights.rating * driver.rating) / 5 },
    { code: 'acceptance', amount: driver.acceptanceRate, unit: 'share', points: weights.acceptance * driver.acceptanceRate },
    { code: 'load', amount: active, unit: 'orders', points: weights.load * Math.max(0, 1 - active / loadCap) },
  ]
}

/** The sum of the terms' points. */
export function totalOf(terms: readonly Term[]): number {
  let total = 0
  for (const term of terms) total += term.points
  return total
}
