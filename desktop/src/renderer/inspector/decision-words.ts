import type { Candidate, Decision, OrderEvent } from '@doorstep/shared/contract'
import { minutes, shortName } from '../board/format.ts'
import { countsInMoney, termName } from './term-words.ts'

/** What a planner decides, before the driver's name where there is one. */
const KINDS: Record<string, string> = {
  offer: 'offered to',
  offer_many: 'offered to several, best',
  assign: 'given to',
  proposal: 'proposed',
  shadow: 'would have chosen',
  wait: 'nobody found, tried again later',
  give_up: 'nobody found, staff and customer told',
  refuse: 'cannot be in time, staff and customer told',
}

/** "Offered to Rui T", "Marta chose Rui T". */
export function decisionTitle(decision: Pick<Decision, 'kind' | 'driverName'>, staff: string | undefined): string {
  const name = decision.driverName ? shortName(decision.driverName) : ''
  if (decision.kind === 'staff') return `${staff ?? 'Staff'} chose ${name}`
  const words = `${KINDS[decision.kind] ?? decision.kind.replaceAll('_', ' ')} ${name}`.trim()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** The entry of the log that a decision of staff stands behind: the same moment, by a person. */
export function staffEventOf(decision: Pick<Decision, 'kind' | 'atMs'>, events: readonly OrderEvent[]): OrderEvent | undefined {
  if (decision.kind !== 'staff') return undefined
  const isChoice = ({ type }: OrderEvent) => type === 'order.assigned' || type === 'order.reassigned' || type === 'order.pinned'
  return events.find((event) => isChoice(event) && Math.abs(event.atMs - decision.atMs) < 2_000)
}

/** The drivers worth comparing: who was chosen first, then the best others. */
export function compared({ candidates, driverId }: Pick<Decision, 'candidates' | 'driverId'>, most = 3): Candidate[] {
  const chosen = candidates.find((candidate) => candidate.driverId === driverId)
  const others = candidates.filter((candidate) => candidate !== chosen)
  return (chosen ? [chosen, ...others] : others).slice(0, most)
}

/** Who was second best and by how much; for a choice of staff that was not the best, whom the planner had first. */
export function secondWords(decision: Decision, money: (minor: number) => string): string | null {
  const [chosen, other] = compared(decision)
  if (decision.kind === 'staff' && chosen && chosen.driverId !== decision.driverId) {
    const count = decision.candidates.length
    return `The planner had ${shortName(chosen.driverName)} first, and ${shortName(decision.driverName ?? '')} not among its best ${count}.`
  }
  if (!chosen || chosen.driverId !== decision.driverId || !other) return null
  const by = chosen.score - other.score
  const isMoney = countsInMoney(decision.policy)
  const amount = isMoney ? money(Math.abs(by)) : `${Math.abs(by).toFixed(2)} points`
  const name = shortName(other.driverName)
  if (Math.abs(by) < 0.005) return `${name} would have been as good.`
  if (by > 0) return `Second best was ${name}, ${amount} ${isMoney ? 'dearer' : 'behind'}.`
  return `The planner had ${name} first, ${amount} ${isMoney ? 'cheaper' : 'ahead'}.`
}

type WouldChange = Decision['wouldChange'][number]

/** What would have changed the choice. */
export function wouldChangeWords(
  { driverId, driverName, code, amount, needed, unit }: WouldChange,
  chosenId: string | null,
): string {
  const name = shortName(driverName)
  const shown = (value: number) =>
    unit === 'min'
      ? minutes(value * 60_000)
      : unit === 'km'
        ? `${value.toFixed(1)} km`
        : `${Math.round(value * 100) / 100} ${unit}`
  const what =
    code === 'to_merchant' ? 'to the merchant' : code === 'distance' ? 'from the merchant' : `of ${termName(code).toLowerCase()}`
  return driverId === chosenId
    ? `${name} stays first up to ${shown(needed)} ${what}; it was ${shown(amount)}.`
    : `${name} would have been first at ${shown(needed)} ${what}; it was ${shown(amount)}.`
}
