import { PREP_MINUTES, type Rng } from '@doorstep/shared/domain'
import { between } from '../chance.ts'

/** How a kitchen will go about one order, decided once. Times in ms. */
export interface KitchenHabits {
  answersAfterMs: number
  rejects: boolean
  /** Of the shop's usual preparation time. */
  prepShare: number
  startsAfterMs: number
  /** When it is ready against its word: before it or after it. */
  readyOffMs: number
  /** Minutes it will ask for on top shortly before its word is over; 0 for nearly all. */
  delayMinutes: number
}

const REJECTED = 0.01
const DELAYED = 0.08
const MINUTE_MS = 60_000

/** Decides how a kitchen goes about an order. */
export function decideHabits(rng: Rng): KitchenHabits {
  return {
    answersAfterMs: between(rng, 10_000, 90_000),
    rejects: rng() < REJECTED,
    prepShare: between(rng, 0.8, 1.25),
    startsAfterMs: between(rng, 20_000, 100_000),
    readyOffMs: between(rng, -2.5, 2) * MINUTE_MS,
    delayMinutes: rng() < DELAYED ? 5 * Math.ceil(between(rng, 0.2, 2.4)) : 0,
  }
}

/** The minutes a kitchen announces: near its usual ones, in steps of five. */
export function prepMinutes(usual: number, habits: KitchenHabits): number {
  const minutes = Math.round((usual * habits.prepShare) / 5) * 5
  return Math.min(PREP_MINUTES.max, Math.max(5, minutes))
}
