import type { Candidate } from '@doorstep/shared/contract'
import { clockSpan } from '../board/format.ts'

type Term = Candidate['terms'][number]

const TERMS: Record<string, string> = {
  distance: 'Distance to the merchant',
  rating: 'Rating',
  acceptance: 'Accepts offers',
  load: 'Orders already held',
  to_merchant: 'Way to the merchant',
  waiting: 'Waits at the merchant',
  click_to_door: 'Order to door',
  food_waiting: 'Ready food waits',
  lateness: 'After the promise',
  detour: 'Detour for others',
  driver_time: 'Driver’s time',
  riding: 'Riding',
  pay: 'Pay',
  fairness: 'Fair share',
  decline_risk: 'May decline',
}

/** What a term is called. */
export const termName = (code: string) => TERMS[code] ?? code.replaceAll('_', ' ')

/** A term's amount in its own unit; pay is its own price and needs no amount beside. */
export function termAmount({ unit, amount }: Pick<Term, 'unit' | 'amount'>): string {
  switch (unit) {
    case 'min':
      return clockSpan(amount * 60_000)
    case 'share':
      return `${amount < 0 ? '−' : ''}${Math.abs(Math.round(amount * 100))}%`
    case 'km':
      return `${amount.toFixed(1)} km`
    case 'minor':
      return ''
    default:
      return `${Math.round(amount * 10) / 10} ${unit}`
  }
}

/** Whether a policy counts in money, where less is better; else in points, where more is. */
export const countsInMoney = (policy: string) => policy === 'joint'

/** The terms that say anything: those that are not nothing for everybody compared. */
export function tellingCodes(candidates: readonly Pick<Candidate, 'terms'>[]): string[] {
  const codes: string[] = []
  for (const { terms } of candidates)
    for (const { code, points } of terms) if (Math.abs(points) >= 0.005 && !codes.includes(code)) codes.push(code)
  return codes
}
