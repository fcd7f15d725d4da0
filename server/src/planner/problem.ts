import type { DriverId, OrderId, Vehicle } from '@doorstep/shared/domain'
import { driverExclusion, type Offered, orderLimit } from './eligibility.ts'
import { expectedPay, typicalFeeMinor } from './expected-pay.ts'
import type { JointPolicy } from './policy.ts'
import { isOpen, offeredUntilMs, type SnapshotIndex } from './snapshot-index.ts'
import { timeRoute } from './time-route.ts'
import type { Place, PlannerDriver, PlannerOrder } from './types.ts'

/** How many further orders of one route have their own pay step. */
const PAY_STEPS = 12

/** A stop as a number: twice the order's row, plus one for its drop. */
export type StopCode = number

/** One tick's snapshot as rows of numbers, times in seconds from now. */
export interface Problem {
  index: SnapshotIndex
  policy: JointPolicy
  orders: readonly PlannerOrder[]
  readyS: Float64Array
  sigmaS: Float64Array
  placedS: Float64Array
  promisedS: Float64Array
  weight: Float64Array
  size: Float64Array
  pickupPlace: Int32Array
  dropPlace: Int32Array
  merchant: Int32Array
  /** 1 where the order is ours to plan. */
  loose: Uint8Array
  looseOrders: readonly number[]
  /** Those of them that are in no previous plan: where the search looks first. */
  freshOrders: number[]
  rowOf: ReadonlyMap<OrderId, number>
  drivers: readonly PlannerDriver[]
  driverRow: ReadonlyMap<DriverId, number>
  vehicle: readonly Vehicle[]
  capacity: Float64Array
  maxOrders: Int32Array
  startPlace: Int32Array
  startS: Float64Array
  shiftEndS: Float64Array
  /** Stops each driver already has, how many of them are locked, and what is on board at the start. */
  carried: readonly (readonly StopCode[])[]
  lockedStops: Int32Array
  loadAtStart: Int32Array
  sizeAtStart: Float64Array
  /** Where and when each driver is through with what is carried. */
  endPlace: Int32Array
  endS: Float64Array
  /** Cost of one, two, … further orders for a driver: expected pay, fairness, risk of a decline; `PAY_STEPS` + 1 a row. */
  orderCosts: Float64Array
  /** How far each driver's earnings an hour lie above the average of those online, as a share of it. */
  above: Float64Array
}

/** What so many further orders cost a driver beyond their minutes, in minor units. */
export function orderCost(problem: Problem, driver: number, orders: number): number {
  return problem.orderCosts[driver * (PAY_STEPS + 1) + Math.min(orders, PAY_STEPS)]!
}

/**
 * Turns a snapshot into rows. Drivers who can be given nothing in this tick are left out, and those who
 * cannot reach what they carry, whose routes have no times.
 */
export function compileProblem(index: SnapshotIndex, policy: JointPolicy, offered: Offered): Problem {
  const { orders } = index.snapshot
  const { nowMs } = index
  const seconds = (ms: number) => (ms - nowMs) / 1000
  const rowOf = new Map(orders.map((order, row) => [order.id, row]))
  const merchants = new Map<string, number>()
  for (const order of orders) if (!merchants.has(order.merchantId)) merchants.set(order.merchantId, merchants.size)
  const loose = new Uint8Array(orders.length)
  for (const [row, order] of orders.entries()) if (isPlannable(order, nowMs, policy.maxAttempts)) loose[row] = 1
  const drivers: PlannerDriver[] = []
  const ends: { place: Place; leaveMs: number }[] = []
  for (const driver of index.snapshot.drivers) {
    if (driverExclusion(index, policy, driver) !== null || offered.has(driver.id)) continue
    const end = endOf(index, policy, driver)
    if (!(seconds(driver.freeAtMs) <= policy.horizonS && Number.isFinite(end.leaveMs))) continue
    drivers.push(driver)
    ends.push(end)
  }
  const carried = drivers.map((driver) =>
    driver.stops.map((stop) => 2 * rowOf.get(stop.orderId)! + (stop.kind === 'drop' ? 1 : 0)),
  )
  const aboard = carried.map((stops) => stops.filter((code) => code & 1 && !stops.includes(code - 1)).map((code) => code >> 1))
  return {
    index,
    policy,
    orders,
    readyS: floats(orders, (order) => seconds(order.readyMs)),
    sigmaS: floats(orders, (order) => order.readySigmaS),
    placedS: floats(orders, (order) => seconds(order.placedMs)),
    promisedS: floats(orders, (order) => seconds(order.promisedMs)),
    weight: floats(orders, (order) => 1 + order.priority),
    size: floats(orders, (order) => order.size),
    pickupPlace: ints(orders, (order) => order.pickupPlace),
    dropPlace: ints(orders, (order) => order.dropPlace),
    merchant: ints(orders, (order) => merchants.get(order.merchantId)!),
    loose,
    freshOrders: [],
    looseOrders: [...orders.keys()].filter((row) => loose[row] === 1),
    rowOf,
    drivers,
    driverRow: new Map(drivers.map((driver, row) => [driver.id, row])),
    vehicle: drivers.map((driver) => driver.vehicle),
    capacity: floats(drivers, (driver) => driver.capacity),
    maxOrders: ints(drivers, (driver) => orderLimit(policy, driver)),
    startPlace: ints(drivers, (driver) => driver.place),
    startS: floats(drivers, (driver) => Math.max(0, seconds(driver.freeAtMs))),
    shiftEndS: floats(drivers, (driver) => (driver.shiftEndMs === null ? Infinity : seconds(driver.shiftEndMs))),
    carried,
    lockedStops: ints(drivers, (driver) => driver.stops.findLastIndex((stop) => stop.locked) + 1),
    loadAtStart: ints(aboard, (rows) => rows.length),
    sizeAtStart: floats(aboard, (rows) => rows.reduce((sum, row) => sum + orders[row]!.size, 0)),
    endPlace: ints(ends, (end) => end.place),
    endS: floats(ends, (end) => Math.max(0, seconds(end.leaveMs))),
    ...driverTerms(index, policy, drivers),
  }
}

