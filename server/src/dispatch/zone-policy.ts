import type { DispatchPolicy } from '@doorstep/shared/contract'
import { JOINT, type Policy, SCORED_OFFERS } from '../planner/index.ts'

/** What staff may set of a zone's policy; kept in the zone as it was set. */
export type PolicySettings = { [Key in Exclude<keyof DispatchPolicy, 'zoneId' | 'version'>]?: DispatchPolicy[Key] | undefined }

const POLICIES = { 'scored-offers': SCORED_OFFERS, joint: JOINT } as const
const DEFAULT_POLICY: DispatchPolicy['name'] = 'scored-offers'

/** The policy that a zone's settings mean; a name of another version falls back to the default. */
export function policyOf(settings: PolicySettings): Policy {
  const { name, ...rest } = settings
  const own = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return { ...(POLICIES[name ?? DEFAULT_POLICY] ?? POLICIES[DEFAULT_POLICY]), ...own }
}

/** A policy as staff see it. */
export function toDispatchPolicy(zoneId: DispatchPolicy['zoneId'], version: number, policy: Policy): DispatchPolicy {
  const { name, offerTimeoutS, radiusKm, maxAttempts, retryS } = policy
  return { zoneId, version, name, offerTimeoutS, radiusKm, maxAttempts, retryS }
}
