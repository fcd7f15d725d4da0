import type { OrderAction, Rng } from '@doorstep/shared/domain'
import { demandAt } from '../simulation/index.ts'

/** One step of an order's life, in ms since 1970. */
export interface StoryStep {
  action: Extract<
    OrderAction,
    | 'accept'
    | 'start_preparing'
    | 'offer'
    | 'accept_offer'
    | 'ready'
    | 'arrive_at_merchant'
    | 'pick_up'
    | 'depart'
    | 'arrive_at_customer'
    | 'deliver'
  >
  atMs: number
}

/** How an order goes that nobody disturbs. */
export interface OrderStory {
  prepMinutes: number
  steps: StoryStep[]
  /** When its driver is bound by it, and free again. */
  assignedMs: number
  deliveredMs: number
}

const MINUTE_MS = 60_000

/**
 * The life of an order placed at a moment: the kitchen answers within two minutes and keeps its word within a few, a
 * driver is found meanwhile, rides, waits and delivers. Plain chance from the seed, so that a demo is the same each time.
 */
export function tellOrder(rng: Rng, placedMs: number, usual: { prepMinutes: number; legS: number }): OrderStory {
  const between = (low: number, high: number) => low + (high - low) * rng()
  const acceptMs = placedMs + between(0.3, 1.8) * MINUTE_MS
  const prepMinutes = Math.max(5, Math.round((usual.prepMinutes * between(0.8, 1.3)) / 5) * 5)
  const startMs = acceptMs + between(0.5, 2) * MINUTE_MS
  const readyMs = acceptMs + (prepMinutes + between(-2, 4)) * MINUTE_MS
  const offerMs = acceptMs + between(0.05, 0.3) * MINUTE_MS
  const assignedMs = offerMs + between(0.1, 0.4) * MINUTE_MS
  const atMerchantMs = Math.max(assignedMs + between(3, 8) * MINUTE_MS, startMs + 30_000)
  const pickUpMs = Math.max(atMerchantMs, readyMs) + between(0.5, 2) * MINUTE_MS
  const departMs = pickUpMs + between(0.1, 0.4) * MINUTE_MS
  const arriveMs = departMs + usual.legS * 1000 * between(0.9, 1.3)
  const deliveredMs = arriveMs + between(0.7, 2.5) * MINUTE_MS
  const steps: StoryStep[] = [
    { action: 'accept', atMs: acceptMs },
    { action: 'start_preparing', atMs: startMs },
    { action: 'offer', atMs: offerMs },
    { action: 'accept_offer', atMs: assignedMs },
    { action: 'ready', atMs: readyMs },
    { action: 'arrive_at_merchant', atMs: atMerchantMs },
    { action: 'pick_up', atMs: pickUpMs },
    { action: 'depart', atMs: departMs },
    { action: 'arrive_at_customer', atMs: arriveMs },
    { action: 'deliver', atMs: deliveredMs },
  ]
  return {
    prepMinutes,
    steps: steps.map((step) => ({ ...step, atMs: Math.round(step.atMs) })).sort((a, b) => a.atMs - b.atMs),
    assignedMs: Math.round(assignedMs),
    deliveredMs: Math.round(deliveredMs),
  }
}

/** Moments at which orders are placed between two times, denser at lunch and dinner; `perHour` is the rate at the peak. */
export function orderTimes(
  rng: Rng,
  fromMs: number,
  untilMs: number,
  perHour: number,
  localHour: (ms: number) => number,
): number[] {
  const times: number[] = []
  const peakGapMs = 3_600_000 / perHour
  for (let atMs = fromMs; ; ) {
    // A Poisson process at the peak rate, thinned to the hour's demand.
    atMs += -Math.log(1 - rng()) * peakGapMs
    if (atMs >= untilMs) return times
    if (rng() < demandAt(localHour(atMs))) times.push(Math.round(atMs))
  }
}
