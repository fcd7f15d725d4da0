import { type MdrpCourier, type MdrpInstance, type MdrpOrder, type Point, travelMinutes } from './mdrp-instance.ts'

/** One entry of a solution file. */
export interface Assignment {
  courier: string
  notifiedAt: number
  orders: string[]
  restaurant?: string
}

/** An assignment with the times that follow from it (rule 5), in minutes. */
export interface TimedAssignment extends Assignment {
  start: number
  arrive: number
  pickup: number
  drops: number[]
  free: number
  driving: number
}

/** The metrics of the instances' paper for one day, and what broke a rule. */
export interface DayMetrics {
  deliverable: number
  delivered: number
  deliveredShare: number
  clickToDoorMean: number
  clickToDoorP50: number
  clickToDoorP90: number
  clickToDoorMax: number
  readyToPickupMean: number
  readyToPickupP90: number
  overageMean: number
  costPerOrder: number
  ordersPerHour: number
  utilisation: number
  bundledShare: number
  boundMean: number
  infeasible: string[]
}

/** Plays a solution by the rules: times of every entry that keeps them, and a line for every one that does not. */
export function playSolution(instance: MdrpInstance, assignments: readonly Assignment[]) {
  const orders = new Map(instance.orders.map((order) => [order.id, order]))
  const couriers = new Map(instance.couriers.map((courier) => [courier.id, courier]))
  const timed: TimedAssignment[] = []
  const infeasible: string[] = []
  const taken = new Set<string>()
  const state = new Map<string, { at: Point; free: number }>()
  const inOrder = assignments
    .map((entry, i) => ({ entry, i }))
    .sort((a, b) => a.entry.notifiedAt - b.entry.notifiedAt || a.i - b.i)
  for (const { entry } of inOrder) {
    const courier = couriers.get(entry.courier)
    const bundle = entry.orders.map((id) => orders.get(id))
    const broken = brokenRule(entry, courier, bundle, taken)
    if (broken !== null || courier === undefined) {
      infeasible.push(`${entry.courier} at ${entry.notifiedAt} with ${entry.orders.join(', ')}: ${broken}`)
      continue
    }
    const from = state.get(courier.id) ?? { at: courier, free: courier.on }
    const times = timeAssignment(instance, from, entry, bundle as MdrpOrder[])
    if (times.pickup > courier.off) {
      infeasible.push(`${entry.courier} at ${entry.notifiedAt}: pickup at ${times.pickup} is after ${courier.off}`)
      continue
    }
    for (const id of entry.orders) taken.add(id)
    state.set(courier.id, { at: bundle.at(-1)!, free: times.free })
    timed.push(times)
  }
  return { timed, infeasible }
}

function brokenRule(
  entry: Assignment,
  courier: MdrpCourier | undefined,
  bundle: readonly (MdrpOrder | undefined)[],
  taken: ReadonlySet<string>,
): string | null {
  if (!courier) return 'unknown courier'
  if (bundle.length === 0) return 'no orders'
  if (!Number.isInteger(entry.notifiedAt)) return 'notifiedAt is not a whole number'
  const restaurant = entry.restaurant ?? bundle[0]?.restaurant
  for (const [i, order] of bundle.entries()) {
    if (!order) return `unknown order ${entry.orders[i]}`
    if (taken.has(order.id) || entry.orders.indexOf(order.id) !== i) return `${order.id} twice`
    if (order.restaurant !== restaurant) return `${order.id} is of another restaurant`
    if (entry.notifiedAt < order.placed) return `${order.id} was not placed yet`
  }
  return null
}

/** The times of one assignment of a courier who is `from.at` and free at `from.free`: rule 5. */
export function timeAssignment(
  { restaurants, parameters }: MdrpInstance,
  from: { at: Point; free: number },
  entry: Assignment,
  bundle: readonly MdrpOrder[],
): TimedAssignment {
  const { metersPerMinute, pickupService, dropService } = parameters
  const restaurant = restaurants.get(bundle[0]!.restaurant)!
  const start = Math.max(entry.notifiedAt, from.free)
  const toRestaurant = travelMinutes(from.at, restaurant, metersPerMinute)
  const arrive = start + toRestaurant
  const pickup = Math.max(arrive + pickupService / 2, ...bundle.map((order) => order.ready))
  let leave = pickup + pickupService / 2
  let at: Point = restaurant
  let driving = toRestaurant
  const drops = bundle.map((order) => {
    const minutes = travelMinutes(at, order, metersPerMinute)
    const drop = leave + minutes + dropService / 2
    driving += minutes
    leave = drop + dropService / 2
    at = order
    return drop
  })
  return { ...entry, start, arrive, pickup, drops, free: leave, driving }
}

