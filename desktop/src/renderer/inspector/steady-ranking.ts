import type { Candidate } from '@doorstep/shared/contract'

/** A driver at a place of the list on screen; `rankNow` is where the latest ranking has them, null where it has them no more. */
export interface ShownCandidate {
  candidate: Candidate
  place: number
  rankNow: number | null
}

/** As many as number keys choose among. */
export const SHOWN = 5

/**
 * The ranked drivers as the list shows them. While somebody points at it or chooses from it, everybody stays where they
 * are with their latest numbers, so that nothing moves under the mouse or the number keys; else the latest ranking shows.
 * `keepId`, who has the order now, is listed whatever the rank.
 */
export function steadyRanking(
  before: readonly ShownCandidate[],
  latest: readonly Candidate[],
  isSteady: boolean,
  keepId: string | null,
): ShownCandidate[] {
  if (!isSteady || before.length === 0) {
    const shown = latest.filter((candidate, i) => i < SHOWN || candidate.driverId === keepId)
    return shown.map((candidate) => ({ candidate, place: candidate.rank, rankNow: candidate.rank }))
  }
  const byId = new Map(latest.map((candidate) => [candidate.driverId, candidate]))
  return before.map(({ candidate, place }) => {
    const now = byId.get(candidate.driverId)
    return { candidate: now ?? candidate, place, rankNow: now?.rank ?? null }
  })
}
