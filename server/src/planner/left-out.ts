import type { Exclusion, ExclusionReason, Explanation } from './decision.ts'
import { byId } from './snapshot-index.ts'

/** How many of those left out an explanation lists by name, the nearest first. */
const LISTED = 20

/** A driver left out, and how far from the merchant. */
export interface LeftOut {
  exclusion: Exclusion
  km: number
}

/** The nearest of those left out by name, all of them by number. One pass, since there may be a thousand. */
export function leftOut(all: readonly LeftOut[]): Pick<Explanation, 'excluded' | 'excludedCounts'> {
  const excludedCounts: Partial<Record<ExclusionReason, number>> = {}
  const nearest: LeftOut[] = []
  for (const entry of all) {
    const { reason } = entry.exclusion
    excludedCounts[reason] = (excludedCounts[reason] ?? 0) + 1
    if (nearest.length === LISTED && !isBefore(entry, nearest[LISTED - 1]!)) continue
    let at = Math.min(nearest.length, LISTED - 1)
    for (; at > 0 && isBefore(entry, nearest[at - 1]!); at--) nearest[at] = nearest[at - 1]!
    nearest[at] = entry
  }
  return { excluded: nearest.map(({ exclusion }) => exclusion), excludedCounts }
}

function isBefore(a: LeftOut, b: LeftOut): boolean {
  return a.km < b.km || (a.km === b.km && byId(a.exclusion.driverId, b.exclusion.driverId) < 0)
}
