import { JOINT, type JointPolicy } from '@doorstep/server/planner'
import type { MdrpParameters } from './mdrp-instance.ts'

/** Which side of the trade between minutes and money a run leans to. */
export type Leaning = 'time' | 'cost'

/** Weight of the expected pay: what the two leanings differ in. */
const PAY_WEIGHT: Readonly<Record<Leaning, number>> = { time: 0.25, cost: 1 }

/** The server's policy under the rules of these instances; one for every day, nothing keyed to any. */
export function mdrpPolicy(parameters: MdrpParameters, leaning: Leaning): JointPolicy {
  const pickupS = 30 * parameters.pickupService
  const dropS = 30 * parameters.dropService
  return {
    ...JOINT,
    mode: 'assign',
    tickS: 60,
    answerS: 0,
    radiusKm: 1000,
    horizonS: 5400,
    bundling: { mode: 'same_merchant', maxOrders: 4, withinS: 0 },
    shiftEnd: 'last_pickup',
    service: { pickupBeforeS: pickupS, pickupAfterS: pickupS, dropBeforeS: dropS, dropAfterS: dropS },
    guarantee: { perHourMinor: 100 * parameters.guaranteePerHour, ordersPerHour: 2 },
    weights: { ...JOINT.weights, latePerMin: 25, foodWaitPerMin: 12, ridePerMin: 2, fairness: 50, pay: PAY_WEIGHT[leaning] },
    search: {
      iterations: 20,
      iterationsPerOrder: 4,
      iterationsPerFresh: 0,
      iterationsMax: 600,
      candidates: 20,
      removeMax: 12,
      temperature: 10,
    },
  }
}