/** Where and when a driver is through with what is carried; never, when a stop of it cannot be reached. */
function endOf(index: SnapshotIndex, policy: JointPolicy, driver: PlannerDriver): { place: Place; leaveMs: number } {
  if (driver.stops.length === 0) return { place: driver.place, leaveMs: driver.freeAtMs }
  return timeRoute(index, driver, driver.stops, policy.service).at(-1)!
}

/** A column of numbers; a plain loop, since `from` walks an iterator and this runs over everything at every tick. */
function floats<T>(items: readonly T[], value: (item: T, row: number) => number): Float64Array {
  const column = new Float64Array(items.length)
  for (let row = 0; row < items.length; row++) column[row] = value(items[row]!, row)
  return column
}

function ints<T>(items: readonly T[], value: (item: T, row: number) => number): Int32Array {
  const column = new Int32Array(items.length)
  for (let row = 0; row < items.length; row++) column[row] = value(items[row]!, row)
  return column
}

/** Whether the planner may put the order into a route now: nobody has it, nobody is looking at it, staff do not hold it. */
function isPlannable(order: PlannerOrder, nowMs: number, maxAttempts: number): boolean {
  if (order.attempts >= maxAttempts) return false
  return isOpen(order) && !order.hold && offeredUntilMs(order) <= nowMs
}

/** Adds up, per driver, what one, two, … further orders cost beyond the minutes. */
function driverTerms(index: SnapshotIndex, policy: JointPolicy, drivers: readonly PlannerDriver[]) {
  const { weights, mode } = policy
  const hourly = (driver: PlannerDriver) => (driver.onlineMs > 0 ? driver.earnedMinor / (driver.onlineMs / 3_600_000) : 0)
  const online = drivers.filter((driver) => driver.onlineMs > 0)
  const average = online.reduce((sum, driver) => sum + hourly(driver), 0) / Math.max(1, online.length)
  const above = floats(drivers, (driver) => (average > 0 && driver.onlineMs > 0 ? hourly(driver) / average - 1 : 0))
  const orderCosts = new Float64Array(drivers.length * (PAY_STEPS + 1))
  const feeMinor = typicalFeeMinor(index.snapshot.orders, policy)
  for (const [row, driver] of drivers.entries()) {
    const decline = mode === 'offer' ? weights.decline * (1 - driver.acceptanceRate) : 0
    const pay = policy.guarantee && weights.pay > 0 ? expectedPay(index, policy.guarantee, driver, feeMinor, PAY_STEPS) : null
    const at = row * (PAY_STEPS + 1)
    for (let k = 0; k < PAY_STEPS; k++) {
      orderCosts[at + k + 1] =
        orderCosts[at + k]! + weights.fairness * above[row]! + decline + (pay === null ? 0 : weights.pay * pay[k]!)
    }
  }
  return { above, orderCosts }
}
