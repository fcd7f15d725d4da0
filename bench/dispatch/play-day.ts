import type { Decision, JointPolicy, Plan, PlannerDriver, PlannerOrder, Snapshot } from '@doorstep/server/planner'
import { plan } from '@doorstep/server/planner'
import type { DriverId, MerchantId, OrderId, Rng } from '@doorstep/shared/domain'
import { type Assignment, isDeliverable, timeAssignment } from './mdrp-evaluate.ts'
import type { MdrpCourier, MdrpInstance, MdrpOrder, Point } from './mdrp-instance.ts'

const MINUTE_MS = 60_000
/** Orders a courier gets in an hour are measured over this much of the past. */
const DEMAND_WINDOW = 60

/** What a day's run leaves: the solution, and how long each minute's planning took. */
export interface PlayedDay {
  assignments: Assignment[]
  planMs: number[]
}

interface CourierState {
  courier: MdrpCourier
  at: Point
  place: number
  free: number
  carried: number
}

/**
 * Runs one recorded day minute by minute with the server's planner, which sees only what was placed by then and the
 * schedule, which is known. What is added here is the rules of these instances: a courier does one assignment at a
 * time, all of one restaurant, never refuses, and is paid at least the guarantee.
 */
export function playDay(instance: MdrpInstance, policy: JointPolicy, rng: Rng, elapsedMs: () => number): PlayedDay {
  const town = placesOf(instance)
  const orderById = new Map(instance.orders.map((order) => [order.id, order]))
  const couriers = new Map(
    instance.couriers.map((courier): [string, CourierState] => [
      courier.id,
      { courier, at: courier, place: town.placeOf(courier), free: courier.on, carried: 0 },
    ]),
  )
  const waiting = instance.orders.filter((order) => isDeliverable(instance, order)).sort((a, b) => a.placed - b.placed)
  const open = new Map<string, PlannerOrder>()
  const played: PlayedDay = { assignments: [], planMs: [] }
  const last = Math.max(...instance.couriers.map((courier) => courier.off))
  let previous: Plan | null = null
  let next = 0
  for (let minute = 0; minute <= last && (next < waiting.length || open.size > 0); minute++) {
    for (; next < waiting.length && waiting[next]!.placed <= minute; next++)
      open.set(waiting[next]!.id, plannerOrder(instance, waiting[next]!, town.placeOf))
    if (open.size === 0) continue
    const snapshot: Snapshot = {
      ...town.travel,
      orders: [...open.values()],
      drivers: [...couriers.values()]
        .filter(({ courier, free }) => courier.off >= minute && free <= courier.off)
        .map((state) => plannerDriver(instance, state, minute)),
      previous,
      ordersPerDriverHour: recentDemand(instance, waiting, next, minute),
    }
    const before = elapsedMs()
    const result = plan(snapshot, policy, minute * MINUTE_MS, rng)
    played.planMs.push(elapsedMs() - before)
    previous = result.plan
    for (const decision of result.decisions) {
      const assignment = assignmentOf(decision, minute)
      if (assignment === null) continue
      const state = couriers.get(assignment.courier)!
      const bundle = assignment.orders.map((id) => orderById.get(id)!)
      state.free = timeAssignment(instance, state, assignment, bundle).free
      state.at = bundle.at(-1)!
      state.place = open.get(bundle.at(-1)!.id)!.dropPlace
      state.carried += bundle.length
      for (const { id } of bundle) open.delete(id)
      played.assignments.push(assignment)
    }
  }
  return played
}

function assignmentOf(decision: Decision, minute: number): Assignment | null {
  if (decision.kind !== 'assign') return null
  const told = new Set<string>(decision.orderIds)
  const drops = decision.route.filter((stop) => stop.kind === 'drop' && told.has(stop.orderId))
  return { courier: decision.driverId, notifiedAt: minute, orders: drops.map((stop) => stop.orderId) }
}

/** The points of a day as places, and the rules' travel time between them. */
function placesOf({ orders, restaurants, couriers, parameters }: MdrpInstance) {
  const points: Point[] = [...restaurants.values(), ...couriers, ...orders]
  const rows = new Map(points.map((point, row) => [point, row]))
  const x = Float64Array.from(points, (point) => point.x)
  const y = Float64Array.from(points, (point) => point.y)
  const { metersPerMinute } = parameters
  const metres = (from: number, to: number) => Math.sqrt((x[to]! - x[from]!) ** 2 + (y[to]! - y[from]!) ** 2)
  return {
    placeOf: (point: Point) => rows.get(point)!,
    travel: {
      places: points.map(() => ({ lat: 0, lon: 0 })),
      travelS: (_vehicle: string, from: number, to: number) => 60 * Math.ceil(metres(from, to) / metersPerMinute),
      km: (from: number, to: number) => metres(from, to) / 1000,
    },
  }
}

function plannerOrder(
  { restaurants, parameters }: MdrpInstance,
  order: MdrpOrder,
  placeOf: (point: Point) => number,
): PlannerOrder {
  return {
    id: order.id as OrderId,
    merchantId: order.restaurant as MerchantId,
    pickupPlace: placeOf(restaurants.get(order.restaurant)!),
    dropPlace: placeOf(order),
    placedMs: order.placed * MINUTE_MS,
    readyMs: order.ready * MINUTE_MS,
    readySigmaS: 0,
    promisedMs: (order.placed + parameters.target) * MINUTE_MS,
    size: 1,
    priority: 0,
    tipMinor: 0,
    feeMinor: 100 * parameters.payPerOrder,
    excluded: [],
    attempts: 0,
    retryAtMs: null,
    offers: [],
    assignedDriverId: null,
    pinnedDriverId: null,
    hold: false,
  }
}

function plannerDriver(
  { parameters }: MdrpInstance,
  { courier, place, free, carried }: CourierState,
  minute: number,
): PlannerDriver {
  return {
    id: courier.id as DriverId,
    state: 'online',
    place,
    fixAgeMs: 0,
    freeAtMs: Math.max(free, courier.on) * MINUTE_MS,
    shiftEndMs: courier.off * MINUTE_MS,
    stops: [],
    vehicle: 'car',
    capacity: 1000,
    maxOrders: 1000,
    acceptanceRate: 1,
    rating: 5,
    earnedMinor: 100 * parameters.payPerOrder * carried,
    onlineMs: Math.max(0, minute - courier.on) * MINUTE_MS,
  }
}

/** Orders an hour for each courier on shift, over the last hour. */
function recentDemand({ couriers }: MdrpInstance, placed: readonly MdrpOrder[], until: number, minute: number): number {
  let orders = 0
  for (let i = until - 1; i >= 0 && placed[i]!.placed > minute - DEMAND_WINDOW; i--) orders++
  const online = couriers.filter((courier) => courier.on <= minute && courier.off > minute).length
  return orders / Math.max(1, online) / (Math.min(DEMAND_WINDOW, minute + 1) / 60)
}
