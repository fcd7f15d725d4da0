import type { Candidate, Decision } from '@doorstep/shared/contract'
import { clockSpan, shortName } from '../board/format.ts'

/** The planner's rules for leaving a driver out, as a dispatcher says them. */
const RULES: Record<string, string> = {
  offline: 'offline',
  on_break: 'on a break',
  stale_position: 'no GPS',
  declined: 'declined it',
  expired: 'let it expire',
  excluded: 'taken off it by staff',
  pinned_elsewhere: 'staff chose somebody else',
  has_offer: 'looks at another offer',
  too_many_orders: 'full',
  capacity: 'too small a vehicle',
  shift_ends: 'shift ends',
  unreachable: 'no way there',
  too_far: 'too far',
  not_among_nearest: 'others are nearer',
}
/** Rules whose numbers say something to a dispatcher, and their unit. */
const UNITS: Record<string, string> = { too_far: ' km', stale_position: ' s', too_many_orders: '', capacity: '' }
/** Rules that are only counted: nobody asks why somebody offline was not chosen. */
const COUNTED = new Set(['offline', 'not_among_nearest'])

type LeftOut = Decision['leftOut'][number]

const ruleWords = (rule: string) => RULES[rule] ?? rule.replaceAll('_', ' ')

/** "Nuno F, no GPS, 192 of 30 s". */
export function leftOutWords({ driverName, rule, detail }: LeftOut): string {
  const unit = UNITS[rule]
  const numbers = detail && unit !== undefined ? `, ${detail}${unit}` : ''
  return `${shortName(driverName)}, ${ruleWords(rule)}${numbers}`
}

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

const TERMS: Record<string, string> = {
  distance: 'Distance to the merchant',
  rating: 'Rating',
  acceptance: 'Accepts offers',
  load: 'Orders already held',
  to_merchant: 'Way to the merchant',
  waiting: 'Waits at the merchant',
  click_to_door: 'Order to door',
  food_waiting: 'Food waits',
  lateness: 'Lateness',
  detour: 'Detour for others',
  pay: 'Pay',
  fairness: 'Fair share',
  decline_risk: 'May decline',
}

/** One term of a score: its name, its amount in its own unit, what it adds. */
export function termWords(term: Candidate['terms'][number]): [name: string, amount: string, points: string] {
  const { unit, amount } = term
  const shown =
    unit === 'min'
      ? clockSpan(amount * 60_000)
      : unit === 'share'
        ? `${Math.round(amount * 100)}%`
        : unit === 'km'
          ? `${amount.toFixed(1)} km`
          : unit === 'minor'
            ? (amount / 100).toFixed(2)
            : `${Math.round(amount * 10) / 10} ${unit}`
  return [TERMS[term.code] ?? term.code.replaceAll('_', ' '), shown, term.points.toFixed(2)]
}
