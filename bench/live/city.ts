import type { DriverId, OrderId } from '@doorstep/shared/domain'

/** The zone of the bench. */
export const ZONE = '00000000-0000-4000-8000-0000000000aa'
export const driverId = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId
export const orderId = (n: number) => `00000000-0000-4000-9000-${n.toString(16).padStart(12, '0')}` as OrderId

/** Where driver `n` stands, in a city of about 30 by 30 km. */
export const baseOf = (n: number) => ({
  lat: 41 + ((n * 7_919) % 30_000) / 100_000,
  lon: -8.7 + ((n * 104_729) % 40_000) / 100_000,
})

/** The time a position was sent travels in its latitude: ten seconds are 111 m, less than a jump that would be refused. */
const WRAP_MS = 10_000
export const latAt = (n: number, sentMs: number) => baseOf(n).lat + (sentMs % WRAP_MS) * 1e-7

/** Milliseconds since a position was sent, from the latitude it arrived with. */
export function sinceSentMs(n: number, lat: number, nowMs: number): number {
  const sent = Math.round((lat - baseOf(n).lat) * 1e7)
  return (((nowMs - sent) % WRAP_MS) + WRAP_MS) % WRAP_MS
}
