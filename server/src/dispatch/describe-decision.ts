import type { DriverId } from '@doorstep/shared/domain'
import type { Candidate, ExclusionReason, Term } from '../planner/index.ts'
import type { DecisionRow } from './decisions-sql.ts'
import type { Recomputed } from './recompute-decision.ts'

/** How things are called where a decision is read. */
export interface DecisionNames {
  number: number
  timeZone: string
  currency: string
  driver(id: DriverId): string
}

/** Candidates and left-out drivers shown by name; the decision holds more. */
const SHOWN = 5

/** A stored decision in words, a line each; with what came out when it was computed again, if that was possible. */
export function describeDecision(row: DecisionRow, names: DecisionNames, again: Recomputed | null): string[] {
  const { explanation } = row
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: names.timeZone,
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(row.at)
  const lines = [`#${names.number}, ${time}: ${choiceWords(row, names)}`, `  decision ${row.id}, snapshot ${row.snapshotHash}`]
  if (again) {
    const { snapshot, policy } = again.tick
    lines.push(`  by ${policy.name}, from ${snapshot.orders.length} orders and ${snapshot.drivers.length} drivers`)
  }
  for (const candidate of explanation.candidates.slice(0, SHOWN)) lines.push(candidateWords(candidate, row, names))
  const more = explanation.candidates.length - SHOWN
  if (more > 0) lines.push(`       and ${more} more`)
  const { runnerUp, wouldChange } = explanation
  if (runnerUp) lines.push(`  second best: ${names.driver(runnerUp.driverId)}, ${amount(runnerUp.worseBy, row, names)} worse`)
  for (const { driverId, code, amount: is, needed, unit } of wouldChange)
    lines.push(
      `  another choice if ${names.driver(driverId)}, ${words(code)}, had ${round(needed)} ${unit} instead of ${round(is)}`,
    )
  lines.push(...leftOutLines(row, names), verdict(again))
  return lines
}

function choiceWords({ kind, driverId }: DecisionRow, names: DecisionNames): string {
  const who = driverId ? names.driver(driverId) : 'nobody'
  switch (kind) {
    case 'offer':
      return `offered to ${who}`
    case 'offer_many':
      return `offered to ${who} and others at once`
    case 'assign':
      return `assigned to ${who}`
    case 'proposal':
      return `${who} proposed`
    case 'shadow':
      return `would have been ${who}`
    case 'staff':
      return `staff chose ${who}`
    case 'wait':
      return 'nobody found, tried again later'
    case 'give_up':
      return 'nobody found, staff and customer told'
    case 'refuse':
      return 'cannot be there in time, staff and customer told'
    default:
      return `${words(kind)}: ${who}`
  }
}

function candidateWords(candidate: Candidate, row: DecisionRow, names: DecisionNames): string {
  const { rank, driverId, total, terms, impact } = candidate
  const mark = driverId === row.driverId ? '>' : ' '
  const head = `  ${mark} ${String(rank).padStart(2)}. ${names.driver(driverId)}: ${amount(total, row, names)}`
  const times = impact ? `; to the merchant ${round(impact.toMerchantS / 60)} min, slack ${round(impact.slackS / 60)} min` : ''
  return `${head} = ${terms.map(termWords).join(', ') || 'no terms'}${times}`
}

const termWords = ({ code, amount: is, unit, points }: Term) => `${words(code)} ${round(is)} ${unit} (${round(points)})`

/** Scores are plain numbers, costs are money in minor units. */
const amount = (value: number, { explanation }: DecisionRow, { currency }: DecisionNames) =>
  explanation.better === 'less' ? `${round(value)} ${currency}/100` : String(round(value))

function leftOutLines({ explanation }: DecisionRow, names: DecisionNames): string[] {
  const named = explanation.excluded.slice(0, SHOWN).map(({ driverId, reason, value, limit }) => {
    const numbers = value === null ? '' : ` (${round(value)}${limit === null ? '' : ` of ${round(limit)}`})`
    return `${names.driver(driverId)}, ${words(reason)}${numbers}`
  })
  const counts = Object.entries(explanation.excludedCounts) as [ExclusionReason, number][]
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  if (all === 0) return []
  const byRule = counts.map(([reason, count]) => `${count} ${words(reason)}`).join(', ')
  return [`  left out: ${byRule}${named.length > 0 ? `; the nearest: ${named.join('; ')}` : ''}`]
}

function verdict(again: Recomputed | null): string {
  if (!again) return '  what it was made from is not kept any more'
  const { differences } = again
  return differences.length === 0 ? '  computed again: the same' : `  computed again: DIFFERENT in ${differences.join(', ')}`
}

const words = (code: string) => code.replaceAll('_', ' ')
const round = (value: number) => Math.round(value * 100) / 100
