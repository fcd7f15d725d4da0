import type { PlayedEvening } from './city-play.ts'
import { mean, quantile } from './mdrp-evaluate.ts'

/** The figures of one evening, by name. */
export type CityFigures = Record<CityFigure, number>

interface Measure {
  unit: string
  /** Null where neither more nor less is better by itself. */
  better: 'less' | 'more' | null
  /** What it is held to, beside the policy for comparison. */
  goal?: { atMost?: number; atLeast?: number; ratioAtLeast?: number }
}

/** What is measured. Seconds of assigning count from the kitchen's yes, minutes to the door from placing. */
export const CITY_MEASURES = {
  delivered_share: { unit: '%', better: 'more', goal: { ratioAtLeast: 1 } },
  click_to_door_mean_min: { unit: 'min', better: 'less', goal: { ratioAtLeast: 1 } },
  click_to_door_p90_min: { unit: 'min', better: 'less', goal: { ratioAtLeast: 1 } },
  late_share: { unit: '%', better: 'less', goal: { ratioAtLeast: 1 } },
  lateness_mean_min: { unit: 'min', better: 'less', goal: { ratioAtLeast: 1 } },
  ready_to_pickup_mean_min: { unit: 'min', better: 'less', goal: { ratioAtLeast: 1 } },
  wait_at_merchant_mean_min: { unit: 'min', better: 'less' },
  driver_found_p95_s: { unit: 's', better: 'less', goal: { atMost: 30 } },
  first_plan_kept_share: { unit: '%', better: null },
  first_offer_p95_s: { unit: 's', better: null },
  assignment_p50_s: { unit: 's', better: null },
  assignment_p95_s: { unit: 's', better: null },
  unassigned_at_ready_share: { unit: '%', better: 'less' },
  declined_per_order: { unit: 'offers', better: 'less' },
  gave_up_per_order: { unit: 'times', better: 'less' },
  km_per_order: { unit: 'km', better: 'less' },
  km_back_per_order: { unit: 'km', better: 'less' },
  busy_min_per_order: { unit: 'min', better: 'less' },
  orders_per_driver_hour: { unit: '1/h', better: 'more' },
  earnings_per_hour_minor: { unit: 'minor', better: 'more' },
  earnings_spread_minor: { unit: 'minor', better: 'less' },
  earnings_p10_minor: { unit: 'minor', better: 'more' },
  earnings_p90_minor: { unit: 'minor', better: null },
  plan_p50_ms: { unit: 'ms', better: null },
  plan_p99_ms: { unit: 'ms', better: null },
} as const satisfies Record<string, Measure>
export type CityFigure = keyof typeof CITY_MEASURES

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const share = (values: readonly boolean[]) => 100 * mean(values.map(Number))

/** Measures an evening. Orders that a kitchen refused or a customer took back in time are nobody's to deliver. */
export function figuresOf(played: PlayedEvening): CityFigures {
  const { drivers, firstOfferMs, firstPlan } = played
  const wanted = played.orders.filter((order) => order.kitchen !== 'rejected' && order.endedBy !== 'customer')
  const delivered = wanted.filter((order) => order.delivery === 'delivered')
  const door = delivered.map((order) => (order.endedAt! - order.placedAt) / MINUTE_MS)
  const late = delivered.map((order) => Math.max(0, order.endedAt! - order.promisedAt) / MINUTE_MS)
  const sinceYesS = (times: (order: PlayedEvening['orders'][number]) => number | null | undefined) =>
    ascending(
      wanted.flatMap((order) =>
        order.acceptedAt === null ? [] : ((times(order) ?? Number.POSITIVE_INFINITY) - order.acceptedAt) / 1000,
      ),
    )
  const assignedS = sinceYesS((order) => order.assignedAt)
  const perOrder = (sum: number) => sum / Math.max(1, delivered.length)
  const total = (of: (driver: PlayedEvening['drivers'][number]) => number) => drivers.reduce((sum, driver) => sum + of(driver), 0)
  const hourly = ascending(
    drivers.filter((driver) => driver.onlineMs > 0).map(({ earnedMinor, onlineMs }) => earnedMinor / (onlineMs / HOUR_MS)),
  )
  const planMs = ascending(played.planMs)
  return {
    delivered_share: share(wanted.map((order) => order.delivery === 'delivered')),
    click_to_door_mean_min: mean(door),
    click_to_door_p90_min: quantile(ascending(door), 0.9),
    late_share: share(wanted.map((order) => order.delivery !== 'delivered' || order.endedAt! > order.promisedAt)),
    lateness_mean_min: mean(late),
    ready_to_pickup_mean_min: mean(delivered.map((order) => Math.max(0, order.pickedUpAt! - order.readyAt!) / MINUTE_MS)),
    wait_at_merchant_mean_min: mean(delivered.map((order) => Math.max(0, order.readyAt! - order.atMerchantAt!) / MINUTE_MS)),
    driver_found_p95_s: quantile(
      sinceYesS((order) => firstPlan.get(order.id)?.atMs),
      0.95,
    ),
    first_plan_kept_share: share(delivered.map((order) => firstPlan.get(order.id)?.driverId === order.driverId)),
    first_offer_p95_s: quantile(
      sinceYesS((order) => firstOfferMs.get(order.id)),
      0.95,
    ),
    assignment_p50_s: quantile(assignedS, 0.5),
    assignment_p95_s: quantile(assignedS, 0.95),
    unassigned_at_ready_share: share(
      wanted.filter((order) => order.readyAt !== null).map((order) => (order.assignedAt ?? Infinity) > order.readyAt!),
    ),
    declined_per_order: perOrder([...played.declined.values()].reduce((sum, times) => sum + times, 0)),
    gave_up_per_order: perOrder(played.gaveUp),
    km_per_order: perOrder(total((driver) => driver.kmToStops)),
    km_back_per_order: perOrder(total((driver) => driver.kmBack)),
    busy_min_per_order: perOrder(total((driver) => driver.busyMs) / MINUTE_MS),
    orders_per_driver_hour: delivered.length / (total((driver) => driver.onlineMs) / HOUR_MS),
    earnings_per_hour_minor: mean(hourly),
    earnings_spread_minor: deviation(hourly),
    earnings_p10_minor: quantile(hourly, 0.1),
    earnings_p90_minor: quantile(hourly, 0.9),
    plan_p50_ms: quantile(planMs, 0.5),
    plan_p99_ms: quantile(planMs, 0.99),
  }
}

/** Standard deviation. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
