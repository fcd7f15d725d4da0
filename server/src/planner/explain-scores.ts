import type { Candidate, Counterfactual, Explanation } from './decision.ts'
import { exclusionOf, type Offered } from './eligibility.ts'
import { insertOrder } from './insert-order.ts'
import { type LeftOut, leftOut } from './left-out.ts'
import type { ScoredOffersPolicy } from './policy.ts'
import { scoreTerms, totalOf } from './score-driver.ts'
import { byId, type SnapshotIndex } from './snapshot-index.ts'
import type { PlannerDriver, PlannerOrder } from './types.ts'

/** Ranks the drivers for one order by score and says why the others were left out. Chooses the first. */
export function explainScores(
  index: SnapshotIndex,
  policy: ScoredOffersPolicy,
  offered: Offered,
  order: PlannerOrder,
): Explanation {
  const excluded: LeftOut[] = []
  const near: { driver: PlannerDriver; km: number }[] = []
  for (const driver of index.snapshot.drivers) {
    const km = index.km(driver.place, order.pickupPlace)
    const exclusion = exclusionOf(index, policy, offered, order, driver)
    if (exclusion) excluded.push({ exclusion, km })
    else near.push({ driver, km })
  }
  near.sort((a, b) => a.km - b.km || byId(a.driver.id, b.driver.id))
  for (const { driver, km } of near.splice(policy.nearest)) {
    excluded.push({ exclusion: { driverId: driver.id, reason: 'not_among_nearest', value: km, limit: policy.nearest }, km })
  }
  const ranked: Omit<Candidate, 'rank'>[] = []
  for (const { driver, km } of near) {
    const insertion = insertOrder(index, driver, order, policy.service)
    if ('failure' in insertion) {
      excluded.push({ exclusion: { driverId: driver.id, reason: insertion.failure, value: null, limit: null }, km })
      continue
    }
    const terms = scoreTerms(index, policy, order, driver)
    ranked.push({ driverId: driver.id, total: totalOf(terms), terms, impact: insertion.impact })
  }
  ranked.sort((a, b) => b.total - a.total || byId(a.driverId, b.driverId))
  const candidates = ranked.map((candidate, i) => ({ ...candidate, rank: i + 1 }))
  return {
    orderId: order.id,
    better: 'more',
    chosenDriverId: candidates[0]?.driverId ?? null,
    candidates,
    runnerUp: candidates[1] ? { driverId: candidates[1].driverId, worseBy: candidates[0]!.total - candidates[1].total } : null,
    ...leftOut(excluded),
    wouldChange: candidates.slice(1, 4).flatMap((other) => neededDistance(policy, candidates[0]!, other)),
  }
}

/** How near the merchant a lower-ranked driver would have had to be to come first, where any distance would do. */
function neededDistance(policy: ScoredOffersPolicy, best: Candidate, other: Candidate): Counterfactual[] {
  const distance = other.terms.find((term) => term.code === 'distance')!
  const pointsNeeded = distance.points + best.total - other.total
  const needed = policy.radiusKm * (1 - pointsNeeded / policy.weights.distance)
  if (!(needed >= 0)) return []
  return [{ driverId: other.driverId, code: 'distance', amount: distance.amount, needed, unit: 'km' }]
}