/** Whether any courier, with nothing else to do, could pick the order up within the shift: rule 7. */
export function isDeliverable({ restaurants, couriers, parameters }: MdrpInstance, order: MdrpOrder): boolean {
  const restaurant = restaurants.get(order.restaurant)!
  return couriers.some((courier) => {
    const start = Math.max(courier.on, order.placed)
    const arrive = start + travelMinutes(courier, restaurant, parameters.metersPerMinute)
    return Math.max(arrive + parameters.pickupService / 2, order.ready) <= courier.off
  })
}

/** The click-to-door no dispatcher can beat. */
export function clickToDoorBound({ restaurants, parameters }: MdrpInstance, order: MdrpOrder): number {
  const { pickupService, dropService, metersPerMinute } = parameters
  const pickup = Math.max(order.ready, order.placed + pickupService / 2)
  const ride = travelMinutes(restaurants.get(order.restaurant)!, order, metersPerMinute)
  return pickup + pickupService / 2 + ride + dropService / 2 - order.placed
}

/** Scores a solution of one day. */
export function evaluateDay(instance: MdrpInstance, assignments: readonly Assignment[]): DayMetrics {
  const { timed, infeasible } = playSolution(instance, assignments)
  const orders = new Map(instance.orders.map((order) => [order.id, order]))
  const perOrder = timed.flatMap((entry) =>
    entry.orders.map((id, i) => ({
      order: orders.get(id)!,
      drop: entry.drops[i]!,
      pickup: entry.pickup,
      of: entry.orders.length,
    })),
  )
  const clickToDoor = perOrder.map(({ order, drop }) => drop - order.placed).sort((a, b) => a - b)
  const readyToPickup = perOrder.map(({ order, pickup }) => pickup - order.ready).sort((a, b) => a - b)
  const deliverable = instance.orders.filter((order) => isDeliverable(instance, order)).length
  const hours = instance.couriers.reduce((sum, courier) => sum + (courier.off - courier.on) / 60, 0)
  return {
    deliverable,
    delivered: perOrder.length,
    deliveredShare: perOrder.length / deliverable,
    clickToDoorMean: mean(clickToDoor),
    clickToDoorP50: quantile(clickToDoor, 0.5),
    clickToDoorP90: quantile(clickToDoor, 0.9),
    clickToDoorMax: clickToDoor.at(-1) ?? 0,
    readyToPickupMean: mean(readyToPickup),
    readyToPickupP90: quantile(readyToPickup, 0.9),
    overageMean: mean(clickToDoor.map((minutes) => Math.max(0, minutes - instance.parameters.target))),
    costPerOrder: totalPay(instance, timed) / perOrder.length,
    ordersPerHour: perOrder.length / hours,
    utilisation: mean(utilisations(instance, timed)),
    bundledShare: perOrder.filter(({ of }) => of > 1).length / perOrder.length,
    boundMean: mean(instance.orders.map((order) => clickToDoorBound(instance, order))),
    infeasible,
  }
}

function totalPay({ couriers, parameters }: MdrpInstance, timed: readonly TimedAssignment[]): number {
  const carried = new Map<string, number>()
  for (const { courier, orders } of timed) carried.set(courier, (carried.get(courier) ?? 0) + orders.length)
  return couriers.reduce((sum, { id, on, off }) => {
    const guaranteed = (parameters.guaranteePerHour * (off - on)) / 60
    return sum + Math.max(parameters.payPerOrder * (carried.get(id) ?? 0), guaranteed)
  }, 0)
}

function utilisations({ couriers, parameters }: MdrpInstance, timed: readonly TimedAssignment[]): number[] {
  const busy = new Map<string, number>()
  for (const { courier, orders, driving } of timed) {
    const minutes = driving + parameters.pickupService + parameters.dropService * orders.length
    busy.set(courier, (busy.get(courier) ?? 0) + minutes)
  }
  return couriers.map(({ id, on, off }) => (busy.get(id) ?? 0) / (off - on))
}

/** The plain mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The quantile of sorted values, interpolated between ranks: position (n - 1) * q. */
export function quantile(sorted: readonly number[], q: number): number {
  const position = (sorted.length - 1) * q
  const below = Math.floor(position)
  const low = sorted[below] ?? 0
  return low + (position - below) * ((sorted[below + 1] ?? low) - low)
}
