import type { DispatchPolicy } from '@doorstep/shared/contract'
import { JOINT, type JointPolicy, type Policy, SCORED_OFFERS } from '../planner/index.ts'

/** What staff may set of a zone's policy; kept in the zone as it was set. */
export type PolicySettings = { [Key in Exclude<keyof DispatchPolicy, 'zoneId' | 'version'>]?: DispatchPolicy[Key] | undefined }

/** A zone's policy: the planner's, and how far the planner may act by itself. */
export type ZonePolicy = Policy & Control
type Control = Pick<DispatchPolicy, 'autonomy' | 'vetoWindowS'>

const POLICIES = { 'scored-offers': SCORED_OFFERS, joint: JOINT } as const
const DEFAULT_POLICY: DispatchPolicy['name'] = 'joint'
const DEFAULT_CONTROL: Control = { autonomy: 'auto', vetoWindowS: 20 }

/** The policy that a zone's settings mean; a name of another version falls back to the default. */
export function policyOf(settings: PolicySettings): ZonePolicy {
  const base = POLICIES[settings.name ?? DEFAULT_POLICY] ?? POLICIES[DEFAULT_POLICY]
  return base.name === 'joint' ? jointPolicyOf(settings) : { ...DEFAULT_CONTROL, ...base, ...settingsFor(base, settings) }
}

function jointPolicyOf(settings: PolicySettings): JointPolicy & Control {
  const weights = { ...JOINT.weights, ...settings.weights }
  return { ...DEFAULT_CONTROL, ...JOINT, ...settingsFor(JOINT, settings), weights }
}

/** The settings that a policy knows; what belongs to another one is kept for the day it is chosen. */
function settingsFor(base: Policy, { name: _, weights: __, ...settings }: PolicySettings) {
  return Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => value !== undefined && (key in base || key in DEFAULT_CONTROL)),
  )
}

/**
 * What the planner plans by. Where staff may object first, drivers are chosen earlier by the time staff have for it, so
 * that whoever nobody objects to is still told in time.
 */
export function planningPolicy(policy: ZonePolicy): Policy {
  const { autonomy, vetoWindowS, ...planning } = policy
  const isWatched = autonomy === 'veto' || autonomy === 'suggest'
  return planning.name === 'joint' && isWatched ? { ...planning, tickS: planning.tickS + vetoWindowS } : planning
}

/** A policy as staff see it; what only another policy uses shows what it would be there. */
export function toDispatchPolicy(zoneId: DispatchPolicy['zoneId'], version: number, settings: PolicySettings): DispatchPolicy {
  const { name, autonomy, vetoWindowS, offerTimeoutS, radiusKm, maxAttempts, retryS } = policyOf(settings)
  const { mode, bundling, refuseAfterS, weights } = jointPolicyOf(settings)
  const { unplanned: _, ...shown } = weights
  return {
    zoneId,
    version,
    name,
    autonomy,
    vetoWindowS,
    mode,
    offerTimeoutS,
    radiusKm,
    maxAttempts,
    retryS,
    maxOrdersPerDriver: settings.maxOrdersPerDriver ?? null,
    bundling,
    weights: shown,
    refuseAfterS,
  }
}
