import { localHour, type Rng } from '@doorstep/shared/domain'
import { demandAt } from '../demand.ts'

/** Milliseconds until somebody may order next: a Poisson process at the peak's rate, of which `isWanted` thins out the rest. */
export const orderGapMs = (rng: Rng, perHour: number): number => (-Math.log(1 - rng()) * 3_600_000) / perHour

/** Whether an order at this moment is part of the hour's demand. */
export const isWanted = (rng: Rng, nowMs: number, timeZone: string): boolean => rng() < demandAt(localHour(nowMs, timeZone))
