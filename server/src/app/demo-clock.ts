import { localHour } from '@doorstep/shared/domain'

/** Hours of the local day in which a delivery city is awake; outside them the demo starts at dinner time instead. */
const AWAKE = { fromH: 11, untilH: 21.5 } as const
/** When dinner begins, local hours. */
const DINNER_H = 18.75
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * When the demo's clock starts: now, if the city is awake and nothing later was written before; else the next dinner time.
 * The demo shows a living city at any hour, and its clock never goes back.
 */
export function demoStartMs(nowMs: number, timeZone: string, lastWrittenMs: number): number {
  const fromMs = Math.max(nowMs, lastWrittenMs)
  const hour = localHour(fromMs, timeZone)
  if (hour >= AWAKE.fromH && hour < AWAKE.untilH) return fromMs
  const untilDinner = (DINNER_H - hour + 24) % 24
  return fromMs + (Math.round(untilDinner * HOUR_MS) % DAY_MS)
}
