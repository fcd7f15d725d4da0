import type { DispatchPolicy } from '@doorstep/shared/contract'
import type { ConsoleStore } from './console-store.ts'
import type { Asked, DispatchApi, PolicyChange } from './dispatch-api.ts'

/** The board’s changes do not carry the policy, so that what a colleague set is asked for now and then. */
const POLICY_MS = 10_000
/** Every so many times of asking for the policy, agreement is asked for too. */
const AGREEMENT_EACH = 6

/** Keeps a zone’s policy and the agreement of staff and planner in the store while its board is shown. */
export function followPolicy(store: ConsoleStore, api: DispatchApi): () => void {
  let zoneId: string | undefined
  let round = 0
  const look = async () => {
    const id = store.getState().phase === 'ready' ? store.getState().zone?.zoneId : undefined
    if (!id) return
    const withAgreement = round++ % AGREEMENT_EACH === 0
    const [policy, agreement] = await Promise.all([api.policy(id), withAgreement ? api.agreement(id) : undefined])
    if (store.getState().zone?.zoneId !== id) return
    if (policy.ok) putPolicy(store, policy.value)
    if (agreement?.ok) store.setState({ agreement: agreement.value })
  }
  const timer = setInterval(() => void look(), POLICY_MS)
  const off = store.subscribe((next) => {
    const id = next.phase === 'ready' ? next.zone?.zoneId : undefined
    if (id === zoneId) return
    zoneId = id
    round = 0
    store.setState({ policy: null, agreement: null })
    void look()
  })
  return () => {
    clearInterval(timer)
    off()
  }
}

/** Takes a policy as it is now; the head of the board says the same. */
export function putPolicy(store: ConsoleStore, policy: DispatchPolicy): void {
  const { zone, policy: known } = store.getState()
  if (zone?.zoneId !== policy.zoneId || (known && known.version > policy.version)) return
  if (known?.version === policy.version && zone.policy.version === policy.version) return
  const { name, version, offerTimeoutS, autonomy } = policy
  store.setState({ policy, zone: { ...zone, policy: { name, version, offerTimeoutS, autonomy } } })
}

/** Sets part of a zone’s policy, unless somebody was faster: then what they set is put on screen and the change refused. */
export async function changePolicy(
  { store, api }: { store: ConsoleStore; api: DispatchApi },
  change: PolicyChange,
  version: number,
): Asked<DispatchPolicy> {
  const zoneId = store.getState().zone?.zoneId ?? ''
  const result = await api.changePolicy(zoneId, change, version)
  if (result.ok) putPolicy(store, result.value)
  else if (result.error.code === 'stale_version') {
    const now = await api.policy(zoneId)
    if (now.ok) putPolicy(store, now.value)
  }
  return result
}
