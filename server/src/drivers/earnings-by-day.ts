import type { DeliveryEarning } from './earnings-sql.ts'

/** Sums of a day's deliveries; `day` is YYYY-MM-DD in the zone's time. */
export interface DayEarning {
  day: string
  payMinor: number
  tipMinor: number
  deliveries: number
}

/** Adds a ledger up by local day, newest day first. */
export function earningsByDay(deliveries: readonly DeliveryEarning[], timeZone: string): DayEarning[] {
  // The Swedish format is the ISO one.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const days = new Map<string, DayEarning>()
  for (const delivery of deliveries) {
    const day = format.format(delivery.at)
    const sum = days.get(day) ?? { day, payMinor: 0, tipMinor: 0, deliveries: 0 }
    days.set(day, {
      day,
      payMinor: sum.payMinor + delivery.payMinor,
      tipMinor: sum.tipMinor + delivery.tipMinor,
      deliveries: sum.deliveries + 1,
    })
  }
  return [...days.values()].sort((a, b) => b.day.localeCompare(a.day))
}
