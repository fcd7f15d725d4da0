import type { Exclusion, ExclusionReason, Explanation } from './decision.ts'
import { byId } from './snapshot-index.ts'

/** How many of those left out an explanation lists by name, the nearest first. */
const LISTED = 20

/** A driver left out, and how far from the merchant. */
export interface LeftOut {
  exclusion: Exclusion
  km: number
}

/** The nearest of those left out by name, all of them by number. */
export function leftOut(all: LeftOut[]): Pick<Explanation, 'excluded' | 'excludedCounts'> {
  const excludedCounts: Partial<Record<ExclusionReason, number>> = {}
  for (const { exclusion } of all) excludedCounts[exclusion.reason] = (excludedCounts[exclusion.reason] ?? 0) + 1
  all.sort((a, b) => a.km - b.km || byId(a.exclusion.driverId, b.exclusion.driverId))
  return { excluded: all.slice(0, LISTED).map(({ exclusion }) => exclusion), excludedCounts }
}
