import type { MerchantOrder } from '@doorstep/shared/contract'

/** What the kitchen is to know about the driver of an order. */
export type DriverNote =
  | { kind: 'looking' }
  | { kind: 'here'; name: string }
  | { kind: 'soon'; name: string; minutes: number }
  | { kind: 'later'; name: string; atMs: number }
  | { kind: 'on_the_way'; name: string }
  | { kind: 'changing' }

/** Nearer than this is said in minutes, further as a time of day. */
const SOON_MINUTES = 10

/** Says where the driver is, as the kitchen needs it: minutes when near, a time when far. */
export function driverNote(order: Pick<MerchantOrder, 'driver' | 'delivery'>, hadDriver: boolean, nowMs: number): DriverNote {
  const { driver } = order
  if (!driver) return { kind: hadDriver ? 'changing' : 'looking' }
  const { name, etaMs } = driver
  if (driver.isHere) return { kind: 'here', name }
  if (etaMs === null) return { kind: 'on_the_way', name }
  const minutes = Math.max(1, Math.ceil((etaMs - nowMs) / 60_000))
  return minutes <= SOON_MINUTES ? { kind: 'soon', name, minutes } : { kind: 'later', name, atMs: etaMs }
}
