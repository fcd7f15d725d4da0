import type { Decision } from '@doorstep/shared/contract'
import { clockSpan, minutes, shortName } from '../board/format.ts'

/** The planner's rules for leaving a driver out, as a dispatcher says them. */
const RULES: Record<string, string> = {
  offline: 'offline',
  on_break: 'on a break',
  no_position: 'no position known',
  stale_position: 'position too old',
  declined: 'declined it',
  expired: 'let it expire',
  excluded: 'ruled out by staff',
  pinned_elsewhere: 'staff chose somebody else',
  has_offer: 'looks at another offer',
  too_many_orders: 'full',
  capacity: 'too small a vehicle',
  shift_ends: 'shift ends',
  unreachable: 'no way there',
  too_far: 'too far',
  free_too_late: 'free too late',
  not_among_nearest: 'others are nearer',
}
/** How a rule's number stands against its limit, where that says something to a dispatcher. */
const NUMBERS: Record<string, (value: number, limit: number) => string> = {
  too_far: (value, limit) => `${value.toFixed(1)} of ${limit} km`,
  stale_position: (value, limit) => `${clockSpan(value * 1_000)}, ${limit} s allowed`,
  too_many_orders: (value, limit) => `${value} of ${limit}`,
  capacity: (value, limit) => `${value} needed, ${limit} fit`,
  shift_ends: (value, limit) => (limit > 0 ? `${minutes(limit * 1_000)} left, ${minutes(value * 1_000)} needed` : 'it is over'),
  free_too_late: (value) => `in ${minutes(value * 1_000)}`,
}
/** Rules that are only counted: nobody asks why somebody offline was not chosen. */
const COUNTED = new Set(['offline', 'not_among_nearest'])

type LeftOut = Decision['leftOut'][number]

const ruleWords = (rule: string) => RULES[rule] ?? rule.replaceAll('_', ' ')

/** "Nuno F, position too old, 3:12, 30 s allowed". */
export function leftOutWords({ driverName, rule, detail }: LeftOut): string {
  const [value, limit] = (detail ?? '').split(' of ').map(Number)
  const numbers = value !== undefined && Number.isFinite(value) && detail ? NUMBERS[rule]?.(value, limit ?? 0) : undefined
  return `${shortName(driverName)}, ${ruleWords(rule)}${numbers ? `, ${numbers}` : ''}`
}

/** Why a driver is left out, without the name. */
export const ruleSentence = (out: LeftOut) => leftOutWords(out).slice(shortName(out.driverName).length + 2)

/** The first few whose rule is worth a name, the rest counted by rule. */
export function leftOutLines(leftOut: readonly LeftOut[], named: number): string[] {
  const worthNaming = leftOut
    .filter(({ rule }) => !COUNTED.has(rule))
    .sort((a, b) => Number(a.rule === 'too_far') - Number(b.rule === 'too_far'))
  const byName = worthNaming.slice(0, named)
  const lines = byName.map(leftOutWords)
  const rest = leftOut.filter((each) => !byName.includes(each))
  if (rest.length === 0) return lines
  const counts = new Map<string, number>()
  for (const { rule } of rest) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${count} ${ruleWords(rule)}`)
  return [...lines, lines.length > 0 ? `${rest.length} more: ${parts.join(', ')}` : parts.join(', ')]
}
