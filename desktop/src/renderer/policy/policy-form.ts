import type { DispatchPolicy, FieldError } from '@doorstep/shared/contract'
import type { PolicyChange } from '../live/dispatch-api.ts'

/** A field of the policy as it is typed; empty where nothing is set. */
export type PolicyForm = Record<FieldName, string>

/** Fields by the path the server names them with. */
export type FieldName =
  | 'name'
  | 'mode'
  | 'vetoWindowS'
  | 'offerTimeoutS'
  | 'maxAttempts'
  | 'retryS'
  | 'radiusKm'
  | 'maxOrdersPerDriver'
  | 'refuseAfterS'
  | 'bundling.mode'
  | 'bundling.maxOrders'
  | 'bundling.withinS'
  | `weights.${keyof DispatchPolicy['weights']}`

const WEIGHTS = [
  'doorPerMin',
  'latePerMin',
  'foodWaitPerMin',
  'busyPerMin',
  'ridePerMin',
  'pay',
  'fairness',
  'decline',
] as const satisfies readonly (keyof DispatchPolicy['weights'])[]

/** Fields where nothing means: no limit. */
const MAY_BE_EMPTY = new Set<FieldName>(['maxOrdersPerDriver', 'refuseAfterS'])
/** Fields that are words instead of numbers. */
const WORDS = new Set<FieldName>(['name', 'mode', 'bundling.mode'])

/** A policy as text to edit. */
export function formOf(policy: DispatchPolicy): PolicyForm {
  const text = (value: number | null) => (value === null ? '' : String(value))
  const weights = Object.fromEntries(WEIGHTS.map((key) => [`weights.${key}`, text(policy.weights[key])]))
  return {
    name: policy.name,
    mode: policy.mode,
    vetoWindowS: text(policy.vetoWindowS),
    offerTimeoutS: text(policy.offerTimeoutS),
    maxAttempts: text(policy.maxAttempts),
    retryS: text(policy.retryS),
    radiusKm: text(policy.radiusKm),
    maxOrdersPerDriver: text(policy.maxOrdersPerDriver),
    refuseAfterS: text(policy.refuseAfterS),
    'bundling.mode': policy.bundling.mode,
    'bundling.maxOrders': text(policy.bundling.maxOrders),
    'bundling.withinS': text(policy.bundling.withinS),
    ...weights,
  } as PolicyForm
}

/** What was changed from a policy, or the fields that are no numbers; what is out of range the server says. */
export function changeOf(form: PolicyForm, policy: DispatchPolicy): { change: PolicyChange; errors: Partial<PolicyForm> } {
  const before = formOf(policy)
  const errors: Partial<PolicyForm> = {}
  const change: Record<string, unknown> = {}
  for (const field of Object.keys(before) as FieldName[]) {
    const typed = form[field].trim()
    if (typed === before[field]) continue
    const value = valueOf(field, typed)
    if (value === undefined) {
      errors[field] = 'A number is needed here'
      continue
    }
    const [group, key] = field.split('.')
    if (group && key) {
      const whole = group === 'weights' ? policy.weights : policy.bundling
      change[group] = { ...whole, ...(change[group] as object | undefined), [key]: value }
    } else change[field] = value
  }
  return { change: change as PolicyChange, errors }
}

function valueOf(field: FieldName, typed: string): number | string | null | undefined {
  if (WORDS.has(field)) return typed
  if (typed === '') return MAY_BE_EMPTY.has(field) ? null : undefined
  const value = Number(typed.replace(',', '.'))
  return Number.isFinite(value) ? value : undefined
}

/** The server's refusals by field: `body.weights.pay` stands at `weights.pay`. */
export function errorsOf(errors: readonly FieldError[]): Partial<Record<string, string>> {
  return Object.fromEntries(errors.map(({ field, message }) => [field.replace(/^body\./, ''), message]))
}

/** The fields that somebody else changed between two versions. */
export function differingFields(a: DispatchPolicy, b: DispatchPolicy): FieldName[] {
  const [left, right] = [formOf(a), formOf(b)]
  return (Object.keys(left) as FieldName[]).filter((field) => left[field] !== right[field])
}
